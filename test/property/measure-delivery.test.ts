import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demandExplainable, firstDelivery } from '../../shared/visit/measure.ts'
import { aMeasure } from '../mothers/measure.ts'
import { refusal } from '../mothers/refusal.ts'
import { dayAfter } from '../mothers/working-days.ts'

const date = fc.integer({ min: 0, max: 400 }).map(days => dayAfter('2026-01-01', days))

test('a measure was delivered on the first day of all, in whatever order the visits are entered', () => {
  fc.assert(
    fc.property(fc.array(date, { minLength: 1, maxLength: 30 }), days => {
      let known: string | undefined
      for (const [at, visitedOn] of days.entries()) {
        const delivered = firstDelivery(known, visitedOn)
        // Never taken back, and never put off.
        if (known !== undefined) expect(delivered <= known).toBe(true)
        expect(delivered).toBe(days.slice(0, at + 1).sort()[0])
        known = delivered
      }
    }),
    { numRuns: 500 },
  )
})

test('a measure can be explained on exactly the days it is valid', () => {
  fc.assert(
    fc.property(date, fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }), date, (validFrom, length, visitedOn) => {
      const validUntil = length === undefined ? undefined : dayAfter(validFrom, length)
      const measure = aMeasure({ validFrom, ...(validUntil === undefined ? {} : { validUntil }) })
      const explain = () => { demandExplainable([measure.measureId], [measure], visitedOn) }
      const isOutside = visitedOn < validFrom || (validUntil !== undefined && visitedOn > validUntil)
      if (isOutside) expect(refusal(explain).code).toBe('measure-not-valid')
      else expect(explain).not.toThrow()
    }),
    { numRuns: 500 },
  )
})
