import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'

export interface JwtConfiguration {
  readonly issuer: string
  readonly audience: readonly string[]
}

export interface Authorization {
  /** Claims as API Gateway hands them on: every one a text. */
  readonly claims: Record<string, string>
  readonly scopes: readonly string[] | null
}

/** What a refused caller is told: status, message and `WWW-Authenticate`. */
export interface Refusal {
  readonly status: 401 | 403
  readonly message: 'Unauthorized' | 'Forbidden'
  readonly challenge: string
}

type Decision = { readonly allowed: true; readonly authorization: Authorization } | { readonly allowed: false; readonly refusal: Refusal }

const refuse = (challenge: string): Decision => ({
  allowed: false,
  refusal: { status: 401, message: 'Unauthorized', challenge },
})

/** More people than a district has use one machine's stack at once. */
const rememberedAtMost = 10_000

const discovery = z.object({ jwks_uri: z.url() })

/** API Gateway's JWT authorizer: keys by the issuer's discovery document, time by the stack's clock. */
export class JwtAuthorizer {
  readonly #configuration: JwtConfiguration
  readonly #now: () => Date
  #keys: Promise<JWTVerifyGetKey> | undefined
  /** Tokens found good before: the clock never goes back, so they stay good until they run out. */
  readonly #good = new Map<string, JWTPayload>()

  constructor(configuration: JwtConfiguration, now: () => Date) {
    this.#configuration = configuration
    this.#now = now
  }

  async authorize(header: string | undefined, routeScopes: readonly string[]): Promise<Decision> {
    // The prefix may be missing: API Gateway takes the bare token as well.
    const token = header?.replace(/^bearer\s+/i, '').trim()
    if (!token) return refuse('Bearer')
    const claims = await this.#verify(token)
    if (claims === undefined)
      return refuse('Bearer scope="" error="invalid_token" error_description="the token is not valid"')
    const scopes = scopesOf(claims)
    if (routeScopes.length > 0 && !routeScopes.some((scope) => scopes.includes(scope)))
      return {
        allowed: false,
        refusal: {
          status: 403,
          message: 'Forbidden',
          challenge: `Bearer scope="${routeScopes.join(' ')}" error="insufficient_scope"`,
        },
      }
    return {
      allowed: true,
      authorization: { claims: asTexts(claims), scopes: routeScopes.length > 0 ? scopes : null },
    }
  }

  async #verify(token: string): Promise<JWTPayload | undefined> {
    const known = this.#good.get(token)
    if (known !== undefined && this.#now().getTime() < (known.exp ?? 0) * 1000) return known
    const payload = await this.#verifyAnew(token)
    if (payload === undefined) this.#good.delete(token)
    else if (this.#good.size < rememberedAtMost) this.#good.set(token, payload)
    return payload
  }

  async #verifyAnew(token: string): Promise<JWTPayload | undefined> {
    const { issuer, audience } = this.#configuration
    try {
      const keys = await (this.#keys ??= this.#discover(issuer))
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        currentDate: this.#now(),
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp'],
      })
      // `client_id` counts only when there is no `aud`.
      const offered = payload.aud === undefined ? [payload['client_id']] : [payload.aud].flat()
      return offered.some((one) => audience.includes(String(one))) ? payload : undefined
    } catch {
      return undefined
    }
  }

  async #discover(issuer: string): Promise<JWTVerifyGetKey> {
    try {
      const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
      const { jwks_uri: address } = discovery.parse(await response.json())
      return createRemoteJWKSet(new URL(address))
    } catch (error) {
      // Not kept: the issuer may answer the next time.
      this.#keys = undefined
      throw error
    }
  }
}

const scopesOf = ({ scope, scp }: JWTPayload): string[] =>
  [scope ?? scp ?? []].flat().flatMap((one) => (typeof one === 'string' ? one.split(' ') : [])).filter(Boolean)

const asTexts = (claims: JWTPayload): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, asText(value)]))

/** API Gateway writes lists as `[a b]` and objects as `map[a:b]`. */
const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asText).join(' ')}]`
  if (typeof value === 'object' && value !== null)
    return `map[${Object.entries(value).map(([name, one]) => `${name}:${asText(one)}`).join(' ')}]`
  return String(value)
}
