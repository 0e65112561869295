import { CsvError, parse } from 'csv-parse/sync'
import { listed, Problem, type Wording } from '../../shared/contract/problem.ts'
import { importColumns, type ImportKind } from '../../shared/contract/roster.ts'

/** A row of an import: its line in a spreadsheet (the heading is row 1) and its cells by column. Empty cells are left out. */
export interface ImportRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

/** As many rows as one request can check and write well within API Gateway's 30 seconds. */
const rowsAtMost = 5_000

/**
 * UTF-8 if the bytes are that, otherwise GB18030, which is what spreadsheets save in China. A text that is valid UTF-8
 * is practically never meant as GB18030.
 */
const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeGb18030(bytes)
  }
}

const decodeGb18030 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable({ zh: '文件编码既不是 UTF-8 也不是 GB18030，请在表格软件中另存为 CSV（UTF-8）。', en: 'The file is neither UTF-8 nor GB18030; save it as CSV (UTF-8) from the spreadsheet.' })
  }
}

const unreadable = (...reasons: readonly Wording[]): Problem =>
  new Problem('import-not-readable', { reason: { zh: reasons.map(({ zh }) => zh).join(''), en: reasons.map(({ en }) => en).join(' ') } })

/** What the first row must be, said whenever it is not. */
const headingOf = (columns: readonly string[]): Wording => ({
  zh: `首行应为（次序不限）：${columns.join(', ')}。`,
  en: `The first row must be, in any order: ${columns.join(', ')}.`,
})

/** As much of a column's name as somebody needs to find it. */
const asWritten = (name: string): Wording => {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name
  return { zh: short, en: short }
}

const namedAtMost = 20

/** Spreadsheets write a column without a name where one was emptied; it is called by its place. */
const columnAt = (name: string, at: number): Wording => (name === '' ? { zh: `第 ${at + 1} 列（无列名）`, en: `column ${at + 1} (without a name)` } : asWritten(name))

const finding = (what: Wording, columns: readonly Wording[]): readonly Wording[] => {
  const { zh, en } = listed(columns.length > namedAtMost ? [...columns.slice(0, namedAtMost), asWritten('…')] : columns)
  return columns.length === 0 ? [] : [{ zh: `${what.zh}：${zh}。`, en: `${what.en}: ${en}.` }]
}

/** Everything that is wrong with the first row at once: a misspelt column is one not known beside one that is missing. */
const demandHeading = (names: readonly string[], columns: readonly string[]): void => {
  const findings = [
    ...finding({ zh: '缺少列', en: 'Columns missing' }, columns.filter(column => !names.includes(column)).map(asWritten)),
    ...finding({ zh: '多余的列', en: 'Columns not known' }, names.flatMap((name, at) => (columns.includes(name) ? [] : [columnAt(name, at)]))),
    ...finding({ zh: '重复的列', en: 'Columns named twice' }, columns.filter(column => names.indexOf(column) < names.lastIndexOf(column)).map(asWritten)),
  ]
  if (findings.length > 0) throw unreadable(...findings, headingOf(columns))
}

/**
 * Reads an import file of a kind.
 * @throws Problem `import-not-readable`, `import-too-large`
 */
export const readImportFile = (kind: ImportKind, bytes: Uint8Array): readonly ImportRow[] => {
  const [heading, ...lines] = linesOf(decode(bytes))
  const columns = importColumns[kind]
  if (heading === undefined) throw unreadable({ zh: '文件为空。', en: 'The file is empty.' }, headingOf(columns))
  const names = heading.record.map(name => name.trim())
  demandHeading(names, columns)
  if (lines.length > rowsAtMost) throw new Problem('import-too-large', { rows: rowsAtMost })
  return lines.map(({ row, record }) => {
    if (record.length > names.length) throw unreadable({ zh: `第 ${row} 行的列数多于首行。`, en: `Row ${row} has more cells than the heading.` })
    return { row, cells: cellsByName(names, record) }
  })
}

const cellsByName = (names: readonly string[], record: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, at) => [name, (record[at] ?? '').trim()] as const).filter(([, cell]) => cell !== ''))

interface Line {
  readonly row: number
  readonly record: readonly string[]
}

/** Rows and as many empty lines: what is longer is not read to its end to say that it is too long. */
const linesAtMost = 2 * rowsAtMost

/** The lines that say anything. Empty ones count as rows all the same, as in a spreadsheet. */
const linesOf = (text: string): readonly Line[] => {
  try {
    const records = parse(text, { bom: true, relaxColumnCount: true, to: linesAtMost + 1 })
    if (records.length > linesAtMost) throw new Problem('import-too-large', { rows: rowsAtMost })
    return records.map((record, at) => ({ row: at + 1, record })).filter(({ record }) => record.some(cell => cell.trim() !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = String(error['lines'])
    throw unreadable({ zh: `第 ${line} 行的引号或分隔符有误。`, en: `Quotes or separators are wrong near line ${line}.` })
  }
}
