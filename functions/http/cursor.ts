import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../shared/contract/problem.ts'
import type { Position } from '../adapters/table.ts'

/** Makes and reads the cursors of lists: opaque, signed, and bound to the caller and the query they were made for. */
export interface Cursors {
  seal(position: Position, boundTo: string): string
  /** @throws Problem `cursor-not-valid` */
  open(cursor: string, boundTo: string): Position
}

export const cursorsWith = (secret: string): Cursors => {
  const sign = (content: string, boundTo: string): Buffer =>
    createHmac('sha256', secret).update(`${boundTo}\n${content}`).digest().subarray(0, 16)

  const seal = (position: Position, boundTo: string): string => {
    const content = Buffer.from(JSON.stringify(position)).toString('base64url')
    return `${content}.${sign(content, boundTo).toString('base64url')}`
  }

  const open = (cursor: string, boundTo: string): Position => {
    const [content = '', signature = ''] = cursor.split('.')
    const expected = sign(content, boundTo)
    const given = Buffer.from(signature, 'base64url')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Problem('cursor-not-valid')
    return JSON.parse(Buffer.from(content, 'base64url').toString()) as Position
  }

  return { seal, open }
}
