import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../shared/contract/problem.ts'
import type { Place } from '../adapters/table.ts'

/** Makes and reads the cursors of lists: opaque, signed, and bound to the caller and the query they were made for. */
export interface Cursors {
  seal(place: Place, boundTo: string): string
  /** @throws Problem `cursor-not-valid` */
  open(cursor: string, boundTo: string): Place
}

export const cursorsWith = (secret: string): Cursors => {
  const signed = (content: string, boundTo: string): string =>
    `${content}.${createHmac('sha256', secret).update(`${boundTo}\n${content}`).digest().subarray(0, 16).toString('base64url')}`

  const seal = (place: Place, boundTo: string): string => signed(Buffer.from(JSON.stringify(place)).toString('base64url'), boundTo)

  const open = (cursor: string, boundTo: string): Place => {
    const [content = ''] = cursor.split('.')
    // As text, so that one place has one cursor: the same signature can be written in several ways.
    const [given, expected] = [Buffer.from(cursor), Buffer.from(signed(content, boundTo))]
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Problem('cursor-not-valid')
    return JSON.parse(Buffer.from(content, 'base64url').toString()) as Place
  }

  return { seal, open }
}
