import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from '../../functions/adapters/once.ts'
import { bundleFunctions } from '../../infra/bundle.ts'
import { readSettings, type Settings } from '../../infra/settings.ts'
import { projectContext, type Synthesis, synthesize, type TemplateResource } from '../../infra/synth.ts'

/** One stage of `cdk.json`, synthesized, with what tests ask of a template. */
export interface Synthesized extends Synthesis {
  readonly settings: Settings
  /** The text of the template. */
  readonly text: string
  /** Every resource of a type, by logical id. */
  readonly all: (type: string) => [id: string, resource: Resource][]
}

/** A resource whose properties a test may reach into. */
export interface Resource extends TemplateResource {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is data; the assertions are its types
  readonly Properties: any
}

/** A folder that is gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** The settings of one of the example stages. */
export const exampleSettings = (stage: string): Settings => readSettings(projectContext()['stages'], stage)

/** The functions' bundles where a deployment has them, made once for the test files of a process. */
export const bundled = once(() => bundleFunctions())

/** Synthesizes one of the example stages. Slow: once for each test file. */
export async function synthesized(stage: string): Promise<Synthesized> {
  await bundled()
  const settings = exampleSettings(stage)
  const synthesis = synthesize({ settings, outDir: temporaryFolder() })
  const resources = Object.entries(synthesis.template.Resources) as [string, Resource][]
  return {
    ...synthesis,
    settings,
    text: JSON.stringify(synthesis.template),
    all: (type) => resources.filter(([, { Type }]) => Type === type),
  }
}
