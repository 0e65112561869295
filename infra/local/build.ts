/**
 * Bundles the functions and synthesizes the template for one machine; prints the template's path.
 * Arguments: the port of the stack, and the folder to write to. A program of its own, so that the CDK's memory is given
 * back when it is done.
 */
import { enableCompileCache } from 'node:module'
import { bundleFunctions } from '../bundle.ts'
import type { Settings } from '../settings.ts'

const [, , port = '', outDir = ''] = process.argv

const settings: Settings = {
  stage: 'local',
  region: 'us-east-1',
  timeZone: 'Asia/Shanghai',
  locale: 'zh-CN',
  sender: 'assist@example.org',
  publicUrl: `http://127.0.0.1:${port}`,
  oidc: { issuer: `http://127.0.0.1:${port}/_local/oidc`, audience: 'qinshang-local', identityClaim: 'email' },
  adminEmail: 'admin@example.org',
  mail: { kind: 'ses' },
  xray: false,
  logRetentionDays: 180,
  alarmEmails: [],
  throttle: { rate: 50, burst: 100 },
}

// The CDK is large: the second start reads it compiled. Its own check of the template, which takes longer than all the
// rest, belongs to deploying.
enableCompileCache()
process.env['CDK_VALIDATION'] = 'false'
// The bundler works in a process of its own while the CDK is being loaded here.
const [{ synthesize }] = await Promise.all([import('../synth.ts'), bundleFunctions()])
const { templatePath } = synthesize({ settings, outDir })
process.stdout.write(templatePath)
