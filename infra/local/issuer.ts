import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, SignJWT, type CryptoKey, type JWK } from 'jose'
import { createPublicKey } from 'node:crypto'
import * as z from 'zod'
import type { DataFolder } from './data-folder.ts'

const algorithm = 'RS256'
const keyId = 'local'
/** Long enough that moving the clock by some months does not sign anybody out. */
const lifetimeSeconds = 400 * 24 * 3600

/** An OpenID Connect issuer that takes everybody's word for who they are. */
export class Issuer {
  readonly url: string
  readonly #audience: string
  readonly #privateKey: CryptoKey
  readonly #publicKey: JWK
  readonly #now: () => Date

  private constructor(url: string, audience: string, privateKey: CryptoKey, publicKey: JWK, now: () => Date) {
    this.url = url
    this.#audience = audience
    this.#privateKey = privateKey
    this.#publicKey = publicKey
    this.#now = now
  }

  static async open(data: DataFolder, options: { url: string; audience: string; now: () => Date }): Promise<Issuer> {
    const pem = z.string().optional().parse(data.read('issuer-key')) ?? (await newKey())
    data.write('issuer-key', pem)
    const privateKey = await importPKCS8(pem, algorithm)
    const publicKey = await exportJWK(createPublicKey(pem))
    return new Issuer(options.url, options.audience, privateKey, publicKey, options.now)
  }

  discovery(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/jwks`,
      authorization_endpoint: `${this.url}/authorize`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [algorithm],
    }
  }

  jwks(): object {
    return { keys: [{ ...this.#publicKey, kid: keyId, alg: algorithm, use: 'sig' }] }
  }

  /** A token for whoever has this address; claims given replace the usual ones, or leave them out with `null`. */
  async token(email: string, claims: Record<string, unknown> = {}): Promise<string> {
    const issuedAt = Math.floor(this.#now().getTime() / 1000)
    const all = {
      iss: this.url,
      aud: this.#audience,
      sub: email,
      email,
      email_verified: true,
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
      ...claims,
    }
    const present = Object.fromEntries(Object.entries<unknown>(all).filter(([, value]) => value !== null))
    return new SignJWT(present).setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'JWT' }).sign(this.#privateKey)
  }
}

const newKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return exportPKCS8(privateKey)
}
