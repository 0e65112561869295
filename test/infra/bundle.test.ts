import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { bundleFunctions } from '../../infra/bundle.ts'
import { functions } from '../../shared/contract/functions.ts'
import { temporaryFolder } from './synthesized.ts'

const names = Object.keys(functions)
const one = temporaryFolder()

beforeAll(() => bundleFunctions(one), 60_000)

test('the same source bundles to the same bytes, wherever it is put', async () => {
  const another = join(temporaryFolder(), 'deeper')
  await bundleFunctions(another)
  expect(readdirSync(one).sort()).toEqual([...names].sort())
  for (const name of names) {
    const bundle = readFileSync(join(one, name, 'index.mjs'))
    expect(bundle.equals(readFileSync(join(another, name, 'index.mjs'))), name).toBe(true)
    // Neither the machine nor the map has left a trace that would make the bytes differ elsewhere.
    expect(bundle.includes(process.cwd()) || bundle.includes('sourceMappingURL'), name).toBe(false)
    expect(statSync(join(one, name, 'index.mjs.map')).size).toBeGreaterThan(0)
  }
})

test('no bundle needs the `require` that an ES module has not', () => {
  // What a package of CommonJS asks for when it runs, which may be long after it was loaded, fails with these words.
  for (const name of names) expect(readFileSync(join(one, name, 'index.mjs'), 'utf8'), name).not.toContain('Dynamic require of')
})

test('a bundle that has not changed is not written again', async () => {
  const inodes = () => names.map((name) => statSync(join(one, name, 'index.mjs')).ino)
  const before = inodes()
  await bundleFunctions(one)
  expect(inodes()).toEqual(before)
})
