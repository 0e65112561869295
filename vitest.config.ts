import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const project = (name: string, more: Record<string, unknown> = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
})

/** One project after another, for a worker that goes on within a project keeps what it has loaded and started. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => projects.findIndex(({ test }) => test.name === project.name)
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}

/**
 * A project for each kind of test, in the order in which they run: those first whose single files take long, so that in the
 * end nobody waits for one of them. `npm test` runs all but the browser's.
 */
const projects = [
  project('simulation', { isolate: false, testTimeout: 240_000, hookTimeout: 60_000 }),
  project('property', { isolate: false, testTimeout: 60_000 }),
  project('infra', { isolate: false, testTimeout: 60_000, hookTimeout: 60_000 }),
  // Files that share a process share warm stacks.
  project('integration', { isolate: false, testTimeout: 60_000, hookTimeout: 60_000, globalSetup: ['test/integration/build-once.ts'] }),
  project('unit', { isolate: false }),
  project('browser', { testTimeout: 120_000, hookTimeout: 60_000, globalSetup: ['test/integration/build-once.ts'] }),
]

export default defineConfig({
  test: {
    // Vitest would leave a core to itself. A worker more than cores keeps them busier and gets less done: it starts one more of everything.
    maxWorkers: availableParallelism(),
    // The programs that tests start are the same few, again and again.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'qinshang-compiled') },
    sequence: { sequencer: LongestFirst },
    reporters: ['default', ['json', { outputFile: `test-results/${process.env['npm_lifecycle_event']?.replace(':', '-') ?? 'vitest'}.json` }]],
    projects,
  },
})
