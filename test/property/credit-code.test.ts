import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditCode } from '../../shared/contract/field.ts'
import { checkCharacter, hasValidCheckCharacter } from '../../shared/roster/credit-code.ts'

const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')
const credit = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 17, maxLength: 17 }).map(first17 => first17 + checkCharacter(first17))
const swapped = (text: string, one: number, other: number): string => {
  const letters = text.split('')
  ;[letters[one], letters[other]] = [text.charAt(other), text.charAt(one)]
  return letters.join('')
}

// 31 is a prime and no weight a multiple of it, so one wrong character always shows.
test('every code with one wrong character is refused', () => {
  fc.assert(
    fc.property(credit, value => {
      expect(creditCode.safeParse(value).success).toBe(true)
      for (let place = 0; place < 18; place++)
        for (const letter of alphabet)
          if (letter !== value.charAt(place)) expect(hasValidCheckCharacter(value.slice(0, place) + letter + value.slice(place + 1))).toBe(false)
    }),
    { numRuns: 25 },
  )
})

// Weights are the powers of 3 modulo 31 and all different, so two characters swapped show too, with one exception:
// the first and the check character weigh the same.
test('every code with two different characters swapped is refused, unless they are the first and the last', () => {
  fc.assert(
    fc.property(credit, value => {
      for (let one = 0; one < 18; one++)
        for (let other = one + 1; other < 18; other++)
          expect(hasValidCheckCharacter(swapped(value, one, other))).toBe(value.charAt(one) === value.charAt(other) || (one === 0 && other === 17))
    }),
    { numRuns: 60 },
  )
})
