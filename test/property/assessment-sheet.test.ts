import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sheetHash } from '../../functions/adapters/assessment-store.ts'
import { tallies } from '../../shared/assessment/component.ts'
import { inOrder } from '../../shared/assessment/record.ts'
import { assess, type SheetRecord } from '../../shared/assessment/sheet.ts'
import { rates } from '../../shared/report/rate.ts'
import { aSheet, inputsOf } from '../mothers/assessment.ts'

/** What a rate adds up: never more above than below. */
const ratio = fc.constantFrom(...Object.values(rates)).chain(({ numerator, denominator }) => fc.nat(3).chain(below => fc.nat(below).map(above => ({ [denominator]: below, [numerator]: above }))))
const tallied = fc.constantFrom(...tallies).chain(name => fc.nat(3).map(count => ({ [name]: count })))
const records = fc
  .array(fc.oneof(ratio, tallied), { maxLength: 25 })
  .map(all => all.map((amounts, nth): SheetRecord => ({ id: `r/${String(nth).padStart(3, '0')}`, amounts: Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0)) })))

test('totals and points lie between 0 and 100, and shares come to all of it', () => {
  fc.assert(
    fc.property(records, drawn => {
      const { rates: lines, total } = assess(inputsOf(drawn))
      for (const { points = 0 } of lines) expect(points >= 0 && points <= 100).toBe(true)
      const shares = lines.reduce((sum, { share }) => sum + share, 0)
      expect(Math.abs(shares - (total === undefined ? 0 : 100))).toBeLessThan(0.3)
      if (total === undefined) return
      expect(total >= 0 && total <= 100).toBe(true)
      expect(Math.round(total * 10) / 10).toBe(total)
    }),
  )
})

test('the order of the records makes no difference, to the sheet or its hash', () => {
  fc.assert(
    fc.property(records.chain(drawn => fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length }))), ([drawn, shuffled]) => {
      expect(assess(inputsOf(shuffled))).toEqual(assess(inputsOf(drawn)))
      const hash = (of: readonly SheetRecord[]): string => sheetHash(inputsOf(inOrder(of)), aSheet(inputsOf(of)))
      expect(hash(shuffled)).toBe(hash(drawn))
    }),
  )
})

test('the hash changes with every input', () => {
  fc.assert(
    fc.property(records.filter(drawn => drawn.length > 0), fc.nat(), (drawn, pick) => {
      const inputs = inputsOf(drawn)
      const hash = sheetHash(inputs, aSheet(inputs))
      const changed = drawn.map((record, nth) => (nth === pick % drawn.length ? { ...record, amounts: { ...record.amounts, ratings: (record.amounts['ratings'] ?? 0) + 1 } } : record))
      expect(sheetHash(inputsOf(changed), aSheet(inputs))).not.toBe(hash)
      expect(sheetHash({ ...inputs, rules: { ...inputs.rules, weights: { ...inputs.rules.weights, quota: 51 } } }, aSheet(inputs))).not.toBe(hash)
      expect(sheetHash({ ...inputs, subject: { officerId: '1002' } }, aSheet(inputs))).not.toBe(hash)
      expect(sheetHash(inputs, aSheet(inputs, { departmentId: 'D-99' }))).not.toBe(hash)
      expect(sheetHash(inputs, aSheet(inputs, { appeals: [{ component: 'quota', reason: '有误', by: '1001', at: 1 }] }))).not.toBe(hash)
    }),
  )
})
