import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { detailsOfFaults, faultsOf } from '../../functions/http/problem-details.ts'
import { FieldFaults, type Fault } from '../../shared/contract/problem.ts'
import { faultsIn } from '../mothers/refusal.ts'

describe('of many faults', () => {
  const many = (count: number): FieldFaults => new FieldFaults(Array.from({ length: count }, (_, at): Fault => ({ path: `f${at}`, code: 'unknown-field' })))
  const ten = { zh: /^(f\d 没有此字段；){9}f9 没有此字段/, en: /^(f\d is not a known field; ){9}f9 is not a known field/ }

  test.each([
    [10, '', ''],
    [11, '；另有 1 处，见 errors', '; and 1 more, listed in errors'],
    [100, '；另有 90 处，见 errors', '; and 90 more, listed in errors'],
    [101, '；另有 91 处，errors 只列出前 100 处', '; and 91 more, of which errors lists the first 100'],
    [40_000, '；另有 39990 处，errors 只列出前 100 处', '; and 39990 more, of which errors lists the first 100'],
  ])('%i, ten are said, a hundred listed, and the rest counted', (count, zh, en) => {
    for (const [language, more] of [['zh', zh], ['en', en]] as const) {
      const { detail, errors, code } = detailsOfFaults(many(count), language)
      expect(detail).toMatch(ten[language])
      expect(detail.replace(ten[language], '')).toBe(more)
      expect(errors).toHaveLength(Math.min(count, 100))
      expect(code).toBe('unknown-field')
    }
  })

  test('the code is that of all, not only of those listed', () => {
    const mixed = new FieldFaults([...many(200).faults, { path: 'name', code: 'required' }])
    expect(detailsOfFaults(mixed, 'en').code).toBe('several-faults')
  })
})

test('the name of a field that is as long as the body is cut short', () => {
  const { detail, errors } = detailsOfFaults(new FieldFaults([{ path: `${'x'.repeat(199)}𠮷${'x'.repeat(100_000)}`, code: 'unknown-field' }]), 'zh')
  expect(errors?.[0]?.path).toBe(`${'x'.repeat(199)}\ufffd…`)
  expect(detail.length).toBeLessThan(220)
})

test('a body that is no object is called the body', () => {
  for (const [body, zh, en] of [
    [[], '请求体类型应为 对象', 'The body must be an object'],
    ['text', '请求体类型应为 对象', 'The body must be an object'],
    [null, '请求体类型应为 对象', 'The body must be an object'],
    [{ surprise: 1 }, 'surprise 没有此字段', 'surprise is not a known field'],
  ] as const) {
    const { error } = z.strictObject({}).safeParse(body, { reportInput: true })
    const found = new FieldFaults(error === undefined ? [] : faultsOf(error))
    expect([detailsOfFaults(found, 'zh').detail, detailsOfFaults(found, 'en').detail]).toEqual([zh, en])
  }
  expect(detailsOfFaults(new FieldFaults([{ path: '', code: 'required' }]), 'en').errors).toEqual([{ path: '', code: 'required', message: 'The body is required' }])
})

test('a choice of objects is at fault where it is made', () => {
  const choice = z.strictObject({ of: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a') }), z.strictObject({ kind: z.literal('b') })]) })
  expect(faultsIn(choice, { of: { kind: 'c' } })).toEqual(['of.kind bad-format'])
  expect(faultsIn(choice, { of: {} })).toEqual(['of.kind bad-format'])
})
