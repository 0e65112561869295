import type { Letter } from './letter.ts'
import { renderHtml } from './render-html.ts'
import { headerSafe } from './render-safe.ts'
import { renderText } from './render-text.ts'

/** A letter as a mail's subject and its two bodies. */
export interface RenderedMail {
  readonly subject: string
  readonly html: string
  readonly text: string
}

export const renderMail = (letter: Letter): RenderedMail => ({
  subject: headerSafe(letter.subject),
  html: renderHtml(letter),
  text: renderText(letter),
})

export { headerSafe, renderHtml, renderText }
