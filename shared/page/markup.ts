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
