import { Agent, request } from 'node:http'
import * as z from 'zod'

const errorShape = z.object({ __type: z.string(), message: z.string(), Message: z.string() }).partial()

/** An answer of the engine that is an error. */
export class EngineError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/**
 * Speaks the DynamoDB JSON protocol with the engine, without the SDK: the stream's records are handed on exactly in the
 * attribute-value JSON that Lambda events carry.
 */
export class EngineClient {
  readonly #url: URL
  readonly #agent = new Agent({ keepAlive: true })

  constructor(endpoint: string) {
    this.#url = new URL(endpoint)
  }

  async call(target: string, input: unknown): Promise<Record<string, unknown>> {
    const { status, body } = await this.#post(target, JSON.stringify(input))
    const answer = JSON.parse(body) as Record<string, unknown>
    if (status === 200) return answer
    const { __type: type = '', message, Message } = errorShape.parse(answer)
    throw new EngineError(type.replace(/^.*#/, ''), message ?? Message ?? body)
  }

  close(): void {
    this.#agent.destroy()
  }

  #post(target: string, body: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.#url, {
        method: 'POST',
        agent: this.#agent,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          // Local engines want the form of a signature, and look no further.
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00',
        },
      })
      outgoing.on('error', reject)
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
        })
      })
      outgoing.end(body)
    })
  }
}
