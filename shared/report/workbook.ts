import { dayNumber, type LocalDate } from '../calendar/date.ts'
import type { LocalTime } from '../calendar/zone.ts'
import { cleanText, escapeHtml } from '../mail/render-safe.ts'

/** The parts of an XLSX workbook: SpreadsheetML as ECMA-376 has it, no more of it than typed cells, a frozen heading and filters need. */

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * What a cell holds. A number is a whole one, or is shown to one decimal; a percentage is given as people read it: 96.4; a day as the calendar has it, with a time as clocks show
 * it there; what is not there leaves the cell empty.
 */
export type Value = string | number | { readonly decimal: number } | { readonly percent: number } | { readonly date: LocalDate; readonly time?: LocalTime } | undefined

/** A sheet: headings, and rows of as many cells; so many of the last are totals, which no filter sorts in among the others. */
export interface Sheet {
  readonly name: string
  readonly headers: readonly string[]
  /** Of each column, in characters; where they are not given, as wide as its heading wants. */
  readonly widths?: readonly number[]
  readonly rows: AsyncIterable<readonly Value[]> | Iterable<readonly Value[]>
  readonly totals?: number
}

/** Places in `cellXfs` of the style part, in its order. */
const styles = { plain: 0, heading: 1, quoted: 2, count: 3, percent: 4, day: 5, moment: 6, decimal: 7 } as const

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Excel takes no longer name, and none of these characters in it. */
const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)

/** A worksheet's path in the workbook, by its place from 0 on. */
export const sheetPath = (at: number): string => `xl/worksheets/sheet${at + 1}.xml`

/** Everything beside the sheets themselves, by its path. */
export const partsBeside = (names: readonly string[]): Readonly<Record<string, string>> => ({
  '[Content_Types].xml': `${xml}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mediaType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${mediaType}.styles+xml"/>${names.map((_, at) => `<Override PartName="/${sheetPath(at)}" ContentType="${mediaType}.worksheet+xml"/>`).join('')}</Types>`,
  '_rels/.rels': `${xml}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${names.map((name, at) => `<sheet name="${escapeHtml(sheetName(name))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packaging}/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${names.length + 1}" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><numFmts count="4"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="167" formatCode="0.0"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDEFF2"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf xfId="0" quotePrefix="1"/><xf xfId="0" numFmtId="3" applyNumberFormat="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/><xf xfId="0" numFmtId="166" applyNumberFormat="1"/><xf xfId="0" numFmtId="167" applyNumberFormat="1"/></cellXfs></styleSheet>`,
})

/** What comes before the rows: the heading stays in sight, and columns are as wide as what is above them wants. */
export const beginningOf = ({ headers, widths = [] }: Pick<Sheet, 'headers' | 'widths'>): string =>
  `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${headers
    .map((header, at) => `<col min="${at + 1}" max="${at + 1}" width="${widths[at] ?? Math.min(60, Math.max(12, 2 * Array.from(header).length + 2))}" customWidth="1"/>`)
    .join('')}</cols><sheetData><row r="1">${headers.map((header, at) => textCell(header, `${columnName(at)}1`, styles.heading)).join('')}</row>`

/** The `nth` row, the heading being the first. */
export const rowOf = (values: readonly Value[], nth: number): string => `<row r="${nth}">${values.map((value, at) => cellOf(value, `${columnName(at)}${nth}`)).join('')}</row>`

/** What comes after so many rows, the heading among them. */
export const endOf = ({ headers, totals = 0 }: Pick<Sheet, 'headers' | 'totals'>, rows: number): string => `</sheetData><autoFilter ref="A1:${columnName(headers.length - 1)}${rows - totals}"/></worksheet>`

/** `A` to `Z`, `AA` and on. */
const columnName = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26))

const cellOf = (value: Value, place: string): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return textCell(value, place, isLikeFormula(value) ? styles.quoted : styles.plain)
  if (typeof value === 'number') return numberCell(value, place, styles.count)
  if ('decimal' in value) return numberCell(value.decimal, place, styles.decimal)
  if ('percent' in value) return numberCell(Math.round(value.percent * 10) / 1000, place, styles.percent)
  return numberCell(serialOf(value), place, value.time === undefined ? styles.day : styles.moment)
}

/** Spreadsheets count days from 1899-12-30, and a time is a part of one. So it is from March 1900 on, before any record of ours. */
const serialOf = ({ date, time = '00:00' }: { readonly date: LocalDate; readonly time?: LocalTime }): number =>
  dayNumber(date) + 25_569 + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) / 1_440

const numberCell = (value: number, place: string, style: number): string => `<c r="${place}" s="${style}"><v>${value}</v></c>`

/** Excel holds no more characters in a cell. */
const charactersAtMost = 32_767

/** Text is marked as text, so that nothing in it is reckoned with. */
const textCell = (text: string, place: string, style: number): string => `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${unread(escapeHtml(fitting(cleanText(text))))}</t></is></c>`

/** No more than a cell holds, and no half of a character. */
const fitting = (text: string): string => (text.length <= charactersAtMost ? text : text.slice(0, charactersAtMost).replace(/[\ud800-\udbff]$/, ''))

/** `_x003D_` would be read as `=`: so ECMA-376 writes what XML cannot hold. The underline that begins it is written so itself. */
const unread = (text: string): string => text.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')

/**
 * What would become a formula once somebody edits the cell, or saves the sheet as CSV and opens that: it is marked as quoted,
 * as by an apostrophe before it. Input methods write the full-width forms, which some programs take for the others. What
 * nobody sees before it does not hide it, whether it is left out of the cell or stays in it.
 */
const isLikeFormula = (text: string): boolean => /^[\s\p{Cc}\p{Cf}\p{Mn}\u115f\u1160\u2800\u3164\uffa0]*[=+\-@＝＋－＠]/u.test(text)
