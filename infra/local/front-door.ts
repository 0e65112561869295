import type { ServerResponse } from 'node:http'
import { PlainError } from '../plain-error.ts'
import { startLoopback, type Loopback, type Serve } from './loopback.ts'

/** The one port of the stack, on loopback only. It is taken first: if somebody else has it, nothing else is started. */
export interface FrontDoor extends Loopback {
  /** From now on, this answers; until then whoever knocks is told to come back. */
  readonly answer: (answering: Serve) => void
}

/** The gateway's own limit on request line and headers. */
const maxHeaderSize = 10_240

export const openFrontDoor = async (port: number): Promise<FrontDoor> => {
  let answering = notYet
  const serve: Serve = (incoming, answer) =>
    answering(incoming, answer).catch((error: unknown) => {
      fail(answer, error)
    })
  const loopback = await startLoopback(serve, { port, maxHeaderSize }).catch((error: unknown) => {
    throw refusalToListen(port, error as NodeJS.ErrnoException)
  })
  return {
    ...loopback,
    answer: (serve) => {
      answering = serve
    },
  }
}

const notYet: Serve = (_, answer) => {
  answer.writeHead(503, { 'retry-after': '1' }).end()
  return Promise.resolve()
}

const fail = (answer: ServerResponse, error: unknown): void => {
  if (answer.headersSent || answer.destroyed) answer.destroy()
  else answer.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}')
  if (!answer.destroyed) console.error(error)
}

const refusalToListen = (port: number, error: NodeJS.ErrnoException): Error => {
  if (error.code === 'EADDRINUSE') return new PlainError(`Port ${port} is taken; choose another with --port.`)
  if (error.code === 'EACCES') return new PlainError(`Port ${port} is not allowed to you; choose one above 1023 with --port.`)
  return error
}
