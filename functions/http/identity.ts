import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda'
import { Problem } from '../../shared/contract/problem.ts'
import { bootstrapAdmin, callerOf, type Caller } from '../../shared/roster/caller.ts'
import { identityKey, officerKey } from '../adapters/roster-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/** A request as API Gateway hands it on. Claims are there on every route with the authorizer; a public route has none. */
export type ApiEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: Partial<Pick<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext'], 'authorizer'>>
}

export interface IdentitySettings {
  readonly identityClaim: string
  readonly adminEmail: string
}

/**
 * The person of the roster behind the token, so that leaving the roster takes effect at once.
 * @throws Problem `identity-not-usable`, `not-in-roster`
 */
export const callerBehind = async (event: ApiEvent, table: Table, { identityClaim, adminEmail }: IdentitySettings): Promise<Caller> => {
  const claim = claimOf(event, identityClaim)
  const person = openedMaybe('officer', await table.get(claim.email === undefined ? officerKey(claim.value) : identityKey(claim.email)))
  if (person?.active === true) return callerOf(person)
  // The roster is asked about the address too, where the token names the person by something else: once it has known the
  // address, even of somebody who left, it alone decides.
  const isFirstAdmin = person === undefined && verifiedEmailOf(event) === adminEmail.toLowerCase()
  if (isFirstAdmin && (await table.get(identityKey(adminEmail))) === undefined) return bootstrapAdmin
  throw new Problem('not-in-roster')
}

/** Who the token is of, whatever the roster says: what a cursor is bound to. */
export const bearerOf = (event: ApiEvent): readonly [issuer: string, subject: string] => {
  const { iss, sub, email } = claimsOf(event)
  return [String(iss), String(sub ?? email)]
}

const claimsOf = (event: ApiEvent): Readonly<Record<string, unknown>> => event.requestContext.authorizer?.jwt.claims ?? {}

/** The address of the token, if somebody has verified it. API Gateway hands claims on as text. */
const verifiedEmailOf = (event: ApiEvent): string | undefined => {
  const { email, email_verified: verified } = claimsOf(event)
  return typeof email === 'string' && String(verified) === 'true' && isAddress(email) ? email.toLowerCase() : undefined
}

/** API Gateway writes out a claim that is no text: a number as its digits, a list in brackets. */
const isAddress = (claim: string): boolean => isPlain(claim) && /^[^@[\]]+@[^@[\]]+$/.test(claim)

/** Letters beyond ASCII fold into others (the Kelvin sign into k), and would let one name pass for another. */
const isPlain = (claim: string): boolean => /^[\x21-\x7e]{1,254}$/.test(claim)

const claimOf = (event: ApiEvent, name: string): { value: string; email?: string } => {
  const unusable = new Problem('identity-not-usable', { claim: name })
  if (name === 'email') {
    const email = verifiedEmailOf(event)
    if (email === undefined) throw unusable
    return { value: email, email }
  }
  const value = claimsOf(event)[name]
  if (typeof value !== 'string' || !isPlain(value)) throw unusable
  return { value }
}
