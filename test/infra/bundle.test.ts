import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundleFunctions } from '../../infra/bundle.ts'
import { functions } from '../../shared/contract/functions.ts'
import { temporaryFolder } from './synthesized.ts'

const names = Object.keys(functions)

test('the same source bundles to the same bytes, wherever it is put', async () => {
  const [one, another] = [temporaryFolder(), join(temporaryFolder(), 'deeper')]
  await bundleFunctions(one)
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

test('no bundle needs the `require` that an ES module has not', async () => {
  const folder = temporaryFolder()
  await bundleFunctions(folder)
  // What a package of CommonJS asks for when it runs, which may be long after it was loaded, fails with these words.
  for (const name of names) expect(readFileSync(join(folder, name, 'index.mjs'), 'utf8'), name).not.toContain('Dynamic require of')
})

test('a bundle that has not changed is not written again', async () => {
  const folder = temporaryFolder()
  const inodes = () => names.map((name) => statSync(join(folder, name, 'index.mjs')).ino)
  await bundleFunctions(folder)
  const before = inodes()
  await bundleFunctions(folder)
  expect(inodes()).toEqual(before)
})
