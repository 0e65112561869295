import { strFromU8, unzipSync } from 'fflate'

/** A cell as it is kept: a number, or text, and whether that is marked as no formula. */
export type Cell = number | string

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** `A` is the first, `AA` comes after `Z`. */
const placeOf = (letters: string): number => Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

const rowIn = (cells: string): (Cell | undefined)[] => {
  const row: (Cell | undefined)[] = []
  for (const [, letters = '', inside = ''] of cells.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)) {
    const number = /<v>(.*?)<\/v>/.exec(inside)?.[1]
    row[placeOf(letters)] = number === undefined ? (/<t [^>]*>(.*?)<\/t>/s.exec(inside)?.[1] ?? '').replace(/&(?:amp|lt|gt|quot|#39);/g, entity => entities[entity] ?? '') : Number(number)
  }
  return row
}

/** The first sheet of a workbook: its XML, and its rows by the headings of their columns. */
export const bookIn = (workbook: Uint8Array): { readonly xml: string; readonly headings: readonly string[]; readonly rows: readonly Readonly<Record<string, Cell | undefined>>[] } => {
  const xml = strFromU8(unzipSync(workbook)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  const [headings = [], ...rows] = [...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, cells = '']) => rowIn(cells))
  return { xml, headings: headings.map(String), rows: rows.map(row => Object.fromEntries(headings.map((heading, at) => [String(heading), row[at]]))) }
}
