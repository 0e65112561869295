import * as z from 'zod'

const claimsShape = z.object({
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  exp: z.number().optional(),
  email: z.string().optional(),
})

/** What a token says of itself. */
export type Claims = z.infer<typeof claimsShape>

/** Reads what a token says without verifying it: the gateway does that. `undefined` when it is no JWT. */
export const claimsOf = (token: string): Claims | undefined => {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return claimsShape.parse(payload)
  } catch {
    return undefined
  }
}

/** Why a gateway may refuse this token, and what to compare. */
export const whyRefused = (token: string, now: number): string => {
  const claims = claimsOf(token)
  if (claims === undefined) return 'the token is no JWT: three parts with dots between, of which the middle one is JSON'
  const { iss, aud, client_id: client, exp } = claims
  const until = exp === undefined ? undefined : new Date(exp * 1000)
  if (until !== undefined && until.getTime() <= now) return `the token ran out at ${until.toISOString()}: get a new one`
  return (
    `the gateway does not accept the token, which says iss ${quoted(iss)}, aud ${quoted(aud ?? client)}` +
    `${until === undefined ? ' and no exp' : ''}: to the letter they must be oidc.issuer and oidc.audience of the stage in cdk.json` +
    ', and the issuer must publish the key it was signed with'
  )
}

const quoted = (claim: unknown): string => (claim === undefined ? 'nothing' : JSON.stringify(claim))
