import * as z from 'zod/mini'
import { millisecondsPerDay } from '../calendar/date.ts'
import { enterpriseId } from '../contract/field.ts'
import type { Enterprise } from './roster.ts'

/**
 * What is kept of a link to an enterprise's pages, under the hash of its token: whoever holds the token acts for the
 * enterprise, so the token itself is kept nowhere.
 */
export const linkSchema = z.strictObject({
  enterpriseId,
  /** Whom it was made out to; it dies with the contact. */
  contact: z.string(),
  /** Epoch milliseconds. */
  issuedAt: z.int(),
})
export type Link = z.infer<typeof linkSchema>

/** The same of a link to a bulletin, which was mailed to whoever need not have an account. */
export const bulletinLinkSchema = z.strictObject({ month: z.string(), issuedAt: z.int() })
export type BulletinLink = z.infer<typeof bulletinLinkSchema>

const validDays = 90

/** When a link ends that is issued now, in epoch milliseconds. */
export const linkEnds = (issuedAt: number): number => issuedAt + validDays * millisecondsPerDay

/** The contact a link is made out to. */
export const contactOf = ({ contactName = '', contactEmail = '' }: Pick<Enterprise, 'contactName' | 'contactEmail'>): string => `${contactName}\n${contactEmail}`

/**
 * Whether a link still opens the enterprise's pages: it has not run out, its contact is still the enterprise's, and it
 * was not among those that a supervisor has revoked. `traceOf` recognises a contact without keeping it.
 */
export const isValidLink = (
  { contact, issuedAt }: Link,
  enterprise: Enterprise,
  { revokedAt = 0, traceOf, now }: { readonly revokedAt?: number | undefined; readonly traceOf: (contact: string) => string; readonly now: number },
): boolean => now < linkEnds(issuedAt) && contact === traceOf(contactOf(enterprise)) && issuedAt > revokedAt
