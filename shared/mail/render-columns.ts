/** The characters that are two columns wide in a fixed-width font, as the inside of a regular expression's class. */
export const wide = String.raw`\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}`

/** Columns that text takes in a fixed-width font: two for a wide character, none for what combines with another. */
export const columnsOf = (text: string): number => {
  let columns = 0
  for (const character of text) columns += zeroWidth.test(character) ? 0 : wideCharacter.test(character) ? 2 : 1
  return columns
}

const wideCharacter = new RegExp(`[${wide}]`, 'u')
const zeroWidth = /[\p{M}\u200c\u200d]/u
