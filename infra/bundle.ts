import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { functions } from '../shared/contract/functions.ts'

const projectRoot = resolve(import.meta.dirname, '..')

/** Where the bundles lie unless somebody says otherwise: `<name>/index.mjs`, its source map beside it. */
export const defaultBundleDir = join(projectRoot, 'dist', 'functions')

/**
 * Ways to credentials that the SDK would import when it needs them, and on Lambda never does: there they come from the
 * environment, which is asked first. They are a sixth of a bundle.
 */
const unusedCredentialSources = ['ini', 'login', 'process', 'sso', 'web-identity'].map((name) => `@aws-sdk/credential-provider-${name}`)

/** nodemailer's table of file types is half of what it takes to compose a mail. A mail says the type of what it carries itself. */
const withoutFileTypes: Plugin = {
  name: 'without-file-types',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]mime-types\.js$/ }, () => ({
      contents: "export const detectMimeType = () => 'application/octet-stream'\nexport const detectExtension = () => 'bin'",
    }))
  },
}

/** Bundles every function of the contract, in one run and each on its own, into `outDir/<name>/index.mjs`. */
export const bundleFunctions = (outDir: string = defaultBundleDir): Promise<void> =>
  bundle(Object.fromEntries(Object.keys(functions).map((name) => [name, `functions/${name}/index.ts`])), outDir)

/**
 * Bundles programs, given by name and path in the project, into `outDir/<name>/index.mjs`.
 *
 * The same source gives the same bytes, so an unchanged function is not deployed again, and what runs on one machine
 * is what is deployed. Files whose bytes have not changed are left alone: several processes may bundle at once.
 *
 * Source maps lie beside the bundles but are not deployed: Node would parse one, several times the size of the code,
 * at every cold start.
 */
export async function bundle(programs: Readonly<Record<string, string>>, outDir: string): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.entries(programs).map(([name, path]) => ({ in: path, out: `${name}/index` })),
    outdir: resolve(outDir),
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: unusedCredentialSources,
    plugins: [withoutFileTypes],
    minify: true,
    charset: 'utf8', // Chinese text takes half the bytes of its escapes
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
  })
  await Promise.all(outputFiles.map(({ path, contents }) => replaceIfChanged(path, contents, resolve(outDir))))
}

/** Written whole beside the bundles' folders first: whoever reads one of those meanwhile finds nothing half done. */
async function replaceIfChanged(path: string, contents: Uint8Array, outDir: string): Promise<void> {
  const present = await readFile(path).catch(() => undefined)
  if (present?.equals(contents)) return
  await mkdir(dirname(path), { recursive: true })
  const unfinished = join(outDir, `.${randomUUID()}`)
  await writeFile(unfinished, contents)
  await rename(unfinished, path)
}
