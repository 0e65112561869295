/** One line of the report. Cells stand under the section's columns. */
export type Row = readonly string[]

export interface Section {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  /** What a reader has to know to judge the figures. */
  readonly remarks?: readonly string[]
}

const isNumeric = (cell: string): boolean => /^[≤≥<>]?\s?[\d.,]+/.test(cell) || cell === '' || cell === '–'

/** A section as plain text: a heading, and its columns lined up; figures to the right. */
export const shown = ({ title, columns, rows, remarks = [] }: Section): string => {
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map(row => row[at]?.length ?? 0)))
  const toTheRight = columns.map((_, at) => at > 0 && rows.every(row => isNumeric(row[at] ?? '')))
  const line = (cells: Row): string =>
    cells.map((cell, at) => (toTheRight[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ').trimEnd()
  return [title, line(columns), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line), ...remarks, ''].join('\n')
}

export const decimals = (value: number, digits: number): string => value.toFixed(digits)
export const thousands = (value: number): string => Math.round(value).toLocaleString('en')

/** A figure beside the one aimed at. Whether it is met is said, not demanded: a figure depends on the machine. */
export const atMost = (value: number, aim: number, digits = 2): [string, string, string] => [
  decimals(value, digits), `≤ ${aim}`, value <= aim ? 'met' : 'MISSED',
]
export const atLeast = (value: number, aim: number): [string, string, string] => [
  thousands(value), `≥ ${thousands(aim)}`, value >= aim ? 'met' : 'MISSED',
]

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('the median of nothing')
  return middle
}
