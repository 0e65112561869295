import * as z from 'zod/mini'
import type { Enterprise } from './roster.ts'

/** Why an enterprise cannot be written to. */
export const contactFaults = ['no-address', 'refused', 'bounced', 'complained'] as const
export type ContactFault = (typeof contactFaults)[number]

/** What is kept of an address that mail does not reach, or of there being none; it speaks of no other address. */
export const unreachedSchema = z.strictObject({
  /** Recognises the address without keeping it; empty where there was none. */
  address: z.string(),
  reason: z.enum(contactFaults),
  /** When it was first found, in epoch milliseconds. */
  since: z.int(),
})
export type Unreached = z.infer<typeof unreachedSchema>

export const noAddress = ''

/** What is the matter with an enterprise's contact as it is now, if anything: a new address has nothing of the one before. */
export const contactFaultOf = (
  { contactEmail }: Pick<Enterprise, 'contactEmail'>,
  mark: Unreached | undefined,
  traceOf: (address: string) => string,
): { readonly reason: ContactFault; readonly since?: number } | undefined => {
  const address = contactEmail === undefined ? noAddress : traceOf(contactEmail)
  if (mark?.address === address) return { reason: mark.reason, since: mark.since }
  return contactEmail === undefined ? { reason: 'no-address' } : undefined
}
