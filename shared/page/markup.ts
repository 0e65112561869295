import { escapeHtml } from '../mail/render-safe.ts'

/** Markup that may be put into other markup as it is. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export const nothing = new Markup('')

type Part = string | number | Markup | readonly Markup[]

/** A template for markup that makes safe whatever is put in, in content and in quoted attributes, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.reduce((text, next, index) => text + written(parts[index - 1] ?? '') + next))

const written = (part: Part): string => {
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return escapeHtml(String(part))
}


/** What markup, or text once it is made safe, weighs in bytes. */
export const weightOf = (part: string | Markup): number => new TextEncoder().encode(written(part)).byteLength

/** Text that weighs no more than so many bytes once it is made safe; what does not fit gives way to `…`. */
export const fitting = (text: string, bytes: number): string => {
  if (weightOf(text) <= bytes) return text
  const characters = Array.from(text)
  const begun = (count: number): string => `${characters.slice(0, count).join('').trimEnd()}…`
  let [kept, tooMany] = [0, characters.length]
  while (tooMany - kept > 1) {
    const middle = Math.floor((kept + tooMany) / 2)
    if (weightOf(begun(middle)) <= bytes) kept = middle
    else tooMany = middle
  }
  return begun(kept)
}
