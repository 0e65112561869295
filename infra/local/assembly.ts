import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'

/**
 * Builds what would be deployed, for a stack at this port, into a folder that goes with the process. Answers with the
 * template's path. What the build has to say, when it fails, is for whoever is changing the code.
 */
export const assemble = async (port: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'build.ts'), String(port), folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const abandon = () => child.kill()
  process.once('exit', abandon)
  let path = ''
  child.stdout.on('data', (chunk: Buffer) => (path += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  process.off('exit', abandon)
  if (code !== 0) throw new PlainError('The stack was not started, because it could not be built.')
  return path
}
