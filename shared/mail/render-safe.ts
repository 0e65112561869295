/** HTML that may go out as it is: written here, or escaped. */
export type Html = string & { readonly [escaped]: true }
declare const escaped: unique symbol

/**
 * Text without what could deceive a reader or upset a mail program: control characters, invisible spaces, halves of
 * characters, and the marks that turn the direction of writing round (they make `exe.pdf` of a `fdp.exe`). Line breaks
 * and tabs stay, as `\n` and a blank; emoji and rare characters stay as they are.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unwanted, '')

const unwanted = new RegExp(
  [
    '[^\\P{Cc}\\n]', // control characters
    '[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]', // direction marks, embeddings, overrides, isolates
    '[\\u00ad\\u200b\\u2060\\ufeff\\ufff9-\\ufffb]', // soft hyphens, invisible spaces, annotations
    '\\p{Noncharacter_Code_Point}',
  ].join('|'),
  'gu',
)

/** Text as HTML, in an element or in a quoted attribute. The only way into a mail for anything that is not ours. */
export const escapeHtml = (text: string): Html => cleanText(text).replace(/[&<>"']/g, (c) => entities[c] ?? '') as Html

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML with its line breaks. */
export const escapeLines = (text: string): Html => escapeHtml(text.trim()).replaceAll('\n', '<br>') as Html

export const joinHtml = (parts: readonly Html[]): Html => parts.join('') as Html

/** Text that fits in one mail header: a single line, so that nothing in it can start a header of its own. */
export const headerSafe = (text: string): string => cleanText(text).replace(/\s+/g, ' ').replaceAll('=?', '= ?').trim()
