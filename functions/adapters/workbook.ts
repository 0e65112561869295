import { strToU8, Zip, ZipDeflate } from 'fflate'
import { beginningOf, endOf, partsBeside, rowOf, sheetPath, type Sheet } from '../../shared/report/workbook.ts'

/** So much of a sheet is handed to the compressor at a time. */
const charactersAtOnce = 65_536

/** The workbook piece by piece as its rows are taken: what is kept in memory does not grow with them. */
async function* piecesOf(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    made.push(chunk)
  })
  const begin = (path: string): ZipDeflate => {
    const part = new ZipDeflate(path)
    zip.add(part)
    return part
  }
  for (const [path, content] of Object.entries(partsBeside(sheets.map(({ name }) => name)))) begin(path).push(strToU8(content), true)
  for (const [at, sheet] of sheets.entries()) {
    const part = begin(sheetPath(at))
    let text = beginningOf(sheet)
    let rows = 1
    for await (const row of sheet.rows) {
      rows += 1
      text += rowOf(row, rows)
      if (text.length < charactersAtOnce) continue
      part.push(strToU8(text))
      text = ''
      yield* made.splice(0)
    }
    part.push(strToU8(text + endOf(sheet, rows)), true)
  }
  zip.end()
  yield* made.splice(0)
}

/** An XLSX workbook of these sheets. Its rows are compressed as they are taken, so that what is large is never held as text. */
export const wholeWorkbook = async (sheets: readonly Sheet[]): Promise<Buffer> => (await workbookWithin(sheets, Infinity)) ?? Buffer.alloc(0)

/** The same, of so many bytes at most; nothing once it has become larger, and no further row is taken. */
export const workbookWithin = async (sheets: readonly Sheet[], bytesAtMost: number): Promise<Buffer | undefined> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of piecesOf(sheets)) {
    pieces.push(piece)
    bytes += piece.byteLength
    if (bytes > bytesAtMost) return undefined
  }
  return Buffer.concat(pieces)
}
