import type { Locale } from '../calendar/wording.ts'
import { columnsOf, wide } from './render-columns.ts'
import { attributionDash, systemName, type Block, type Letter } from './letter.ts'
import { cleanText, headerSafe } from './render-safe.ts'

/** In columns; a Chinese character takes two. RFC 5322 asks for lines of no more than 78. */
const lineWidth = 78

/** The letter as plain text, complete on its own. Only a web address may make a line wider than 78 columns. */
export const renderText = (letter: Letter): string => {
  const paragraphs = [
    wrap(letter.heading),
    wrap(letter.lead),
    ...letter.blocks.map((block) => renderBlock(block, letter.locale)),
  ]
  const signature = ['-- ', letter.sender ?? systemName[letter.locale], ...letter.footer]
  return [...paragraphs, signature.map((line) => (line === '-- ' ? line : wrap(line))).join('\n')].join('\n\n') + '\n'
}

const renderBlock = (block: Block, locale: Locale): string => {
  switch (block.kind) {
    case 'section':
      return locale === 'zh-CN' ? wrap(`【${oneLine(block.title)}】`) : wrap(`## ${oneLine(block.title)}`)
    case 'paragraph':
      return wrap(block.text)
    case 'facts':
      return block.rows.map(({ label, value }) => wrap(labelled(label, value, locale), { after: '  ' })).join('\n')
    case 'table':
      return numbered(block.rows.map((row) => recordOf(block.headers, row, locale)))
    case 'quote': {
      const by = block.by === undefined ? '' : `\n${attributionDash[locale]} ${oneLine(block.by)}`
      return wrap(`${block.text.trim()}${by}`, { first: '> ', after: '> ' })
    }
    case 'list':
      return numbered(block.items)
    case 'action':
      return `${wrap(labelled(block.label, '', locale))}\n${headerSafe(block.url)}`
    case 'reference':
      return wrap(labelled(block.label, block.id, locale))
  }
}

/** A row of a table as a sentence: its first cell, then the others with what they are. */
const recordOf = (headers: readonly string[], row: readonly string[], locale: Locale): string =>
  row
    .map(oneLine)
    .map((cell, column) => (column === 0 ? cell : labelled(headers[column] ?? '', cell, locale)))
    .join(locale === 'zh-CN' ? '；' : '; ')

const numbered = (items: readonly string[]): string =>
  items.map((text, index) => wrap(text, { first: `${index + 1}. `, after: '   ' })).join('\n')

const labelled = (label: string, value: string, locale: Locale): string =>
  `${oneLine(label)}${locale === 'zh-CN' ? '：' : ': '}${value}`.trimEnd()

const oneLine = headerSafe

/** Breaks text into lines no wider than a mail's, the first one starting with `first` and the others with `after`. */
const wrap = (text: string, { first = '', after = '' } = {}): string =>
  cleanText(text)
    .trim()
    .split('\n')
    .flatMap((line) => linesOf(line, lineWidth - after.length))
    .map((line, index) => `${index === 0 ? first : after}${line}`.trimEnd())
    .join('\n')

const linesOf = (text: string, width: number): string[] => {
  if (columnsOf(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  // Kept beside the line, for to measure it anew with each piece would take the square of its length.
  let columns = 0
  for (const piece of piecesOf(text, width)) {
    if (line !== '' && columns + columnsOf(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
      columns = columnsOf(line)
    } else {
      line += piece
      columns += columnsOf(piece)
    }
  }
  return [...lines, line.trimEnd()]
}

/**
 * What a line may be broken between: words with the blank after them, and wide characters one by one, each with the
 * punctuation that must not be parted from it (行首行尾禁则).
 */
const piecesOf = (text: string, width: number): string[] =>
  (text.match(piece) ?? [])
    .filter((word) => word !== '')
    .flatMap((word) => (isAddress(word) ? [word] : sliced(word, width)))

const opening = '（「『《〈“‘【〔([{'
const closing = '，。、；：？！）」』》〉”’】〕…—,.;:?!)}%\\]'
/** Skin tones, accents and variants, and what an emoji is joined to. */
const modifiers = String.raw`(?:[\p{M}\u{1f3fb}-\u{1f3ff}]|\u200d[${wide}])*`
const piece = new RegExp(
  String.raw`[${opening.replace('[', '\\[')}]*(?:[\u{1f1e6}-\u{1f1ff}]{2}|[${wide}]${modifiers}|[^\s${wide}“‘]+)?[${closing}]*\s*`,
  'gu',
)

const isAddress = (word: string): boolean => /^https?:\/\//.test(word)

/** A word wider than a line, cut where it has to be. */
const sliced = (word: string, width: number): string[] => {
  if (columnsOf(word.trimEnd()) <= width) return [word]
  const slices: string[] = []
  let slice = ''
  let columns = 0
  for (const character of word) {
    const more = columnsOf(character)
    if (columns + more > width) {
      slices.push(slice)
      slice = character
      columns = more
    } else {
      slice += character
      columns += more
    }
  }
  return [...slices, slice]
}
