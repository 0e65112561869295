import type { Operation } from '../../shared/contract/operation.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { ApiEvent } from './identity.ts'

/**
 * The version of the object that the client has seen, by the ETag it sent; a proxy may have marked that as weak.
 * @throws Problem `if-match-required`, `if-match-not-valid`
 */
export const seenVersionOf = (op: Operation, event: ApiEvent): number | undefined => {
  const header = event.headers['if-match']?.trim() ?? ''
  if (header === '' && op.ifMatch === 'required') throw new Problem('if-match-required')
  if (header === '' || op.ifMatch === undefined) return undefined
  const version = /^(?:W\/)?"(\d{1,12})"$/.exec(header)?.[1]
  if (version === undefined) throw new Problem('if-match-not-valid')
  return Number(version)
}

/**
 * Whoever named a version must have seen the current one.
 * @throws Problem `if-match-stale`
 */
export const demandSeen = (seen: number | undefined, current: number): void => {
  const etag = `"${current}"`
  if (seen !== undefined && seen !== current) throw new Problem('if-match-stale', { current: etag }, { currentETag: etag })
}
