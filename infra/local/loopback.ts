import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server on loopback. */
export interface Loopback {
  readonly url: string
  /** Breaks off whatever is under way. */
  readonly close: () => Promise<void>
}

export type Serve = (incoming: IncomingMessage, answer: ServerResponse) => Promise<void>

/** Starts one; at a free port unless given. What `serve` rejects with is nobody's: it answers for its own faults. */
export const startLoopback = async (serve: Serve, { port = 0, ...options }: { readonly port?: number } & ServerOptions = {}): Promise<Loopback> => {
  const server = createServer({ keepAliveTimeout: 60_000, ...options }, (incoming, answer) => {
    void serve(incoming, answer)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The whole body of a message. */
export const read = (incoming: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('error', reject)
    incoming.on('end', () => {
      resolve(Buffer.concat(chunks))
    })
  })

/** Whose call of AWS it is: each function calls with its own name as access key. */
export const callerOf = (incoming: IncomingMessage): string =>
  /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? 'unknown'
