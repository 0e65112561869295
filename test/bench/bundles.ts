import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { bundle, bundleFunctions } from '../../infra/bundle.ts'
import { environmentOf, type Variables } from '../../infra/environment.ts'
import { functions, type FunctionName } from '../../shared/contract/functions.ts'
import { atMost, decimals, median, type Section } from './report.ts'

const rounds = 7
const names = Object.keys(functions) as FunctionName[]

const variables: Variables = {
  TABLE_NAME: 'qinshang',
  TIME_ZONE: 'Asia/Shanghai',
  LOCALE: 'zh-CN',
  IDENTITY_CLAIM: 'email',
  ADMIN_EMAIL: 'admin@example.org',
  CURSOR_SECRET: 'a secret of the bench',
  SENDER: 'assist@example.org', PUBLIC_URL: 'https://assist.example.org',
  MAIL_TRANSPORT: 'ses',
  LONGEST_GAP_MINUTES: '15',
}
const aws = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }

const bare = 'test/bench/bare-handler.ts'

/** The bare handler as esbuild bundles it for Lambda by itself, without what our bundler knows to leave out. */
const bundlePlainly = (outfile: string) =>
  build({ entryPoints: [bare], outfile, bundle: true, minify: true, platform: 'node', target: 'node24', format: 'esm', mainFields: ['module', 'main'], legalComments: 'none', logLevel: 'warning' })

/** Bundle and cold import of every function against the least that uses the document client. */
export const bundles = async (): Promise<Section> => {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-bench-'))
  try {
    const fileOf = (name: string): string => join(folder, name, 'index.mjs')
    await Promise.all([bundleFunctions(folder), bundle({ trimmed: bare }, folder), bundlePlainly(fileOf('bare'))])
    const sizeOf = (name: string): number => statSync(fileOf(name)).size / 1024
    const times = await importTimes(fileOf)
    const timeOf = (name: string): number => median(times.get(name) ?? [])
    return {
      title: '2. Bundle and cold import against a bare lib-dynamodb handler',
      columns: ['function', 'KiB', 'ratio', 'aim', '', 'to trimmed', 'import, ms', 'ratio', 'aim', '', 'to trimmed'],
      rows: [
        ...['bare', 'trimmed'].map(name => [`(${name} handler)`, decimals(sizeOf(name), 0), '', '', '', '', decimals(timeOf(name), 0), '', '', '', '']),
        ...names.map(name => [
          name,
          decimals(sizeOf(name), 0),
          ...atMost(sizeOf(name) / sizeOf('bare'), 1.4),
          decimals(sizeOf(name) / sizeOf('trimmed'), 2),
          decimals(timeOf(name), 0),
          ...atMost(timeOf(name) / timeOf('bare'), 1.5),
          decimals(timeOf(name) / timeOf('trimmed'), 2),
        ]),
      ],
      remarks: [
        'Trimmed: the bare handler without the sources of credentials that our bundler leaves out.',
        'Those that send carry the SES client, SMTP, the MIME composer and all letters beside the table.',
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every bundle is imported by a fresh process, in turns. */
const importTimes = async (fileOf: (name: string) => string): Promise<ReadonlyMap<string, readonly number[]>> => {
  const times = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++)
    for (const name of ['bare', 'trimmed', ...names]) {
      const environment = Object.hasOwn(functions, name) ? environmentOf(name as FunctionName, variables) : { TABLE_NAME: variables.TABLE_NAME }
      times.set(name, [...(times.get(name) ?? []), await importTime(fileOf(name), environment)])
    }
  return times
}

const importTime = async (file: string, environment: Readonly<Record<string, string>>): Promise<number> => {
  const program = `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file))}); console.log(performance.now() - start)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env: { ...environment, ...aws } })
  return Number(stdout)
}
