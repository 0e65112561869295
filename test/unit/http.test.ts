import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { NewerShape } from '../../functions/adapters/stored.ts'
import { Unprocessed } from '../../functions/adapters/table.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import { languageOf } from '../../functions/http/language.ts'
import { problemAnswers, type Incoming } from '../../functions/http/middleware.ts'
import { detailsOf, detailsOfFaults, faultsOf } from '../../functions/http/problem-details.ts'
import { line, localDate } from '../../shared/contract/field.ts'
import { FieldFaults, Problem } from '../../shared/contract/problem.ts'
import { refusal } from '../mothers/refusal.ts'

test.each([
  [undefined, 'zh-CN', 'zh'], [undefined, 'en', 'en'], ['', 'en', 'en'],
  ['en', 'zh-CN', 'en'], ['en-GB,en;q=0.9', 'zh-CN', 'en'], ['zh-CN,zh;q=0.9,en;q=0.8', 'en', 'zh'], ['ZH', 'en', 'zh'],
  ['fr, en;q=0.5', 'zh-CN', 'en'], ['fr', 'zh-CN', 'zh'], ['*', 'en', 'en'],
  ['en;q=0.1, zh', 'en', 'zh'], ['zh;q=0.8, en;q=0.9', 'zh-CN', 'en'], ['zh-TW;q=0.2,zh;q=0.7,en;q=0.5', 'en', 'zh'], ['EN; Q=1.000 , zh;q=0.999', 'zh-CN', 'en'],
  ['en,zh', 'zh-CN', 'en'], ['zh;q=0.5,en;q=0.5', 'en', 'zh'], ['en;q=0, zh;q=0', 'en', 'en'], ['zh;q=0', 'zh-CN', 'zh'], ['zh;q=0, *', 'zh-CN', 'en'],
  ['en;q=0.1, *', 'en', 'zh'], ['*;q=0.1, en;q=0.5', 'zh-CN', 'en'], ['fr, *;q=0.5', 'en', 'en'], ['en;q=2', 'zh-CN', 'zh'], ['en;q=, zh;q=0.1', 'en', 'zh'], ['en;q=__proto__', 'zh-CN', 'zh'], [',,en,,', 'zh-CN', 'en'],
  ['english', 'zh-CN', 'zh'],
] as const)('Accept-Language %j in a deployment of %s is answered in %s', (asked, locale, language) => {
  expect(languageOf(asked, locale)).toBe(language)
})

describe('faults of fields', () => {
  const schema = z.strictObject({
    name: line(5),
    on: z.optional(localDate),
    mode: z.enum(['a', 'b']).optional(),
    count: z.int().min(1).max(9).optional(),
    tags: z.array(z.string()).min(1).max(2).optional(),
    places: z.record(z.string().max(3), z.int()).optional(),
    address: z.email().optional(),
    inner: z.strictObject({ deep: z.boolean() }).optional(),
    either: z.union([z.string(), z.int()]).optional(),
  })
  const found = (input: unknown, root = '') => {
    const result = schema.safeParse(input, { reportInput: true })
    return result.success ? [] : faultsOf(result.error, root).map(({ path, code }) => `${path} ${code}`.trim())
  }

  test.each<[unknown, string[]]>([
    [{ name: '水' }, []],
    [{}, ['name required']],
    [{ name: 7 }, ['name wrong-type']],
    [{ name: '一二三四五六' }, ['name too-long']],
    [{ name: '水', on: '2026-02-30' }, ['on impossible-date']],
    [{ name: '水', mode: 'c' }, ['mode not-allowed']],
    [{ name: '水', count: 0 }, ['count too-small']],
    [{ name: '水', count: 10 }, ['count too-large']],
    [{ name: '水', count: 1.5 }, ['count wrong-type']],
    [{ name: '水', count: '1' }, ['count wrong-type']],
    [{ name: '水', tags: [] }, ['tags too-short']],
    [{ name: '水', tags: ['a', 'b', 'c'] }, ['tags too-many']],
    [{ name: '水', tags: ['a', 1] }, ['tags.1 wrong-type']],
    [{ name: '水', places: { abcd: 1 } }, ['places.abcd too-long']],
    [{ name: '水', address: 'nobody' }, ['address bad-format']],
    [{ name: '水', inner: {} }, ['inner.deep required']],
    [{ name: '水', inner: { deep: true, deeper: 1 } }, ['inner.deeper unknown-field']],
    [{ name: '水', either: true }, ['either bad-format']],
    [{ name: '水', one: 1, two: 2 }, ['one unknown-field', 'two unknown-field']],
    [null, ['wrong-type']],
    [[], ['wrong-type']],
    ['text', ['wrong-type']],
    [undefined, ['required']],
  ])('%j: %j', (input, expected) => {
    expect(found(input)).toEqual(expected)
  })

  test('name the part of the request they are in', () => {
    expect(found({ extra: 1 }, 'query')).toEqual(['query.name required', 'query.extra unknown-field'])
  })

  test('of one kind are answered with their code, of several with several-faults', () => {
    const one = detailsOfFaults(new FieldFaults([{ path: 'a', code: 'required' }, { path: 'b', code: 'required' }]), 'zh')
    expect([one.code, one.status, one.detail]).toEqual(['required', 422, 'a 必填；b 必填'])
    const two = detailsOfFaults(new FieldFaults([{ path: 'a', code: 'required' }, { path: 'b', code: 'too-long', values: { limit: 5 } }]), 'en')
    expect([two.code, two.detail]).toEqual(['several-faults', 'a is required; b must have at most 5 characters'])
    expect(two.errors).toEqual([
      { path: 'a', code: 'required', message: 'is required' },
      { path: 'b', code: 'too-long', message: 'must have at most 5 characters' },
    ])
  })
})

test('a problem in words carries its code, status and members', () => {
  const problem = new Problem('visit-in-future', { today: '2026-03-04' }, { hint: 1, status: 'dispatched', code: 'mine' })
  expect(detailsOf(problem, 'en')).toEqual({
    type: '/docs#visit-in-future',
    title: 'The visit lies in the future',
    status: 422,
    code: 'visit-in-future',
    detail: 'Today is 2026-03-04. Record a visit after it has taken place.',
    hint: 1,
  })
})

test.each<[string, Error, number, string]>([
  ['an overburdened table', new Unprocessed(), 503, 'busy'],
  ['an item of the version that is being deployed', new NewerShape('issue'), 503, 'busy'],
  ['a throttled call', Object.assign(new Error('slow down'), { name: 'ThrottlingException' }), 503, 'busy'],
  ['a broken connection', Object.assign(new Error('gone'), { code: 'ECONNRESET' }), 503, 'busy'],
  ['anything else', new Error('a fault of ours'), 500, 'unexpected'],
])('%s is answered with what the caller can do about it', (_, error, status, code) => {
  const event = { headers: {}, requestContext: { requestId: 'r1' } } as unknown as Incoming
  const request = { event, error, response: null }
  problemAnswers('en').onError?.(request as never)
  expect(request.response).toMatchObject({ statusCode: status })
  expect(event.problem).toBe(code)
})

describe('cursors', () => {
  const cursors = cursorsWith('a secret of this deployment')
  const place = { pk: 'ISSUE#2026-000001', sk: 'ISSUE', key: '曲江' }
  const boundTo = JSON.stringify(['listIssues', 'issuer', '1001', null, []])
  const sealed = cursors.seal(place, boundTo)

  test('lead back to where the list stopped', () => {
    expect(cursors.open(sealed, boundTo)).toEqual(place)
  })

  test('go through a URL as they are', () => {
    expect(sealed).toMatch(/^[\w.-]+$/)
    expect(encodeURIComponent(sealed)).toBe(sealed)
  })

  const [content = '', signature = ''] = sealed.split('.')
  const garbage = (text: string) => Buffer.from(text).toString('base64url')
  test.each([
    ['empty', ''],
    ['a dot', '.'],
    ['without a signature', content],
    ['with an empty signature', `${content}.`],
    ['with the signature cut short', `${content}.${signature.slice(0, -2)}`],
    ['with the content cut short', `${content.slice(0, -2)}.${signature}`],
    ['with another content', `${garbage('{"pk":"OFFICER#1001","sk":"OFFICER"}')}.${signature}`],
    ['of garbage', `${garbage('not json')}.${garbage('sixteen bytes ok')}`],
    ['of text', 'page-2'],
    ['of Chinese', '第二页.签名'],
    ['with something after the signature', `${sealed}.`],
    ['with the signature written in another way', `${content}.${signature}==`],
    ['signed with another secret', cursorsWith('the secret of another').seal(place, boundTo)],
  ])('%s are refused', (_, cursor) => {
    expect(refusal(() => cursors.open(cursor, boundTo)).code).toBe('cursor-not-valid')
  })

  test.each([
    ['caller', ['listIssues', 'issuer', '1002', null, []]],
    ['operation', ['listVisits', 'issuer', '1001', null, []]],
    ['query', ['listIssues', 'issuer', '1001', null, [['status', 'accepted']]]],
    ['issuer', ['listIssues', 'another', '1001', null, []]],
  ])('serve no other %s', (_, other) => {
    expect(refusal(() => cursors.open(sealed, JSON.stringify(other))).code).toBe('cursor-not-valid')
  })

  test('whatever is changed in one, it leads nowhere else', () => {
    fc.assert(
      fc.property(fc.nat({ max: sealed.length - 1 }), fc.constantFrom(...'Aa0-_.'.split('')), (at, letter) => {
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1)
        if (changed === sealed) expect(cursors.open(changed, boundTo)).toEqual(place)
        else expect(refusal(() => cursors.open(changed, boundTo)).code).toBe('cursor-not-valid')
      }),
      { numRuns: 300 },
    )
  })
})
