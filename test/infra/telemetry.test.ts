import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..')
const cdk = resolve(root, 'node_modules', 'aws-cdk', 'bin', 'cdk')

test('the CDK CLI tells nobody what is done here', async () => {
  const { CDK_DISABLE_CLI_TELEMETRY: _, ...env } = process.env
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [cdk, 'cli-telemetry', '--status', '--no-notices'], { cwd: root, env })
  expect(stdout + stderr).toContain('CLI Telemetry is disabled')
})
