import { CsvError, parse } from 'csv-parse/sync'
import { Problem } from '../../shared/contract/problem.ts'
import { importColumns, type ImportKind } from '../../shared/contract/roster.ts'

/** A row of an import: its line in a spreadsheet (the heading is row 1) and its cells by column. Empty cells are left out. */
export interface ImportRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

/** As many rows as one request can check and write well within API Gateway's 30 seconds. */
export const rowsAtMost = 5_000

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
    throw unreadable('文件编码既不是 UTF-8 也不是 GB18030。', 'The file is neither UTF-8 nor GB18030.')
  }
}

const unreadable = (zh: string, en: string): Problem => new Problem('import-not-readable', { reason: { zh, en } })

const quoted = (names: readonly string[]): string => names.join(', ')

/**
 * Reads an import file of a kind.
 * @throws Problem `import-not-readable`, `import-too-large`
 */
export const readImportFile = (kind: ImportKind, bytes: Uint8Array): readonly ImportRow[] => {
  const [heading, ...lines] = linesOf(decode(bytes))
  const columns = importColumns[kind]
  if (heading === undefined) throw unreadable(`文件为空，首行应为：${quoted(columns)}。`, `The file is empty; its first row must be: ${quoted(columns)}.`)
  const names = heading.record.map(name => name.trim())
  const missing = columns.filter(column => !names.includes(column))
  const unknown = names.filter(name => !(columns as readonly string[]).includes(name))
  if (missing.length > 0) throw unreadable(`缺少列：${quoted(missing)}。`, `Columns are missing: ${quoted(missing)}.`)
  if (unknown.length > 0) throw unreadable(`多余的列：${quoted(unknown)}。`, `Columns not known: ${quoted(unknown)}.`)
  if (new Set(names).size < names.length) throw unreadable('列名重复。', 'A column is named twice.')
  if (lines.length > rowsAtMost) throw new Problem('import-too-large', { rows: rowsAtMost })
  return lines.map(({ row, record }) => {
    if (record.length > names.length) throw unreadable(`第 ${row} 行的列数多于首行。`, `Row ${row} has more cells than the heading.`)
    return { row, cells: cellsByName(names, record) }
  })
}

const cellsByName = (names: readonly string[], record: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, at) => [name, (record[at] ?? '').trim()] as const).filter(([, cell]) => cell !== ''))

interface Line {
  readonly row: number
  readonly record: readonly string[]
}

/** The lines that say anything. Empty ones count as rows all the same, as in a spreadsheet. */
const linesOf = (text: string): readonly Line[] => {
  try {
    const records = parse(text, { bom: true, relaxColumnCount: true })
    return records.map((record, at) => ({ row: at + 1, record })).filter(({ record }) => record.some(cell => cell.trim() !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw unreadable(`第 ${String(error['lines'])} 行的引号或分隔符有误。`, `Quotes or separators are wrong near line ${String(error['lines'])}.`)
  }
}
