import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startEngine } from '../../../infra/local/engine.ts'

it('says in one sentence how to get an engine when there is none', async () => {
  await expect(startEngine({}, () => undefined)).rejects.toThrow(/^No DynamoDB engine was found: .*brew.*cargo.*--dynamodb.*\.$/)
})

it('starts several engines at once, each its own, and leaves nothing of them', async () => {
  const engines = await Promise.all(Array.from({ length: 4 }, () => startEngine()))
  expect(new Set(engines.map(({ endpoint }) => endpoint)).size).toBe(4)
  const folders = engines.map(({ folder }) => folder ?? '')
  expect(folders.map(existsSync)).toEqual([true, true, true, true])
  await Promise.all(engines.map((engine) => engine.close()))
  expect(folders.map(existsSync)).toEqual([false, false, false, false])
})

it('leaves nothing of an engine whose process is killed', async () => {
  const module = new URL('../../../infra/local/engine.ts', import.meta.url).href
  const program = `import { startEngine } from '${module}'\nconsole.log((await startEngine()).folder)\nsetInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const folder = line.toString().trim()
  expect(existsSync(folder)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await expect.poll(() => existsSync(folder), { timeout: 5000, interval: 20 }).toBe(false)
})
