import type { Locale } from '../calendar/wording.ts'
import * as layout from './layout.generated.ts'
import { attributionDash, systemName, type Block, type Letter, type Urgency } from './letter.ts'
import { columnsOf } from './render-columns.ts'
import { escapeHtml, escapeLines, headerSafe, joinHtml, type Html } from './render-safe.ts'

/** The one colour of a letter, and its tint behind the lead. White on `accent` and text on `tint` meet WCAG AA. */
export const colours: Readonly<Record<Urgency, { readonly accent: string; readonly tint: string }>> = {
  normal: { accent: '#1a5a9e', tint: '#eef4fb' },
  due: { accent: '#9a5700', tint: '#fdf5e6' },
  late: { accent: '#b3261e', tint: '#fdf0ef' },
  good: { accent: '#1e7145', tint: '#edf7f1' },
}

/** The letter as an HTML document: 7 KB, and about 1 KB for each block. */
export const renderHtml = (letter: Letter): string => {
  const accent = escapeHtml(colours[letter.urgency].accent)
  return layout.page({
    lang: escapeHtml(letter.locale),
    subject: escapeHtml(headerSafe(letter.subject)),
    preheader: escapeHtml(headerSafe(letter.preheader ?? letter.lead)),
    sender: escapeHtml(letter.sender ?? systemName[letter.locale]),
    heading: escapeLines(letter.heading),
    lead: escapeLines(letter.lead),
    accent,
    tint: escapeHtml(colours[letter.urgency].tint),
    blocks: joinHtml(letter.blocks.map((block) => renderBlock(block, letter.locale, accent))),
    footer: joinHtml(letter.footer.map((line) => layout.footer({ text: escapeLines(line) }))),
  })
}

const renderBlock = (block: Block, locale: Locale, accent: Html): Html => {
  switch (block.kind) {
    case 'section':
      return layout.section({ title: escapeHtml(block.title), accent })
    case 'paragraph':
      return layout.paragraph({ text: escapeLines(block.text) })
    case 'facts': {
      const facts = block.rows.map(({ label, value }) =>
        layout.fact({ label: escapeHtml(label), value: escapeLines(value) }),
      )
      return layout.facts({ fact: joinHtml(facts) })
    }
    case 'table':
      return layout.table({
        shape: block.headers.length > columnsOnAPhone ? escapeHtml('grid') : nothing,
        header: joinHtml(
          block.headers.map((header) =>
            layout.header({ text: escapeHtml(header), wrapping: wrappingOf(header, block.headers.length) }),
          ),
        ),
        row: joinHtml(block.rows.map((row) => renderRow(block.headers, row, locale))),
      })
    case 'quote':
      return layout.quote({
        text: escapeLines(block.text),
        attribution:
          block.by === undefined
            ? nothing
            : layout.attribution({ by: escapeHtml(`${attributionDash[locale]} ${block.by}`) }),
      })
    case 'list': {
      const items = block.items.map((text, index) =>
        layout.item({ number: escapeHtml(String(index + 1)), text: escapeLines(text) }),
      )
      return layout.list({ item: joinHtml(items) })
    }
    case 'action':
      return isWebAddress(block.url)
        ? layout.action({
            label: escapeHtml(block.label),
            url: escapeHtml(block.url),
            hint: escapeHtml(copyHint[locale]),
            accent,
          })
        : layout.reference({ label: escapeHtml(block.label), id: escapeHtml(block.url) })
    case 'reference':
      return layout.reference({ label: escapeHtml(block.label), id: escapeHtml(block.id) })
  }
}

const renderRow = (headers: readonly string[], row: readonly string[], locale: Locale): Html => {
  const cells = row.map((text, column) =>
    layout.cell({
      label: escapeHtml(`${headers[column] ?? ''}${colon[locale]}`),
      text: escapeLines(text),
      wrapping: wrappingOf(text, headers.length),
    }),
  )
  return layout.row({ cell: joinHtml(cells) })
}

/** A table of more columns than this becomes a card for each row on a phone; class `grid` of the layout. */
const columnsOnAPhone = 3

/**
 * Keeps a short text on one line if its share of a small phone's width allows it. Where a mail program has dropped the
 * styles, names would otherwise be set one character below the other.
 */
const wrappingOf = (text: string, columns: number): Html =>
  pixelsOf(text) <= tableOnAPhone / columns - cellPadding ? escapeHtml('white-space:nowrap') : nothing

/** In pixels: a screen of 360 without the layout's and the browser's margins, and what a cell keeps clear. */
const tableOnAPhone = 288
const cellPadding = 16

/** About how wide a text is at a table's 13 pixels. */
const pixelsOf = (text: string): number =>
  Array.from(text).reduce((width, character) => width + (columnsOf(character) === 2 ? 13 : 8), 0)

/** Nothing but the web: no `javascript:`, no `data:`. */
const isWebAddress = (url: string): boolean => /^https?:\/\/[^\s]+$/i.test(url)

const nothing = '' as Html

const colon: Readonly<Record<Locale, string>> = { 'zh-CN': '：', en: ': ' }

const copyHint: Readonly<Record<Locale, string>> = {
  'zh-CN': '按钮打不开时，请把下面的网址复制到浏览器中打开：',
  en: 'If the button does not work, copy this address into your browser:',
}
