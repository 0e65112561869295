import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut } from '../../shared/mail/letters/pen.ts'
import { columnsOf } from '../../shared/mail/render-columns.ts'
import { renderText } from '../../shared/mail/render.ts'

const mark = '\u0301'
const width = 78

const linesOf = (text: string): string[] =>
  renderText({ locale: 'en', subject: '', heading: 'H', lead: 'L', urgency: 'normal', blocks: [{ kind: 'paragraph', text }], footer: [] })
    .replace('H\n\nL\n\n', '')
    .replace(/\n\n-- \n[^]*$/, '')
    .split('\n')

/** Measures the whole line again for every character: slow, and plainly right. */
const cutWhereItMustBe = (word: string): string[] => {
  const lines = ['']
  for (const character of word) {
    const line = lines.pop() ?? ''
    lines.push(...(columnsOf(line + character) > width ? [line, character] : [line + character]))
  }
  return lines
}

/** The same for words of one piece each and the blanks between them. */
const brokenBetween = (words: readonly string[]): string[] => {
  const lines = ['']
  for (const word of words) {
    const line = lines.pop() ?? ''
    lines.push(...(line !== '' && columnsOf(`${line} ${word}`) > width ? [line, word] : [line === '' ? word : `${line} ${word}`]))
  }
  return lines
}

const letters = (most: number) => fc.array(fc.constantFrom('a', 'b', `a${mark}`, `b${mark}${mark}`), { minLength: 1, maxLength: most }).map(all => all.join(''))

describe('a line holds what fits on it', () => {
  test('of a word wider than a line', () => {
    fc.assert(fc.property(letters(400), word => {
      expect(linesOf(word)).toEqual(cutWhereItMustBe(word))
    }))
  })

  test('of words', () => {
    fc.assert(fc.property(fc.array(letters(20), { minLength: 1, maxLength: 60 }), words => {
      expect(linesOf(words.join(' '))).toEqual(brokenBetween(words))
    }))
  })

  test('of a subject', () => {
    fc.assert(fc.property(letters(200), fc.integer({ min: 2, max: 100 }), (text, columns) => {
      const kept = cut(text, columns)
      expect(columnsOf(kept)).toBeLessThanOrEqual(columns)
      if (kept !== text) expect(columnsOf(kept)).toBe(columns)
    }))
  })
})

test.each([
  ['a word under marks that take no room', 'a'.repeat(width + 1) + mark.repeat(100_000)],
  ['a word of many lines', 'a'.repeat(100_000)],
  ['words of nothing but marks', `${mark} `.repeat(50_000)],
  ['an address with much after it', `https://example.org/${'a'.repeat(50_000)} ${mark.repeat(10)} `.repeat(2)],
])('a hundred thousand characters are broken in no time: %s', (_, text) => {
  expect(linesOf(text).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  expect(cut(text, width).length).toBeLessThanOrEqual(text.length)
})
