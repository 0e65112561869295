import { execFile, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from '../../../infra/local/options.ts'
import { messageOf, PlainError } from '../../../infra/plain-error.ts'

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

const main = join(import.meta.dirname, '../../../infra/local/main.ts')

interface End {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly stderr: string
}

const run = (args: string[], environment: Record<string, string> = {}): Promise<End> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { ...process.env, ...environment } }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr })
    })
  })

/** One line that says what to do, and no trace of where it was thrown. */
const expectOneLine = ({ code, stdout, stderr }: End, ...words: string[]) => {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expectSentence(stderr.trim(), ...words)
}

const expectSentence = (text: string, ...words: string[]) => {
  expect(text.split('\n')).toHaveLength(1)
  for (const word of words) expect(text).toContain(word)
}

describe('npm start', () => {
  it('explains itself', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const option of ['--port', '--now', '--empty', '--data']) expect(stdout).toContain(option)
  })

  it.each([
    [['--colour'], ['--colour', '--help']],
    [['somewhere'], ['somewhere', '--help']],
    [['--port', 'http'], ['--port']],
    [['--port', '70000'], ['--port']],
    [['--now', 'yesterday'], ['--now', '2016-08-01T08:00:00+08:00']],
    [['--now', '2016-02-30T08:00:00+08:00'], ['--now']],
    [['--data', ''], ['--data']],
    [['--dynamodb', 'here'], ['--dynamodb']],
  ])('says of %j what it wants', (args, words) => {
    const thrown = thrownBy(() => readOptions(args))
    expect(thrown).toBeInstanceOf(PlainError)
    expectSentence(messageOf(thrown), ...words)
  })

  it.each([
    [['--port', '70000'], ['--port']],
    [['--data', '/dev/null/x'], ['--data']],
    [['--data', '/proc/nope'], ['/proc/nope', 'created', '--data']],
    [['--data', '/proc/x/y'], ['--data']],
    [['--data', '/proc'], ['/proc', 'written', '--data']],
    [['--data', 'package.json'], ['package.json', '--data']],
    [['--dynamodb', 'http://127.0.0.1:9'], ['http://127.0.0.1:9']],
  ])('says in one line what is wrong with %j', async (args, words) => {
    expectOneLine(await run(args[0] === '--port' ? args : ['--port', '0', ...args]), ...words)
  })

  it('loads the demo district, with nothing to complain of', async () => {
    const child = spawn(process.execPath, [main, '--port', '0', '--now', '2026-11-27T09:00:00+08:00'])
    const [said, complained]: [string[], string[]] = [[], []]
    child.stderr.on('data', (text: Buffer) => complained.push(text.toString()))
    for await (const text of child.stdout) if (said.push(String(text)) > 0 && said.join('').includes('A token')) break
    child.kill('SIGINT')
    await once(child, 'exit')
    expect([said.join(''), complained.join('')]).toEqual([expect.stringContaining('Docs'), ''])
  }, 60_000)

  it('says in one line that the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expectOneLine(await run(['--port', String(port)]), String(port), '--port')
    server.close()
  })
})
