import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { exportLedger } from '../../shared/contract/exports.ts'
import { functions } from '../../shared/contract/functions.ts'
import { operations } from '../../shared/contract/index.ts'
import { roles, routeKey, type Operation } from '../../shared/contract/operation.ts'
import { faults, fill, problems, type ProblemCode, type Wording } from '../../shared/contract/problem.ts'
import { workbookType } from '../../shared/report/workbook.ts'
import { openApiDocument, problemsOf } from '../../functions/docs/openapi.ts'
import { commonProblems } from '../../functions/http/problem-details.ts'

const named = operations.map(op => [op.id, op] as const)
const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(found => found[1] ?? '').sort()
const isList = (op: Operation): boolean => op.response instanceof z.ZodMiniObject && 'nextCursor' in op.response.shape

describe('the operations as a whole', () => {
  test('no id and no route is given twice', () => {
    expect(new Set(operations.map(op => op.id)).size).toBe(operations.length)
    expect(new Set(operations.map(routeKey)).size).toBe(operations.length)
  })

  test('no two paths differ only in the names of their parameters', () => {
    const shapes = new Map<string, string>()
    for (const { path } of operations) {
      const shape = path.replace(/\{\w+\}/g, '{}')
      expect(shapes.get(shape) ?? path).toBe(path)
      shapes.set(shape, path)
    }
  })

  test('every API function owns some', () => {
    const owners = new Set<string>(operations.map(op => op.owner))
    expect(Object.entries(functions).filter(([, { kind }]) => kind === 'api').map(([name]) => name).sort()).toEqual([...owners].sort())
  })

  test('every problem is declared by some operation', () => {
    const declared = new Set<ProblemCode>([...operations.flatMap(op => op.problems ?? []), ...Object.values(commonProblems).flat()])
    // Answered before an operation is found.
    for (const code of ['no-such-operation', 'method-not-allowed'] as const) declared.add(code)
    expect([...declared].sort()).toEqual(Object.keys(problems).sort())
  })
})

describe.each(named)('%s', (_, op) => {
  test('has a camelCase id and a summary in both languages', () => {
    expect(op.id).toMatch(/^[a-z]+([A-Z][a-z]+)*$/)
    expect(op.summary.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(op.summary.en).toMatch(/^[A-Z]/)
  })

  test('has a schema for each parameter of its path, and for no other', () => {
    expect(Object.keys(op.params?.shape ?? {}).sort()).toEqual(placesOf(op.path))
  })

  test('is under /v1 and for certain roles, or behind a link, or public and read only', () => {
    if (op.access === 'link') {
      expect(op.path).toMatch(op.method === 'GET' ? /^\/[bp]\/\{token\}/ : /^\/p\/\{token\}/)
      return
    }
    if (op.access === 'public') {
      expect(op.method).toBe('GET')
      return
    }
    expect(op.path).toMatch(/^\/v1\/[a-z]/)
    const held = Object.keys(op.access)
    expect(held.length).toBeGreaterThan(0)
    expect(held.every(role => (roles as readonly string[]).includes(role))).toBe(true)
  })

  test('takes a body exactly when it changes something', () => {
    expect(op.body !== undefined).toBe(op.method !== 'GET')
  })

  test('takes limit and cursor if it is a list', () => {
    expect(['limit', 'cursor'].filter(name => op.query !== undefined && name in op.query.shape)).toEqual(isList(op) ? ['limit', 'cursor'] : [])
  })

  test('demands If-Match if it is a command on an issue or a case or changes a session, a notice, a project or an assessment, and takes it if it puts what has a version', () => {
    const isOnIssue = op.path.startsWith('/v1/issues/{issueId}/')
    const isCommand = op.method === 'POST' && (isOnIssue || op.path.startsWith('/v1/cases/{caseId}/'))
    // A decision on the spot names the version of the issue instead: of one session, several are entered side by side.
    const changesSession = op.method === 'POST' && op.path.startsWith('/v1/sessions/{sessionId}/') && op.id !== 'decideOnTheSpot'
    const changesNotice = op.method === 'POST' && op.path.startsWith('/v1/supervision/notices/{noticeId}/')
    const changesAssessment = op.method === 'POST' && op.path.startsWith('/v1/assessments/{period}/')
    const changesProject = op.method !== 'GET' && op.path.startsWith('/v1/projects/{enterpriseId}/')
    expect(op.ifMatch).toBe(isCommand || changesSession || changesNotice || changesProject || changesAssessment ? 'required' : op.method === 'PUT' && op.etag === true ? 'optional' : undefined)
    if (isCommand) {
      expect(op.etag).toBe(true)
      const notLegal = isOnIssue ? 'command-not-legal' : op.path.includes('{stepId}') ? 'step-command-not-legal' : 'case-command-not-legal'
      expect(op.problems).toEqual(expect.arrayContaining([isOnIssue ? 'issue-not-found' : 'case-not-found', notLegal]))
    }
  })

  test('declares no problem twice', () => {
    const declared = problemsOf(op)
    expect(new Set(declared).size).toBe(declared.length)
  })

  test('documents If-Match, and what can be wrong with it, as far as it takes that', () => {
    const { parameters = [] } = (openApiDocument([op])['paths'] as Record<string, Record<string, { parameters?: { name: string; required: boolean }[] }>>)[op.path]?.[op.method.toLowerCase()] ?? {}
    const header = parameters.find(({ name }) => name === 'If-Match')
    expect(header?.required).toBe({ required: true, optional: false, none: undefined }[op.ifMatch ?? 'none'])
    const codes = { required: ['if-match-not-valid', 'if-match-stale', 'if-match-required'], optional: ['if-match-not-valid', 'if-match-stale'], none: [] }[op.ifMatch ?? 'none']
    expect(problemsOf(op).filter(code => code.startsWith('if-match'))).toEqual(codes)
  })
})

const parts = operations.flatMap((op: Operation) =>
  (['params', 'query', 'body'] as const).flatMap(part => {
    const schema = op[part]
    return schema === undefined || schema === 'csv' ? [] : [[op.id, part, schema] as const]
  }),
)
test.each(parts)('%s refuses fields of its %s that it does not know', (_, __, schema) => {
  expect(schema).toBeInstanceOf(z.ZodMiniObject)
  expect(schema.safeParse({ surprise: 1 }).error?.issues.map(issue => issue.code)).toContain('unrecognized_keys')
})

test.each(parts)('%s leaves its %s no choice between schemas: no fault could say which was meant', (_, __, schema) => {
  expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))).not.toMatch(/"(anyOf|oneOf)"/)
})

test('the documents show of an officer a staff number, and of a department a code', () => {
  const shown = new Map<string, Set<unknown>>([['officerId', new Set()], ['departmentId', new Set()]])
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { name, schema, properties } = value as { name?: string; schema?: object; properties?: Record<string, object> }
    for (const [field, described] of [...Object.entries(properties ?? {}), [name ?? '', schema ?? {}] as const])
      if ('example' in described) shown.get(field)?.add(described.example)
    for (const inner of Object.values(value)) look(inner)
  }
  look(openApiDocument(operations))
  expect([...shown].map(([field, examples]) => [field, [...examples]])).toEqual([['officerId', ['1001']], ['departmentId', ['D-01']]])
})

test('a workbook is shown as what it is: no text and no JSON, by a name, with the problems of whoever may not have it', () => {
  const { responses } = (openApiDocument([exportLedger])['paths'] as Record<string, Record<string, { responses: Record<string, { content: object; headers?: object }> }>>)[exportLedger.path]?.['get'] ?? expect.fail()
  expect(responses['200']?.content).toEqual({ [workbookType]: {} })
  expect(Object.keys(responses['200']?.headers ?? {})).toEqual(['Content-Disposition'])
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '422', '503']))
})

describe('the words of problems', () => {
  test.each(Object.entries(problems))('%s has both languages with the same places', (code, { status, title, detail }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(placesOf(title.zh + title.en)).toEqual([])
    expect(placesOf(detail.zh)).toEqual(placesOf(detail.en))
    expect(detail.zh === detail.en || /[。]$/.test(detail.zh)).toBe(true)
  })

  test.each(Object.entries<Wording>(faults))('fault %s has both languages with the same places', (_, { zh, en }) => {
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(placesOf(zh)).toEqual(placesOf(en))
  })

  test('no fault has the code of a problem: a client tells them apart by it', () => {
    expect(Object.keys(faults).filter(code => code in problems)).toEqual([])
  })
})

describe('filling the places of a text', () => {
  const wording = { zh: '最多 {limit} 个{what}', en: 'at most {limit} {what}' }
  test.each([
    [{ limit: 3, what: { zh: '字', en: 'characters' } }, '最多 3 个字', 'at most 3 characters'],
    [{ limit: 0, what: '' }, '最多 0 个', 'at most 0 '],
    // A place without a value stays, so that a slip shows; what is filled in is not filled again.
    [{ limit: 3 }, '最多 3 个{what}', 'at most 3 {what}'],
    [{ limit: '{what}', what: '{limit}' }, '最多 {what} 个{limit}', 'at most {what} {limit}'],
    [{ limit: '$&', what: '$1' }, '最多 $& 个$1', 'at most $& $1'],
  ])('%j', (values, zh, en) => {
    expect(fill(wording, values, 'zh')).toBe(zh)
    expect(fill(wording, values, 'en')).toBe(en)
  })
})
