import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesized template of the stack on one machine, with the bundles that deploy beside it. */
    readonly templatePath: string
  }
}

const program = join(import.meta.dirname, '../../infra/local/build.ts')

/** Bundles and synthesizes once for all test files, as `npm start` does. */
export default async function buildOnce(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-api-'))
  const { stdout } = await promisify(execFile)(process.execPath, [program, '0', folder])
  project.provide('templatePath', stdout)
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
