import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { startLocalStack, type LocalStack, type LocalStackOptions } from '../../../infra/local/stack.ts'
import { smallTemplate, type Resource } from './small-template.ts'

/** Where the fixture's bundles lie. */
export const fixtureFolder = mkdtempSync(join(tmpdir(), 'qinshang-test-'))

/** Bundles the fixture's functions as the real ones are bundled: one module each, the SDK inside. Returns the cleaning up. */
export const bundleFixture = async (): Promise<() => void> => {
  await build({
    entryPoints: ['echo', 'tick', 'mailer'].map((name) => ({
      in: join(import.meta.dirname, 'fixture', `${name}.ts`),
      out: `${name}/index`,
    })),
    outdir: fixtureFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
  })
  return () => {
    rmSync(fixtureFolder, { recursive: true, force: true })
  }
}

/** A stack of the small template, its clock standing at the start of August 2016 in Shanghai. */
export const startSmallStack = (
  options: Partial<LocalStackOptions> & { changes?: Record<string, Resource>; mapping?: object } = {},
): Promise<LocalStack> => {
  const { changes, mapping, ...rest } = options
  return startLocalStack({
    template: { document: smallTemplate(changes, mapping), folder: fixtureFolder },
    now: new Date('2016-08-01T00:00:00+08:00'),
    ...rest,
  })
}

/** Has the mails of these keys written in one transaction. */
export const writeMails = async (stack: LocalStack, keys: readonly string[]): Promise<number> => {
  const response = await fetch(`${stack.url}/v1/mails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(keys),
  })
  await stack.drain()
  return response.status
}

/** Subjects of the delivered mails, without their common start. */
export const sentKeys = (stack: LocalStack): string[] => stack.mailbox.list().map(({ subject }) => subject.replace('提醒 ', ''))

/** The batches the mailer was called with, in order, each as the keys of its records. */
export const batches = (stack: LocalStack): string[] =>
  stack.logs.filter((line) => line.startsWith('mailer batch ')).map((line) => line.slice('mailer batch '.length))
