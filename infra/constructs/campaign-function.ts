import { join } from 'node:path'
import type { Duration } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import type { Settings } from '../settings.ts'
import { acknowledge } from './acknowledge.ts'
import { type Alarms, watchPeriod } from './alarms.ts'
import type { CampaignTable, TableAccess } from './campaign-table.ts'
import { Logs } from './logs.ts'
import { metricNamespace, serviceName } from './metrics.ts'

/** What every function of the stack shares. */
export interface Surroundings {
  readonly settings: Settings
  readonly table: CampaignTable
  readonly alarms: Alarms
  /** Where the bundles lie, one folder for each function. */
  readonly bundleDir: string
  /** The variables the function's own schema names. */
  readonly environment: (name: FunctionName) => Record<string, string>
}

/** What is said of each function, whatever wakes it up. */
export interface FunctionProps extends Surroundings {
  readonly name: FunctionName
  /** What it means for users when the function fails, in a sentence. */
  readonly failure: string
  readonly access: TableAccess
}

interface Size {
  readonly memorySize: number
  readonly timeout: Duration
  /** Why no dead-letter queue hangs on the function itself. */
  readonly noDeadLetters: string
}

/**
 * A Lambda function with its own role, its own log group and alarms on errors and throttles.
 * Its name is made up by CloudFormation, so that it can be replaced; find it by the stack's tags.
 */
export abstract class CampaignFunction extends Construct {
  readonly function: lambda.Function
  readonly role: iam.Role
  readonly failure: string

  protected constructor(scope: Construct, props: FunctionProps, { memorySize, timeout, noDeadLetters }: Size) {
    super(scope, props.name)
    const { name, failure, settings, alarms } = props
    this.failure = failure
    const logGroup = new Logs(this, 'Logs', settings)
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })
    // Not AWSLambdaBasicExecutionRole: that one writes to every log group of the account.
    logGroup.grantWrite(this.role)
    props.table.allow(this.role, props.access)

    this.function = new lambda.Function(this, 'Function', {
      description: `${serviceName(settings)} ${name}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(join(props.bundleDir, name), { exclude: ['*.map'] }),
      handler: 'index.handler',
      memorySize,
      timeout,
      role: this.role,
      logGroup,
      tracing: settings.xray ? lambda.Tracing.ACTIVE : lambda.Tracing.DISABLED,
      environment: {
        ...props.environment(name),
        POWERTOOLS_SERVICE_NAME: serviceName(settings),
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
      },
      // No reserved concurrency: a new account has ten to share, and two runs at once do no harm, since every
      // change is conditional.
    })

    alarms.add(this, 'Errors', { meaning: failure, metric: this.function.metricErrors({ period: watchPeriod }) })
    alarms.add(this, 'Throttles', {
      meaning: `The account has no Lambda capacity left for ${name}. ${failure}`,
      metric: this.function.metricThrottles({ period: watchPeriod }),
    })

    acknowledge(this, { 'Serverless-LambdaDLQ': noDeadLetters })
    if (settings.xray) {
      acknowledge(this, {
        'AwsSolutions-IAM5[Resource::*]':
          'Traces belong to no resource that could be named; the setting `xray` asks for them.',
      })
    } else {
      acknowledge(this, { 'Serverless-LambdaTracing': 'Switched off by the setting `xray`; logs and metrics remain.' })
    }
  }
}
