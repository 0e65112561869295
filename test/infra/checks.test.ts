import { App, type Stack, Validations } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag'
import { beforeAll, describe, expect, test } from 'vitest'
import { populate, projectContext } from '../../infra/synth.ts'
import { bundled, exampleSettings, temporaryFolder } from './synthesized.ts'

beforeAll(() => bundled(), 60_000)

function appOf(stage: string): { app: App; stack: Stack } {
  const app = new App({ context: projectContext(), outdir: temporaryFolder(), analyticsReporting: false })
  return { app, stack: populate(app, exampleSettings(stage)) }
}

/** What a pack finds when nothing is acknowledged: for each rule, the paths of the resources. */
function everyFinding(pack: NagPack, app: App): [rule: string, path: string][] {
  Object.defineProperty(pack, 'isAcknowledged', { value: () => false })
  return pack
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }): [string, string] => [ruleName, constructPath ?? '']),
    )
}

/** What has been acknowledged in an app: the rule, where, and why. */
const acknowledgements = (app: App): { rule: string; path: string; reason: string }[] =>
  app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          rule: id.replace(/^Annotation::/, ''),
          path: node.path,
          reason,
        })),
      ),
  )

describe.each(['dev', 'china'])('the checks on stage %s', (stage) => {
  test('find no fault, and each acknowledgement has a finding and a reason', () => {
    const { app } = appOf(stage)
    app.synth() // throws when something is found

    const findings = [...everyFinding(new AwsSolutionsChecks(), app), ...everyFinding(new ServerlessChecks(), app)]
    const acknowledged = acknowledgements(app)
    expect(acknowledged.length).toBeGreaterThan(10)
    for (const { rule, path, reason } of acknowledged) {
      const covered = findings.some(([found, at]) => found === rule && `${at}/`.startsWith(`${path}/`))
      expect(covered, `${rule} is acknowledged at ${path}, but not found there`).toBe(true)
      expect(reason).toMatch(/^[A-Z].{30,}\.$/)
    }
  }, 120_000)
})

describe('the checks can fail', () => {
  test('on a queue in clear text and on a permission without bounds', () => {
    const { app, stack } = appOf('china')
    new Queue(stack, 'PlantedQueue')
    const role = new Role(stack, 'PlantedRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }))

    let report = ''
    try {
      app.synth()
    } catch (error) {
      report = String(error)
    }
    expect(report).toContain('AwsSolutions-SQS4')
    expect(report).toContain('AwsSolutions-IAM5[Action::dynamodb:*]')
    expect(report).toContain('AwsSolutions-IAM5[Resource::*]')
    expect(report).toContain('Serverless-SQSRedrivePolicy')
  }, 120_000)
})
