import { columnsOf } from '../../shared/mail/render-columns.ts'

/** How far the replay is, on one line of the terminal; a line a step where the output is not a terminal. */
export const progress = (done: number, of: number, text: string): void => {
  const width = 30
  const filled = Math.round((done / of) * width)
  const line = `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${text}`
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}${done === of ? '\n' : ''}` : `${line}\n`)
}

/** The text as wide as a column; Chinese characters are two wide. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columnsOf(text)))
