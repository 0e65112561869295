import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noteEntry, wordsOf, type Entry } from '../../shared/visit/flag.ts'
import { aPolicy } from '../mothers/policy.ts'
import { dayAfter } from '../mothers/working-days.ts'

interface Entered {
  readonly after: number
  readonly late: number
  readonly from: number | null
  readonly length: number
  readonly text: string
}
const entered = fc.record<Entered>({ after: fc.integer({ min: 0, max: 6 }), late: fc.constantFrom(0, 0, 1, 2), from: fc.option(fc.integer({ min: 8, max: 17 })), length: fc.integer({ min: 1, max: 4 }), text: fc.constantFrom('a', 'b', 'c') })
const policies = fc.record({ sameTextVisits: fc.integer({ min: 2, max: 5 }), lateEntriesADay: fc.integer({ min: 1, max: 5 }), lookBackDays: fc.integer({ min: 1, max: 20 }) })

const hour = (at: number): string => `${String(at).padStart(2, '0')}:00`
const entriesOf = (list: readonly Entered[]): readonly Entry[] => {
  let today = '2026-01-05'
  return list.map(({ after, late, from, length, text }, at) => {
    today = dayAfter(today, after)
    return { visitId: `v${at}`, enteredOn: today, visitedOn: dayAfter(today, -late), ...(from === null ? {} : { from: hour(from), until: hour(from + length) }), text }
  })
}
/** Hours the plain way. */
const hoursOf = ({ from, until }: Entry): readonly number[] => (from === undefined || until === undefined ? [] : Array.from({ length: 24 }, (_, at) => at).filter(at => hour(at) >= from && hour(at) < until))

test('what stands out is what a look at all the entries finds, told of the last alone', () => {
  fc.assert(
    fc.property(fc.array(entered, { maxLength: 60 }), policies, (list, flags) => {
      const entries = entriesOf(list)
      let known: readonly Entry[] = []
      for (const [at, entry] of entries.entries()) {
        const noted = noteEntry(known, entry, aPolicy({ flags }).flags)
        const recent = entries.slice(0, at).filter(({ enteredOn }) => Date.parse(entry.enteredOn) - Date.parse(enteredOn) <= flags.lookBackDays * 86_400_000)
        const overlapping = recent.filter(other => other.visitedOn === entry.visitedOn && hoursOf(other).some(each => hoursOf(entry).includes(each)))
        const same = recent.filter(({ text }) => text === entry.text)
        const late = recent.filter(other => other.enteredOn === entry.enteredOn && other.visitedOn < other.enteredOn)
        const expected = [
          ...(overlapping.length > 0 ? ['overlap'] : []),
          ...(same.length + 1 >= flags.sameTextVisits ? ['same-text'] : []),
          ...(entry.visitedOn < entry.enteredOn && late.length + 1 >= flags.lateEntriesADay ? ['late-burst'] : []),
        ]
        expect(noted.suspicions.map(({ kind }) => kind)).toEqual(expected)
        for (const { seenWith } of noted.suspicions) {
          expect(seenWith.length).toBeLessThanOrEqual(10)
          expect(seenWith).not.toContain(entry.visitId)
        }
        expect(noted.entries.at(-1)).toEqual(entry)
        known = noted.entries
      }
    }),
    { numRuns: 200 },
  )
})

test('words are the same however they are spaced and punctuated, and whenever they are read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '，', '。', '\n', '、', '\u3000', '…'), (one, other, mark) => {
      expect(wordsOf(`${wordsOf(one)}${mark}${wordsOf(other)}`)).toBe(wordsOf(wordsOf(one) + wordsOf(other)))
      expect(wordsOf(wordsOf(one))).toBe(wordsOf(one))
    }),
    { numRuns: 500 },
  )
})
