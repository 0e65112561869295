import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { defaultBundleDir } from './bundle.ts'
import type { Settings } from './settings.ts'
import { QinshangStack } from './stack.ts'

/** A resource as the synthesized template has it. */
export interface TemplateResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly DependsOn?: string | readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

/** The synthesized template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>
}

/** One synthesized stage. */
export interface Synthesis {
  readonly templatePath: string
  readonly template: Template
  /** The folder that is deployed as the code of a function, by the function's logical id. */
  readonly assetPathOf: (logicalId: string) => string
}

interface Options {
  readonly settings: Settings
  /** Where the cloud assembly is written. */
  readonly outDir: string
}

/** Puts one stage of the stack into an app, with the checks it has to pass: AWS Solutions and Serverless. */
export function populate(app: App, settings: Settings, bundleDir: string = defaultBundleDir): QinshangStack {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  return new QinshangStack(app, { settings, bundleDir })
}

/** The context of `cdk.json`: feature flags and stages. The CDK CLI hands it to the app; in-process nobody does. */
export function projectContext(): Record<string, unknown> {
  const file = resolve(import.meta.dirname, '..', 'cdk.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context
}

/**
 * Synthesizes one stage within this process, as `cdk synth` would: the same flags, the same checks. The functions are bundled before.
 * @throws when a check finds a fault that nobody has acknowledged
 */
export function synthesize({ settings, outDir }: Options): Synthesis {
  const app = new App({
    outdir: resolve(outDir),
    analyticsReporting: false,
    context: { ...projectContext(), ...templateMetadata },
  })
  const stack = populate(app, settings)
  const assembly = app.synth()
  const { templateFullPath } = assembly.getStackArtifact(stack.artifactId)
  const template = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template
  return {
    templatePath: templateFullPath,
    template,
    assetPathOf: (logicalId) => join(assembly.directory, assetOf(template, logicalId)),
  }
}

/** The CLI sets these too: each resource says in the template where it comes from and which folder is its code. */
const templateMetadata = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true }

function assetOf({ Resources }: Template, logicalId: string): string {
  const path = Resources[logicalId]?.Metadata?.['aws:asset:path']
  if (typeof path !== 'string') throw new Error(`${logicalId} has no asset in the template.`)
  return path
}
