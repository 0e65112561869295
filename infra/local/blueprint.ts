import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { PlainError } from '../plain-error.ts'
import { eventPattern, type Passes } from './event-pattern.ts'
import type { Resource, Template } from './template.ts'

/** What the template says about a function. */
export interface FunctionPlan {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly module: string
  readonly exportName: string
  readonly environment: Record<string, string>
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  /** For asynchronous invocations: how often to try again, and the queue for what is given up. */
  readonly asyncRetryAttempts: number
  readonly asyncOnFailure: string | undefined
}

export interface RoutePlan {
  readonly key: string
  readonly functionId: string
  readonly timeoutMilliseconds: number
  readonly authorizer: { readonly issuer: string; readonly audience: readonly string[] } | undefined
  readonly scopes: readonly string[]
}

export interface ApiPlan {
  readonly id: string
  readonly stage: string
  readonly routes: readonly RoutePlan[]
}

/** A schedule, and the function it wakes. */
export interface SchedulePlan {
  readonly name: string
  readonly arn: string
  readonly expression: string
  readonly timeZone: string
  readonly enabled: boolean
  readonly input: string | undefined
  readonly functionId: string
}

/** An event source mapping: which of a table's changes wake which function. */
export interface MappingPlan {
  readonly id: string
  readonly tableId: string
  /** The stream's ARN as functions see it. */
  readonly sourceArn: string
  readonly functionId: string
  readonly filters: readonly Passes[]
  readonly batchSize: number
  /** How many batches of one shard run side by side; records of one item stay in order. */
  readonly parallelizationFactor: number
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST'
  readonly maximumRetryAttempts: number
  readonly bisectOnError: boolean
  readonly partialBatchResponses: boolean
  readonly onFailure: string | undefined
}

/** A table, and the name that functions know it by. */
export interface TablePlan {
  readonly resource: Resource
  readonly name: string
}

/** Which events of a bus wake which function. */
export interface RulePlan {
  readonly passes: Passes
  readonly functionId: string
}

/** The whole of what is run: the template, read and checked. */
export interface Blueprint {
  readonly tables: readonly TablePlan[]
  readonly functions: readonly FunctionPlan[]
  readonly api: ApiPlan | undefined
  readonly schedules: readonly SchedulePlan[]
  readonly mappings: readonly MappingPlan[]
  readonly rules: readonly RulePlan[]
}

/** Resources that there is nothing to run for on one machine. Any other type that is not read below is an error. */
const withoutLocalMeaning = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::Secret', // generated where a dynamic reference asks for it
  'AWS::SES::ConfigurationSet', // its reports reach the rules without it
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue', // dead letters are listed under their queue
  'AWS::SQS::QueuePolicy',
])

const understood = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Scheduler::Schedule',
])

/** Reads what is to be run out of the template, and refuses what it would have to leave out. */
export const blueprint = (template: Template): Blueprint => {
  for (const { id, type } of template.declared)
    if (!understood.has(type) && !withoutLocalMeaning.has(type))
      throw new PlainError(`The local stack does not know what ${id}, a ${type}, is to be on one machine.`)
  return {
    tables: template.ofType('AWS::DynamoDB::Table').map((resource) => ({ resource, name: template.ref(resource.id) })),
    functions: functionPlans(template),
    api: apiPlan(template),
    schedules: template.ofType('AWS::Scheduler::Schedule').map((resource) => schedulePlan(template, resource)),
    rules: template.ofType('AWS::Events::Rule').map((resource) => rulePlan(template, resource)),
    mappings: template.ofType('AWS::Lambda::EventSourceMapping').map((resource) => mappingPlan(template, resource)),
  }
}

/** Reads properties by a strict shape: one that nobody has thought about is an error, not silence. */
const propertiesOf = <S extends z.ZodType>(shape: S, { id, type, properties }: Resource): z.output<S> => {
  const parsed = shape.safeParse(properties)
  if (parsed.success) return parsed.data
  throw new PlainError(
    `The local stack does not understand ${id}, a ${type}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
  )
}

/** Properties that are known and mean nothing here. */
const unused = <const N extends string>(...names: N[]) =>
  Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<N, z.ZodOptional<z.ZodUnknown>>

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const number = z.union([z.number(), z.string().regex(/^-?\d+$/).transform(Number)])

const functionShape = z.strictObject({
  Handler: z.string().regex(/^[\w/-]+\.\w+$/),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Environment: z.object({ Variables: z.record(z.string(), scalar).default({}) }).optional(),
  PackageType: z.literal('Zip').optional(),
  ...unused(
    'Architectures',
    'Code',
    'DeadLetterConfig',
    'Description',
    'FunctionName',
    'KmsKeyArn',
    'LoggingConfig',
    'RecursiveLoop',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'RuntimeManagementConfig',
    'Tags',
    'TracingConfig',
  ),
})

const destination = z.object({ OnFailure: z.object({ Destination: z.string() }).optional() })

const invokeShape = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: number.default(2),
  DestinationConfig: destination.optional(),
  ...unused('MaximumEventAgeInSeconds'),
})

const functionPlans = (template: Template): FunctionPlan[] => {
  const invocations = template.ofType('AWS::Lambda::EventInvokeConfig').map((resource) => {
    const properties = propertiesOf(invokeShape, resource)
    return { properties, functionId: template.named('AWS::Lambda::Function', properties.FunctionName).id }
  })
  return template.ofType('AWS::Lambda::Function').map((resource) => {
    const { Handler, Timeout, MemorySize, Environment } = propertiesOf(functionShape, resource)
    const invocation = invocations.find(({ functionId }) => functionId === resource.id)?.properties
    const [file = '', exportName = ''] = Handler.split('.')
    return {
      id: resource.id,
      name: nameOf(resource),
      arn: template.arn(resource.id),
      module: moduleOf(template, resource, file),
      exportName,
      environment: Environment?.Variables ?? {},
      timeoutSeconds: Timeout,
      memoryMegabytes: MemorySize,
      asyncRetryAttempts: invocation?.MaximumRetryAttempts ?? 2,
      asyncOnFailure: queueOf(template, invocation?.DestinationConfig?.OnFailure?.Destination),
    }
  })
}

/** The construct's name when CDK tells it (`Stack/mailer/Function/Resource`), else the logical id. */
const nameOf = ({ id, metadata }: Resource): string => {
  const path = metadata['aws:cdk:path']
  return (typeof path === 'string' ? path.split('/').at(-3) : undefined) ?? id
}

/** The very file that is deployed: in the asset folder, which the template names in its metadata. */
const moduleOf = (template: Template, resource: Resource, file: string): string => {
  const asset = resource.metadata['aws:asset:path']
  if (typeof asset !== 'string')
    throw new PlainError(`The function ${resource.id} does not say in its metadata (aws:asset:path) where its code lies.`)
  const found = ['mjs', 'js', 'cjs']
    .map((extension) => join(resolve(template.folder, asset), `${file}.${extension}`))
    .find((path) => existsSync(path))
  if (!found) throw new PlainError(`The code of ${resource.id} has no ${file}.mjs, .js or .cjs in ${asset}.`)
  return found
}

const queueOf = (template: Template, arn: string | undefined): string | undefined =>
  arn === undefined ? undefined : template.named('AWS::SQS::Queue', arn).id

const apiShape = z.strictObject({
  ProtocolType: z.literal('HTTP'),
  ...unused('Description', 'DisableExecuteApiEndpoint', 'Name', 'Tags'),
})
const stageShape = z.strictObject({
  StageName: z.string(),
  ...unused('AccessLogSettings', 'ApiId', 'AutoDeploy', 'DefaultRouteSettings', 'Description', 'RouteSettings', 'Tags'),
})
const routeShape = z.strictObject({
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
  ...unused('ApiId', 'OperationName'),
})
const integrationShape = z.strictObject({
  IntegrationType: z.literal('AWS_PROXY'),
  PayloadFormatVersion: z.literal('2.0'),
  IntegrationUri: z.string(),
  TimeoutInMillis: number.default(30_000),
  ...unused('ApiId', 'Description', 'IntegrationMethod'),
})
const authorizerShape = z.strictObject({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.url() }),
  ...unused('ApiId', 'Name'),
})

const apiPlan = (template: Template): ApiPlan | undefined => {
  const [api, ...more] = template.ofType('AWS::ApiGatewayV2::Api')
  if (!api) return undefined
  const [stage, ...otherStages] = template.ofType('AWS::ApiGatewayV2::Stage')
  if (!stage || more.length + otherStages.length > 0)
    throw new PlainError('The local stack serves one HTTP API with one stage; the template has others.')
  propertiesOf(apiShape, api)
  const routes = template.ofType('AWS::ApiGatewayV2::Route').map((resource) => routePlan(template, resource))
  return { id: api.id, stage: propertiesOf(stageShape, stage).StageName, routes }
}

const routePlan = (template: Template, resource: Resource): RoutePlan => {
  const route = propertiesOf(routeShape, resource)
  const integration = propertiesOf(
    integrationShape,
    template.named('AWS::ApiGatewayV2::Integration', route.Target.replace(/^integrations\//, '')),
  )
  return {
    key: route.RouteKey,
    functionId: template.named('AWS::Lambda::Function', integration.IntegrationUri).id,
    timeoutMilliseconds: integration.TimeoutInMillis,
    authorizer: route.AuthorizationType === 'JWT' ? jwtConfiguration(template, route.AuthorizerId) : undefined,
    scopes: route.AuthorizationScopes,
  }
}

const jwtConfiguration = (template: Template, authorizerId: string | undefined) => {
  const authorizer = propertiesOf(authorizerShape, template.named('AWS::ApiGatewayV2::Authorizer', authorizerId))
  return { issuer: authorizer.JwtConfiguration.Issuer, audience: authorizer.JwtConfiguration.Audience }
}

const scheduleShape = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  Target: z.strictObject({
    Arn: z.string(),
    Input: z.string().optional(),
    // Both are about handing the event to Lambda, which does not fail here.
    ...unused('RoleArn', 'RetryPolicy', 'DeadLetterConfig'),
  }),
  ...unused('Description', 'GroupName', 'KmsKeyArn'),
})

const schedulePlan = (template: Template, resource: Resource): SchedulePlan => {
  const schedule = propertiesOf(scheduleShape, resource)
  return {
    name: schedule.Name ?? resource.id,
    arn: template.arn(resource.id),
    expression: schedule.ScheduleExpression,
    timeZone: schedule.ScheduleExpressionTimezone,
    enabled: schedule.State === 'ENABLED',
    input: schedule.Target.Input,
    functionId: template.named('AWS::Lambda::Function', schedule.Target.Arn).id,
  }
}

const ruleShape = z.strictObject({
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.literal('ENABLED').optional(),
  Targets: z.tuple([
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      // Both are about handing the event to Lambda, which does not fail here.
      ...unused('DeadLetterConfig', 'RetryPolicy'),
    }),
  ]),
  ...unused('Description', 'Name', 'Tags'),
})

const rulePlan = (template: Template, resource: Resource): RulePlan => {
  const { EventPattern, Targets } = propertiesOf(ruleShape, resource)
  return {
    passes: eventPattern(EventPattern, resource.id),
    functionId: template.named('AWS::Lambda::Function', Targets[0].Arn).id,
  }
}

const mappingShape = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: number.default(100),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: destination.optional(),
  Enabled: z.literal(true).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  // -1 is for ever. Here a failing function is not waited for, so it is given up at some point.
  MaximumRetryAttempts: number.default(-1).transform((attempts) => (attempts < 0 ? 10 : attempts)),
  ParallelizationFactor: number.default(1),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  // Delays that are not imitated.
  ...unused('MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'MetricsConfig', 'Tags'),
})

const mappingPlan = (template: Template, resource: Resource): MappingPlan => {
  const mapping = propertiesOf(mappingShape, resource)
  const table = template
    .ofType('AWS::DynamoDB::Table')
    .find(({ id }) => mapping.EventSourceArn === `${template.arn(id)}/stream/local`)
  if (!table) throw new PlainError(`${resource.id} listens to something that is no table's stream.`)
  return {
    id: resource.id,
    tableId: table.id,
    sourceArn: mapping.EventSourceArn,
    functionId: template.named('AWS::Lambda::Function', mapping.FunctionName).id,
    filters: (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) => eventPattern(JSON.parse(Pattern), resource.id)),
    batchSize: mapping.BatchSize,
    parallelizationFactor: mapping.ParallelizationFactor,
    startingPosition: mapping.StartingPosition,
    maximumRetryAttempts: mapping.MaximumRetryAttempts,
    bisectOnError: mapping.BisectBatchOnFunctionError,
    partialBatchResponses: mapping.FunctionResponseTypes.length > 0,
    onFailure: queueOf(template, mapping.DestinationConfig?.OnFailure?.Destination),
  }
}
