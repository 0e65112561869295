import { expect, test } from 'vitest'
import { answerOn, answersAtMost, confirmationSchema, type Confirmation } from '../../shared/visit/confirmation.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { at } from '../mothers/moment.ts'

const visit = { visitId: '1001.20260302.x', officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn: '2026-03-02' }
const now = at('2026-03-03 10:00')
const kept = (before: Confirmation | undefined, answer: { came: boolean; words?: string }): Confirmation => {
  const answered = answerOn(before, visit, answer, now)
  if (answered.outcome !== 'kept') throw new Error(answered.outcome)
  return answered.confirmation
}

test('an answer is kept with the visit it is about', () => {
  const confirmation = kept(undefined, { came: false, words: '当日无人来访。' })
  expect(confirmation).toEqual({ ...visit, answers: [{ came: false, words: '当日无人来访。', at: now }] })
  expect(confirmationSchema.parse(confirmation)).toEqual(confirmation)
})

test('another answer follows it, and nothing that was said is lost', () => {
  expect(kept(kept(undefined, { came: false }), { came: true }).answers.map(({ came }) => came)).toEqual([false, true])
  expect(kept(kept(undefined, { came: false }), { came: false, words: '只打过电话。' }).answers).toHaveLength(2)
})

test('the same answer again is no other', () => {
  expect(answerOn(kept(undefined, { came: false, words: '未来。' }), visit, { came: false, words: '未来。' }, now + 1).outcome).toBe('said-before')
})

test('whoever has answered so often is asked in person', () => {
  let confirmation: Confirmation | undefined
  for (let nth = 0; nth < answersAtMost; nth++) confirmation = kept(confirmation, { came: nth % 2 === 0 })
  expect(answerOn(confirmation, visit, { came: false }, now).outcome).toBe('too-many')
})
