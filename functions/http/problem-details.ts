import type * as z from 'zod/mini'
import type { FieldFaults, Problem } from '../../shared/contract/problem.ts'
import { faults, fill, problems, type Fault, type FaultCode, type ProblemCode, type Wording } from '../../shared/contract/problem.ts'
import type { Language } from './language.ts'

/** `application/problem+json` (RFC 9457). */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  readonly [member: string]: unknown
}

/** What a fault says can be a list of its own, with the lesser marks. */
const separator = { zh: '；', en: '; ' } as const

export const faultMessage = (fault: Fault, language: Language): string => fill(faults[fault.code], fault.values ?? {}, language)

/** So many faults are listed, and so many said in the detail: whoever has more sees them once these are mended. */
export const listedAtMost = 100
const saidAtMost = 10

/** The name of an unknown field is the client's own, and as long as the body. */
const pathAtMost = 200
const shortened = (path: string): string => (path.length <= pathAtMost ? path : `${path.slice(0, pathAtMost).toWellFormed()}…`)

/** A fault without a path is that of the whole body, and says so itself. */
const wholeBody = { zh: '请求体', en: 'The body ' } as const

const described = (found: readonly Fault[], language: Language) =>
  found.slice(0, listedAtMost).map(fault => {
    const subject = fault.path === '' ? wholeBody[language] : ''
    return { path: shortened(fault.path), code: fault.code, message: subject + faultMessage(fault, language) }
  })

/** How many faults there are beyond those said, and where they are. */
const beyond = (count: number): Wording => {
  const more = count - saidAtMost
  if (more <= 0) return { zh: '', en: '' }
  if (count <= listedAtMost) return { zh: `；另有 ${more} 处，见 errors`, en: `; and ${more} more, listed in errors` }
  return { zh: `；另有 ${more} 处，errors 只列出前 ${listedAtMost} 处`, en: `; and ${more} more, of which errors lists the first ${listedAtMost}` }
}

/** A rule's refusal in words. */
export const detailsOf = (problem: Problem, language: Language): ProblemDetails => {
  const { status, title, detail } = problems[problem.code]
  return {
    ...problem.members,
    type: `/docs#${problem.code}`,
    title: title[language],
    status,
    code: problem.code,
    detail: fill(detail, problem.values, language),
  }
}

/** Faults of fields in words. The code is the faults' own where they are all of one kind. */
export const detailsOfFaults = ({ faults: found }: FieldFaults, language: Language): ProblemDetails => {
  const { status, title } = problems['several-faults']
  const errors = described(found, language)
  const kinds = [...new Set(found.map(fault => fault.code))]
  const said = errors.slice(0, saidAtMost).map(error => `${error.path} ${error.message}`.trim()).join(separator[language])
  const detail = said + beyond(found.length)[language]
  const [only] = kinds
  return kinds.length === 1 && only !== undefined
    ? { type: `/docs#${only}`, title: language === 'zh' ? '提交内容有误' : 'The request is at fault', status, code: only, detail, errors }
    : { type: '/docs#several-faults', title: title[language], status, code: 'several-faults', detail, errors }
}

/** Problems that any caller can meet whatever the operation; for the documents. */
export const commonProblems = {
  all: ['unexpected', 'busy'],
  withCaller: ['identity-not-usable', 'not-in-roster', 'role-not-allowed', 'out-of-reach'],
  withInput: ['several-faults'],
  withBody: ['malformed-json', 'unsupported-media-type', 'body-too-large'],
  withKey: ['idempotency-key-not-valid', 'idempotency-key-reused', 'idempotency-in-flight', 'done-before'],
  withVersion: ['if-match-not-valid', 'if-match-stale'],
  withVersionRequired: ['if-match-required'],
  withCursor: ['cursor-not-valid'],
} as const satisfies Record<string, readonly ProblemCode[]>

const expectedWords: Readonly<Record<string, Wording>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
}

/** For the few forms that no example shows. */
const elsewhere: Fault['values'] = { example: { zh: '见接口文档 /docs', en: 'the documents at /docs say' } }

type ZodIssue = z.core.$ZodIssue

const pathOf = (issue: ZodIssue, root: string): string => [...(root === '' ? [] : [root]), ...issue.path.map(String)].join('.')

/** Zod's findings as faults of ours. `root` names the part of the request, where it is not the body. */
export const faultsOf = (error: z.core.$ZodError, root = ''): Fault[] => error.issues.flatMap(issue => faultsOfIssue(issue, root))

const faultsOfIssue = (issue: ZodIssue, root: string): Fault[] => {
  const path = pathOf(issue, root)
  const one = (code: FaultCode, values?: Fault['values']): Fault[] => [values === undefined ? { path, code } : { path, code, values }]
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? one('required') : one('wrong-type', { expected: expectedWords[issue.expected] ?? issue.expected })
    case 'unrecognized_keys':
      return issue.keys.map(key => ({ path: path === '' ? key : `${path}.${key}`, code: 'unknown-field' }))
    case 'invalid_value':
      return issue.input === undefined ? one('required') : one('not-allowed', { allowed: issue.values.map(String).join(', ') })
    case 'too_big':
      return one(issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-large', { limit: Number(issue.maximum) })
    case 'too_small':
      return one(issue.origin === 'string' || issue.origin === 'array' ? 'too-short' : 'too-small', { limit: Number(issue.minimum) })
    case 'custom':
      return one((issue.params?.['fault'] as FaultCode | undefined) ?? 'bad-format', (issue.params?.['values'] as Fault['values']) ?? elsewhere)
    case 'invalid_key':
      return issue.issues.flatMap(inner => faultsOfIssue({ ...inner, path: issue.path }, root))
    case 'invalid_format':
      return one('bad-format', issue.format === 'email' ? { example: 'name@example.org' } : elsewhere)
    case 'invalid_union':
    case 'not_multiple_of':
    case 'invalid_element':
      return one('bad-format', elsewhere)
  }
}
