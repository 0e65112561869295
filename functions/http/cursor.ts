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
  const sign = (content: string, boundTo: string): Buffer =>
    createHmac('sha256', secret).update(`${boundTo}\n${content}`).digest().subarray(0, 16)

  const seal = (place: Place, boundTo: string): string => {
    const content = Buffer.from(JSON.stringify(place)).toString('base64url')
    return `${content}.${sign(content, boundTo).toString('base64url')}`
  }

  const open = (cursor: string, boundTo: string): Place => {
    const [content = '', signature = ''] = cursor.split('.')
    const expected = sign(content, boundTo)
    const given = Buffer.from(signature, 'base64url')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Problem('cursor-not-valid')
    return JSON.parse(Buffer.from(content, 'base64url').toString()) as Place
  }

  return { seal, open }
}
