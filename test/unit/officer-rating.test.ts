import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { summaryOf } from '../../shared/officer-rating/officer-rating.ts'
import { openRoundOn, roundClosesOn, roundOpensOn } from '../../shared/officer-rating/round.ts'
import type { Rating } from '../../shared/issue/rating.ts'

describe('a round', () => {
  test('opens on the first working day of June or December, and closes with the month', () => {
    // In 2025 the first of June is a Sunday, the second a holiday.
    expect((['2025-H1', '2025-H2', '2026-H1'] as const).map(round => [roundOpensOn(round, calendar), roundClosesOn(round)])).toEqual([['2025-06-03', '2025-06-30'], ['2025-12-01', '2025-12-31'], ['2026-06-01', '2026-06-30']])
  })

  test.each([
    ['2025-06-02', undefined], ['2025-06-03', '2025-H1'], ['2025-06-30', '2025-H1'], ['2025-07-01', undefined], ['2025-11-30', undefined], ['2025-12-01', '2025-H2'], ['2025-12-31', '2025-H2'], ['2026-01-01', undefined],
  ])('on %s is %s', (date, round) => {
    expect(openRoundOn(date, calendar)).toBe(round)
  })
})

describe('what is told of the answers', () => {
  const answers = (...given: Rating[]) => given.map(rating => ({ rating }))

  test('is nothing before there are five', () => {
    expect([summaryOf([]), summaryOf(answers(5, 5, 5, 5))]).toEqual([{ shown: false }, { shown: false }])
  })

  test('is how many there are of each, and their average', () => {
    expect(summaryOf(answers(5, 4, 4, 3, 1))).toEqual({ shown: true, answers: 5, average: 3.4, byRating: { 5: 1, 4: 2, 3: 1, 2: 0, 1: 1 } })
    expect(summaryOf(answers(5, 5, 5, 5, 5, 4))).toMatchObject({ average: 4.83 })
  })
})
