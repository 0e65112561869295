import { createHash } from 'node:crypto'

/** Recognises a text without keeping it. */
export const traceOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Recognises an address without keeping it, in whatever case a mail service gives it back. */
export const traceOfAddress = (address: string): string => traceOf(address.toLowerCase())
