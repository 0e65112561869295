import { createHash } from 'node:crypto'

/** Recognises a text without keeping it. */
export const traceOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
