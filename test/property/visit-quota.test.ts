import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedOf, emptyQuota, quotasOf, requiredOf, type QuotaRecord } from '../../shared/visit/quota.ts'
import { recordVisit } from '../../shared/visit/visit.ts'
import { visitModes, type VisitMode } from '../../shared/policy/policy.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { dayAfter } from '../mothers/working-days.ts'

interface Entered {
  readonly visitedOn: string
  readonly mode: VisitMode
  readonly enterprise: number
}
const date = fc.integer({ min: 0, max: 92 }).map(days => dayAfter('2026-01-01', days))
const visits = fc.array(fc.record<Entered>({ visitedOn: date, mode: fc.constantFrom(...visitModes), enterprise: fc.integer({ min: 1, max: 3 }) }), { maxLength: 80 })
const countedModes = fc.subarray([...visitModes])

test('the counter always equals a recount of the visits', () => {
  fc.assert(
    fc.property(visits, countedModes, (entered, modes) => {
      const policy = aPolicy({ quota: { countedModes: modes } })
      const records = new Map<string, QuotaRecord>()
      const kept: { key: string; visitedOn: string; counted: boolean }[] = []
      for (const [at, { visitedOn, mode, enterprise }] of entered.entries()) {
        const key = `${enterprise} ${visitedOn.slice(0, 7)}`
        const before = records.get(key) ?? emptyQuota('1001', creditCodeOf(enterprise), visitedOn.slice(0, 7))
        const { counted, reasonNotCounted, quota } = recordVisit({ visitId: `v${at}`, visitedOn, mode }, before, policy)
        expect(countedOf(quota) - countedOf(before)).toBe(counted ? 1 : 0)
        expect(reasonNotCounted === undefined).toBe(counted)
        records.set(key, quota)
        kept.push({ key, visitedOn, counted })
      }
      for (const [key, record] of records) {
        const ofKey = kept.filter(visit => visit.key === key)
        const days = new Set(ofKey.filter(visit => visit.counted).map(visit => visit.visitedOn))
        expect(ofKey.filter(visit => visit.counted).length).toBe(days.size)
        expect(countedOf(record)).toBe(days.size)
        // And a recount from scratch, by mode and day alone, agrees.
        const [enterprise, month] = key.split(' ')
        const recount = new Set(entered.filter(visit => String(visit.enterprise) === enterprise && visit.visitedOn.startsWith(month ?? '') && modes.includes(visit.mode)).map(visit => visit.visitedOn))
        expect(days).toEqual(recount)
      }
    }),
    { numRuns: 300 },
  )
})

test('the order in which visits are entered does not change the count', () => {
  fc.assert(
    fc.property(visits.chain(entered => fc.tuple(fc.constant(entered), fc.shuffledSubarray(entered, { minLength: entered.length }))), ([entered, shuffled]) => {
      const count = (list: readonly Entered[]) =>
        list
          .filter(visit => visit.enterprise === 1 && visit.visitedOn.startsWith('2026-01'))
          .reduce((record, visit, at) => recordVisit({ visitId: `v${at}`, ...visit }, record, aPolicy()).quota, emptyQuota('1001', creditCodeOf(1), '2026-01'))
      expect(countedOf(count(shuffled))).toBe(countedOf(count(entered)))
    }),
    { numRuns: 200 },
  )
})

test('whatever the pairings, an enterprise owes between nothing and a full month', () => {
  const span = fc.tuple(date, fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }))
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 5 }), (spans, visitsPerMonth) => {
      const policy = aPolicy({ quota: { visitsPerMonth } })
      const pairings = spans.map(([startsOn, days]) => aPairing({ startsOn, ...(days === undefined ? {} : { endsOn: dayAfter(startsOn, days) }) }))
      for (const month of ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05']) {
        const owed = quotasOf(pairings, [], month, policy).map(quota => quota.required)
        expect(owed.length).toBeLessThanOrEqual(1)
        for (const required of owed) {
          expect(required).toBeLessThanOrEqual(visitsPerMonth)
          expect(required).toBe(Math.min(visitsPerMonth, pairings.reduce((sum, pairing) => sum + requiredOf(pairing, month, policy), 0)))
        }
      }
    }),
    { numRuns: 300 },
  )
})
