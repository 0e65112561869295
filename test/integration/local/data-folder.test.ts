import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DataFolder } from '../../../infra/local/data-folder.ts'
import { EngineClient } from '../../../infra/local/engine-client.ts'
import { bundleFixture, fixtureFolder, sentKeys, startSmallStack, writeMails } from './small-stack.ts'

beforeAll(bundleFixture)

const newFolder = () => mkdtempSync(join(fixtureFolder, 'data-'))
const standing = { now: undefined as never }

describe('with a data folder', () => {
  it('everything is there after a restart', async () => {
    const dataFolder = newFolder()
    const first = await startSmallStack({ dataFolder })
    await writeMails(first, ['a', 'b'])
    await first.moveTo(new Date('2016-08-01T03:30:00+08:00'))
    const token = await first.issuer.token('a@example.org')
    const secret = await secretOf(first.url)
    await first.close()

    const second = await startSmallStack({ dataFolder, ...standing, port: Number(new URL(first.url).port) })
    expect(second.clock.now()).toEqual(new Date('2016-08-01T03:30:00+08:00'))
    expect(second.clock.standing).toBe(true)
    expect(sentKeys(second)).toHaveLength(5)
    expect(await secretOf(second.url)).toBe(secret)
    const response = await fetch(`${second.url}/v1/things/1`, { headers: { authorization: token } })
    expect(response.status).toBe(200)
    // The first run's records are not handed on again, and the item is still there.
    await writeMails(second, ['c'])
    expect(sentKeys(second).slice(5)).toEqual(['c'])
    expect(await writeMails(second, ['a'])).toBe(500)
    await second.close()
  })

  it('everything is there after a kill, and no engine is left behind', async () => {
    const dataFolder = newFolder()
    const { child, url, tableEndpoint } = await startElsewhere(dataFolder)
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '["a","b"]' }
    expect((await fetch(`${url}/v1/mails`, post)).status).toBe(200)
    expect(((await (await fetch(`${url}/_local/mail`)).json()) as { items: unknown[] }).items).toHaveLength(2)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await expect.poll(() => isAlive(tableEndpoint), { timeout: 5000, interval: 20 }).toBe(false)
    appendFileSync(join(dataFolder, 'mail.jsonl'), '{"id":"cut o')

    const after = await startSmallStack({ dataFolder })
    expect(sentKeys(after)).toEqual(['a', 'b'])
    await writeMails(after, ['c'])
    expect(sentKeys(after)).toEqual(['a', 'b', 'c'])
    await after.close()
  })

  it('the clock is not turned back', async () => {
    const dataFolder = newFolder()
    await (await startSmallStack({ dataFolder })).close()
    await expect(startSmallStack({ dataFolder, now: new Date('2016-07-01T00:00:00Z') })).rejects.toThrow(/cannot go back/)
  })

  it('two stacks do not share a folder', async () => {
    const dataFolder = newFolder()
    const { child } = await startElsewhere(dataFolder)
    await expect(startSmallStack({ dataFolder })).rejects.toThrow(/is in use by process/)
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('data of a table with other indexes is refused', async () => {
    const dataFolder = newFolder()
    await (await startSmallStack({ dataFolder })).close()
    const Properties = {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [],
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    }
    const changes = { Table: { Type: 'AWS::DynamoDB::Table', Properties } }
    await expect(startSmallStack({ dataFolder, changes })).rejects.toThrow(/other indexes/)
  })
})

it('says in one sentence which file is damaged', () => {
  const path = mkdtempSync(join(tmpdir(), 'qinshang-damaged-'))
  const folder = DataFolder.open(path)
  folder.append('mail', { id: 1 })
  appendFileSync(join(path, 'mail.jsonl'), 'no JSON\n')
  expect(() => folder.entries('mail')).toThrow(`${join(path, 'mail.jsonl')} is damaged; restore it, or start with another --data.`)
  folder.close()
})

const secretOf = async (url: string): Promise<unknown> =>
  ((await (await fetch(`${url}/x`)).json()) as { environment: Record<string, string> }).environment['SECRET']

const isAlive = async (endpoint: string): Promise<boolean> => {
  try {
    await new EngineClient(endpoint).call('DynamoDB_20120810.ListTables', {})
    return true
  } catch {
    return false
  }
}

/** The same small stack in a process of its own. */
const startElsewhere = async (dataFolder: string): Promise<{ child: ChildProcess; url: string; tableEndpoint: string }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixture', 'stack-process.ts'), dataFolder, fixtureFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(line.toString()) as { url: string; tableEndpoint: string }) }
}
