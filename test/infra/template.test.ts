import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type * as z from 'zod/mini'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultBundleDir } from '../../infra/bundle.ts'
import { longestGap } from '../../infra/constructs/longest-gap.ts'
import { environmentSchemas } from '../../infra/environment.ts'
import { type FunctionName, functions, type ScheduleFunctionName, schedules } from '../../shared/contract/functions.ts'
import { operations } from '../../shared/contract/index.ts'
import { routeKey } from '../../shared/contract/operation.ts'
import { assessingWrites, assessmentWrites, bulletinWrites, decidingDeletes, expiryAttribute, outboxKeyPrefix, pageWrites, projectWrites, reckoningDeletes, reconcilingWrites, remindingWrites, reportingWrites, rosterDeletes, sendingWrites, tableIndexes, tableKeys } from '../../shared/contract/table.ts'
import { exampleSettings, type Resource, type Synthesized, synthesized } from './synthesized.ts'

/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return
   -- a template is data without types; what it has to be is what is asserted here */

/** Where mail goes by SMTP, nothing reports what came back, and nobody listens. */
const namesIn = (stage: string): FunctionName[] => {
  const all = Object.keys(functions) as FunctionName[]
  return exampleSettings(stage).mail.kind === 'ses' ? all : all.filter((name) => functions[name].kind !== 'event')
}
const getAtt = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] })
const idOf = (reference: { Ref?: string; 'Fn::GetAtt'?: [string, string] }) =>
  reference.Ref ?? reference['Fn::GetAtt']?.[0] ?? expect.fail(`${JSON.stringify(reference)} is no reference`)
const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value])

describe.each(['dev', 'china'])('the template of stage %s', (stage) => {
  const names = namesIn(stage)
  let stack: Synthesized
  beforeAll(async () => {
    stack = await synthesized(stage)
  }, 120_000)

  /** The Lambda function of a name of the contract. */
  const lambda = (name: FunctionName): [string, Resource] => {
    const found = stack
      .all('AWS::Lambda::Function')
      .filter(([, { Metadata }]) => Metadata?.['aws:cdk:path'] === `qinshang-${stage}/${name}/Function/Resource`)
    expect(found, name).toHaveLength(1)
    return found[0] as [string, Resource]
  }
  const variables = (name: FunctionName): Record<string, unknown> => lambda(name)[1].Properties.Environment.Variables

  interface Statement {
    Effect: string
    Action: string | string[]
    Resource: unknown
    Condition?: unknown
  }
  /** What the policies attached to a role allow, as a list of statements. */
  const statementsOf = (roleId: string): Statement[] =>
    stack
      .all('AWS::IAM::Policy')
      .filter(([, { Properties }]) => Properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
  const statementsOfFunction = (name: FunctionName) => statementsOf(idOf(lambda(name)[1].Properties.Role))
  const actionsOf = (name: FunctionName, service: string): string[] => [
    ...new Set(
      statementsOfFunction(name)
        .flatMap(({ Action }) => Action)
        .filter((action) => action.startsWith(`${service}:`)),
    ),
  ]

  const alarmsOn = (metric: string, dimension?: string): Resource[] =>
    stack
      .all('AWS::CloudWatch::Alarm')
      .map(([, alarm]) => alarm)
      .filter(({ Properties: { MetricName, Dimensions } }) => {
        if (MetricName !== metric) return false
        return dimension === undefined || JSON.stringify(Dimensions).includes(`"${dimension}"`)
      })

  describe('functions', () => {
    test('are those of the contract for such mail, and no other', () => {
      expect(stack.all('AWS::Lambda::Function')).toHaveLength(names.length)
      names.forEach(lambda)
    })

    test.each(names)('%s runs on arm64 and Node 24, sized on purpose', (name) => {
      const { Properties } = lambda(name)[1]
      expect(Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x', Handler: 'index.handler' })
      expect(Properties.MemorySize).toBeGreaterThanOrEqual(512)
      expect(Properties.Timeout).toBeGreaterThan(3)
      if (functions[name].kind === 'api') expect(Properties.Timeout).toBeLessThan(29)
      expect(Properties.TracingConfig?.Mode).toBe(stack.settings.xray ? 'Active' : undefined)
    })

    test('have each a role and a log of their own', () => {
      const roles = stack.all('AWS::Lambda::Function').map(([, { Properties }]) => idOf(Properties.Role))
      const logs = stack
        .all('AWS::Lambda::Function')
        .map(([, { Properties }]) => idOf(Properties.LoggingConfig.LogGroup))
      expect(new Set(roles).size).toBe(names.length)
      expect(new Set(logs).size).toBe(names.length)
      for (const role of roles) {
        expect(stack.template.Resources[role]?.Properties).not.toHaveProperty('ManagedPolicyArns')
      }
    })

    test.each(names)('%s has in its environment what its schema asks for, and no more', (name) => {
      // What CloudFormation will put in is stood in for by something of the right form.
      const standIns = { SMTP_URL: 'smtps://user:password@mail.example.org:465', CURSOR_SECRET: 'x'.repeat(48) }
      const environment = Object.fromEntries(
        Object.entries(variables(name)).map(([key, value]) => [
          key,
          typeof value === 'string' && !value.startsWith('{{resolve:') ? value : { ...standIns, TABLE_NAME: 't', PUBLIC_URL: 'https://api.example.org' }[key],
        ]),
      )
      const schema: z.ZodMiniObject = environmentSchemas[name]
      expect(schema.safeParse(environment).error?.issues ?? []).toEqual([])
      const known = [...Object.keys(schema.shape), 'POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']
      expect(Object.keys(environment).filter((key) => !known.includes(key))).toEqual([])
    })

    test('find secrets by reference only', () => {
      for (const name of names) {
        const { CURSOR_SECRET, SMTP_URL } = variables(name)
        for (const secret of [CURSOR_SECRET, SMTP_URL]) {
          if (secret !== undefined) expect(JSON.stringify(secret)).toContain('{{resolve:secretsmanager:')
        }
      }
    })

    test.each(names)('%s is deployed as it was bundled, byte for byte', (name) => {
      const asset = stack.assetPathOf(lambda(name)[0])
      expect(readdirSync(asset)).toEqual(['index.mjs'])
      const deployed = readFileSync(join(asset, 'index.mjs'))
      expect(deployed.equals(readFileSync(join(defaultBundleDir, name, 'index.mjs')))).toBe(true)
    })

    test('that fail after every retry leave a letter', () => {
      for (const name of Object.keys(schedules) as ScheduleFunctionName[]) {
        const [id] = lambda(name)
        const configs = stack
          .all('AWS::Lambda::EventInvokeConfig')
          .filter(([, { Properties }]) => idOf(Properties.FunctionName) === id)
        expect(configs).toHaveLength(1)
        const [, { Properties }] = configs[0] as [string, Resource]
        expect(stack.template.Resources[idOf(Properties.DestinationConfig.OnFailure.Destination)]?.Type).toBe(
          'AWS::SQS::Queue',
        )
      }
    })
  })

  describe('permissions', () => {
    /** Statements that may name every resource, with the reason. */
    const unbounded: Record<string, string> = {
      'xray:PutTelemetryRecords,xray:PutTraceSegments': 'traces belong to no resource',
    }

    test('name their resources and their actions', () => {
      const roles = stack.all('AWS::IAM::Role')
      expect(roles.length).toBeGreaterThanOrEqual(names.length)
      for (const [id, role] of roles) {
        expect(role.Properties).not.toHaveProperty('Policies')
        for (const statement of statementsOf(id)) {
          expect(Object.keys(statement)).not.toContain('NotAction')
          expect(Object.keys(statement)).not.toContain('NotResource')
          expect(JSON.stringify(statement.Action)).not.toContain('*')
          if (Object.hasOwn(unbounded, asList(statement.Action).join())) continue
          expect(JSON.stringify(statement.Resource), id).not.toContain('*')
        }
      }
    })

    test('never include a scan of the table', () => {
      expect(stack.text).not.toMatch(/dynamodb:Scan|dynamodb:\*/i)
    })

    const reading = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']
    const writing = ['dynamodb:PutItem']
    const deleting = ['dynamodb:DeleteItem']
    const listening = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((a) => `dynamodb:${a}`)

    /** Who deletes what: issues and cases that have been reckoned anew lose their marks, what has been decided its place in a worklist, and people theirs in the staff's lists. */
    const deletes: Partial<Record<FunctionName, readonly string[]>> = {
      roster: rosterDeletes,
      visits: decidingDeletes,
      issues: reckoningDeletes,
      sessions: reckoningDeletes,
      cases: reckoningDeletes,
      notices: decidingDeletes,
      assessments: decidingDeletes,
      projects: decidingDeletes,
      policy: reckoningDeletes,
      pages: reckoningDeletes,
      'quota-reminder': decidingDeletes,
      'escalation-sweep': reckoningDeletes,
    }

    test.each(names)('let %s into the table as far as it must', (name) => {
      const allowed: Partial<Record<FunctionName, string[]>> = {
        docs: [],
        reports: reading,
        exports: reading,
        publications: reading,
        mailer: [...reading, ...writing, ...listening],
      }
      const further = deletes[name] === undefined ? [] : deleting
      expect(actionsOf(name, 'dynamodb').sort()).toEqual([...(allowed[name] ?? [...reading, ...writing]), ...further].sort())
    })

    test.each(names)('let %s delete nothing but what it has to', (name) => {
      const conditions = statementsOfFunction(name)
        .filter(({ Action }) => JSON.stringify(Action).includes('DeleteItem'))
        .map(({ Condition }) => Condition)
      const keys = deletes[name]
      expect(conditions).toEqual(keys === undefined ? [] : [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } }])
    })

    test('let nobody delete what happened, what was said, or mails', () => {
      const kept = ['ISSUE#1', 'PROJECT#1', 'OUTBOX#1', 'COUNTER#ISSUES#2026', 'CONFIRMATION#1', 'FLAG#1', 'REQUEST#1', 'LINK#1', 'OFFICER#1', 'EMAIL#1', 'ENTERPRISE#1', 'POLICY', 'CALENDAR', 'VISITS#1']
      const isUnder = (key: string, pattern: string) => (pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern)
      const patterns = [...reckoningDeletes, ...rosterDeletes]
      expect(kept.filter((key) => patterns.some((pattern) => isUnder(key, pattern)))).toEqual([])
    })

    /** Who writes a part of the table alone; the mail's feedback is there only where SES sends. */
    const parts: Partial<Record<FunctionName, readonly string[]>> = {
      projects: projectWrites,
      pages: pageWrites,
      mailer: sendingWrites,
      'outbox-reconciler': reconcilingWrites,
      'quota-reminder': remindingWrites,
      'monthly-bulletin': bulletinWrites,
      assessments: assessmentWrites,
      'assessment-work': assessingWrites,
      'mail-feedback': reportingWrites,
    }
    test.each(names.filter((name) => parts[name] !== undefined))('let %s write nothing but what it is for', (name) => {
      const statements = statementsOfFunction(name).filter(({ Action }) => JSON.stringify(Action).includes('PutItem'))
      expect(statements).toHaveLength(1)
      expect(statements[0]?.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...(parts[name] ?? [])] } })
    })

    test('let nobody who has not signed in write anything but what the pages are for', () => {
      expect(pageWrites.some((prefix) => /^(OFFICER|EMAIL|POLICY|CALENDAR|ADMINISTRAT|VISITS|UNREACHED|\*)/.test(prefix))).toBe(false)
    })

    test('let no function that may write whatever it likes answer somebody who has not signed in', () => {
      const open = new Set(operations.filter(({ access }) => access === 'public').map(({ owner }) => owner))
      for (const name of open)
        for (const { Action, Condition } of statementsOfFunction(name)) expect(JSON.stringify(Action).includes('PutItem') && Condition === undefined, name).toBe(false)
    })

    /** The permissions each command of the table's client needs. */
    const needed: Record<string, string[]> = {
      Get: ['GetItem'],
      BatchGet: ['BatchGetItem'],
      TransactGet: ['GetItem'],
      Query: ['Query'],
      Put: ['PutItem'],
      Update: ['UpdateItem'],
      Delete: ['DeleteItem'],
      TransactWrite: [], // those of its parts
    }

    test('are those that what the code sends the table needs, and no other', () => {
      const folder = resolve(import.meta.dirname, '..', '..', 'functions')
      const sent = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .filter((source) => source.includes('@aws-sdk/lib-dynamodb'))
        .flatMap((source) => [
          ...source.matchAll(/\b([A-Z]\w+?)Command\b/g),
          ...source.matchAll(/\b(Put|Update|Delete): \{/g), // the parts of a transaction
        ])
        .map((match) => match[1] ?? '')
      const actions = [...new Set(sent)].flatMap(
        (command) => needed[command] ?? expect.fail(`${command}: say which permissions it needs`),
      )
      expect([...new Set(actions)].map((action) => `dynamodb:${action}`).sort()).toEqual([...reading, ...writing, ...deleting].sort())
    })

    test('let only the two that send mail send, and as one sender', () => {
      const senders = names.filter((name) => actionsOf(name, 'ses').length > 0)
      expect(senders.sort()).toEqual(stack.settings.mail.kind === 'ses' ? ['mailer', 'outbox-reconciler'] : [])
      for (const name of senders) {
        const statement = statementsOfFunction(name).find(({ Action }) => Action === 'ses:SendRawEmail')
        expect(statement?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': stack.settings.sender } })
        expect(JSON.stringify(statement?.Resource)).toMatch(/:identity\/example\.org"/)
      }
    })

    test('let a schedule call its own function and nothing else', () => {
      for (const [, { Properties }] of stack.all('AWS::Scheduler::Schedule')) {
        const role = idOf(Properties.Target.RoleArn)
        const [trust] = (stack.template.Resources[role] as Resource).Properties.AssumeRolePolicyDocument.Statement
        expect(trust.Condition.StringEquals).toHaveProperty(['aws:SourceAccount'])
        expect(trust.Condition.StringEquals).toHaveProperty(['aws:SourceArn'])
        expect(statementsOf(role)).toEqual([
          { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: Properties.Target.Arn },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: Properties.Target.DeadLetterConfig.Arn },
        ])
      }
    })
  })

  describe('the API', () => {
    const routes = () => stack.all('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties)

    test("has each of the contract's routes once, a last one for all else, and no other", () => {
      const expected = [...operations.map(routeKey), '$default']
      expect(
        routes()
          .map(({ RouteKey }) => RouteKey)
          .sort(),
      ).toEqual(expected.sort())
    })

    test('leads each route to the function that owns it', () => {
      for (const operation of operations) {
        const route = routes().find(({ RouteKey }) => RouteKey === routeKey(operation))
        const integrationId = (route.Target['Fn::Join'][1] as unknown[]).at(-1) as { Ref: string }
        const integration = stack.template.Resources[idOf(integrationId)] as Resource
        expect(integration.Properties.PayloadFormatVersion).toBe('2.0')
        expect(idOf(integration.Properties.IntegrationUri)).toBe(lambda(operation.owner)[0])
      }
    })

    test('asks for a token wherever the contract does not say that nobody needs one', () => {
      const open = operations.filter(({ access }) => typeof access === 'string').map(routeKey)
      for (const route of routes()) {
        const isOpen = route.RouteKey === '$default' || open.includes(route.RouteKey)
        expect(route.AuthorizationType, route.RouteKey).toBe(isOpen ? 'NONE' : 'JWT')
        if (!isOpen) {
          const authorizer = stack.template.Resources[idOf(route.AuthorizerId)] as Resource
          const { issuer, audience } = stack.settings.oidc
          expect(authorizer.Properties.JwtConfiguration).toEqual({ Issuer: issuer, Audience: [audience] })
        }
      }
    })

    test('is throttled, and its log keeps ids only', () => {
      const [[, { Properties }]] = stack.all('AWS::ApiGatewayV2::Stage') as [[string, Resource]]
      expect(Properties.StageName).toBe('$default')
      expect(Properties.DefaultRouteSettings).toMatchObject({
        ThrottlingRateLimit: stack.settings.throttle.rate,
        ThrottlingBurstLimit: stack.settings.throttle.burst,
      })
      const open = operations.filter(({ access }) => typeof access === 'string').map(routeKey)
      const settings = Properties.RouteSettings as Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>
      expect(Object.keys(settings).sort()).toEqual(['$default', ...open].sort())
      const together = Object.values(settings).reduce((sum, { ThrottlingRateLimit }) => sum + ThrottlingRateLimit, 0)
      expect(together).toBeLessThan(stack.settings.throttle.rate)
      const format = JSON.parse(Properties.AccessLogSettings.Format) as Record<string, string>
      expect(Object.values(format)).toContain('$context.requestId')
      for (const variable of Object.values(format))
        expect(variable).not.toMatch(/path|claims|sourceIp|identity|header/i)
    })
  })

  describe('the table', () => {
    const table = () => stack.all('AWS::DynamoDB::Table')

    test('outlives the stack and can be restored to any second', () => {
      expect(table()).toHaveLength(1)
      const [[, { Properties, DeletionPolicy, UpdateReplacePolicy }]] = table() as [[string, Resource]]
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: expiryAttribute, Enabled: true },
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      })
    })

    test('has the keys and indexes of the contract', () => {
      const [[, { Properties }]] = table() as [[string, Resource]]
      const keys = (partition: string, sort: string) => [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ]
      expect(Properties.KeySchema).toEqual(keys(tableKeys.partition, tableKeys.sort))
      expect(Properties.GlobalSecondaryIndexes).toEqual(
        Object.entries(tableIndexes).map(([IndexName, { partition, sort, projection }]) => ({
          IndexName,
          KeySchema: keys(partition, sort),
          Projection: { ProjectionType: projection },
        })),
      )
    })

    test('wakes the mailer for new mail alone, and says so when it gives up', () => {
      const mappings = stack.all('AWS::Lambda::EventSourceMapping')
      expect(mappings).toHaveLength(1)
      const [[, { Properties }]] = mappings as [[string, Resource]]
      const [[tableId]] = table() as [[string, Resource]]
      expect(Properties).toMatchObject({
        EventSourceArn: getAtt(tableId, 'StreamArn'),
        FunctionName: { Ref: lambda('mailer')[0] },
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
      })
      expect(Properties.MaximumRetryAttempts).toBeLessThanOrEqual(10)
      expect(Properties.MaximumRecordAgeInSeconds).toBeLessThanOrEqual(86_400)
      expect(Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))).toEqual([
        { eventName: ['INSERT'], dynamodb: { Keys: { [tableKeys.partition]: { S: [{ prefix: outboxKeyPrefix }] } } } },
      ])
      const queue = idOf(Properties.DestinationConfig.OnFailure.Destination)
      expect(stack.template.Resources[queue]?.Type).toBe('AWS::SQS::Queue')
    })
  })

  describe('schedules', () => {
    test('are those of the contract, in the local time of the deployment', () => {
      const found = stack
        .all('AWS::Scheduler::Schedule')
        .map(([, { Properties }]) => [
          Properties.Name,
          Properties.ScheduleExpression,
          Properties.ScheduleExpressionTimezone,
          idOf(Properties.Target.Arn),
        ])
      const { timeZone } = stack.settings
      const expected = (Object.keys(schedules) as ScheduleFunctionName[]).map((name) => [
        name,
        schedules[name].expression,
        timeZone,
        lambda(name)[0],
      ])
      expect(found.sort()).toEqual(expected.sort())
    })

    test('fire on the minute, hand over the instant they were due, try again, and say when they give up', () => {
      for (const [, { Properties, DependsOn }] of stack.all('AWS::Scheduler::Schedule')) {
        expect(Properties.FlexibleTimeWindow).toEqual({ Mode: 'OFF' })
        expect(JSON.parse(Properties.Target.Input)).toEqual({ scheduledTime: '<aws.scheduler.scheduled-time>' })
        expect(Properties.Target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0)
        expect(Properties.Target.RetryPolicy.MaximumEventAgeInSeconds).toBeLessThanOrEqual(86_400)
        expect(stack.template.Resources[idOf(Properties.Target.DeadLetterConfig.Arn)]?.Type).toBe('AWS::SQS::Queue')
        const [[group]] = stack.all('AWS::Scheduler::ScheduleGroup') as [[string, Resource]]
        expect(DependsOn).toContain(group)
      }
    })
  })

  describe('what the mail service reports', () => {
    test('is heard of mail that this stage has sent, and of no other', () => {
      const rules = stack.all('AWS::Events::Rule').map(([, { Properties }]) => Properties)
      const sets = stack.all('AWS::SES::ConfigurationSet').map(([id]) => id)
      expect(sets).toHaveLength(stack.settings.mail.kind === 'ses' ? 1 : 0)
      expect(rules.map(({ EventPattern }) => EventPattern.detail.mail.tags['ses:configuration-set'])).toEqual(
        sets.map((Ref) => [{ Ref }]),
      )
      expect(rules.map(({ Targets }) => Targets.map(({ Arn }: { Arn: { 'Fn::GetAtt': [string, string] } }) => idOf(Arn)))).toEqual(
        sets.map(() => [lambda('mail-feedback')[0]]),
      )
    })
  })

  describe('queues, logs and topics', () => {
    test('keep what is given up, encrypted, for two weeks, and wake somebody', () => {
      const queues = stack.all('AWS::SQS::Queue')
      expect(queues).toHaveLength(names.filter((name) => functions[name].kind !== 'api').length)
      for (const [id, { Properties }] of queues) {
        expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 })
        expect(alarmsOn('ApproximateNumberOfMessagesVisible', id)).toHaveLength(1)
        const policies = stack.all('AWS::SQS::QueuePolicy').filter(([, policy]) => JSON.stringify(policy).includes(id))
        expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"')
      }
    })

    test('are kept as long as the settings say', () => {
      const logs = stack.all('AWS::Logs::LogGroup')
      expect(logs).toHaveLength(names.length + 1)
      for (const [, { Properties }] of logs) expect(Properties.RetentionInDays).toBe(stack.settings.logRetentionDays)
    })

    test('let CloudWatch publish, which a policy that only denies would not', () => {
      const [[, { Properties }]] = stack.all('AWS::SNS::TopicPolicy') as [[string, Resource]]
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
        }),
      )
    })

    test('tell the people who are to be told', () => {
      const subscribed = stack.all('AWS::SNS::Subscription').map(([, { Properties }]) => Properties.Endpoint)
      expect(subscribed).toEqual(stack.settings.alarmEmails)
    })
  })

  describe('alarms', () => {
    test('say in a sentence what the failure means, and tell somebody', () => {
      const [[topic]] = stack.all('AWS::SNS::Topic') as [[string, Resource]]
      for (const [id, { Properties }] of stack.all('AWS::CloudWatch::Alarm')) {
        expect(Properties.AlarmDescription, id).toMatch(/^[A-Z][^\n]{25,}\.$/)
        expect(Properties.AlarmActions, id).toEqual([{ Ref: topic }])
      }
    })

    test.each(names)('watch the errors and throttles of %s', (name) => {
      const [id] = lambda(name)
      expect(alarmsOn('Errors', id)).toHaveLength(1)
      expect(alarmsOn('Throttles', id)).toHaveLength(1)
    })

    test.each([['quota-reminder', 24 * 60], ['escalation-sweep', 10 * 60 + 15], ['outbox-reconciler', 15]] as const)('tell %s that %i minutes lie between two runs at most', (name, minutes) => {
      expect(variables(name)['LONGEST_GAP_MINUTES']).toBe(String(minutes))
    })

    test.each(Object.keys(schedules) as ScheduleFunctionName[])('notice that %s did not run', (name) => {
      const [alarm] = alarmsOn('Invocations', lambda(name)[0])
      const { Properties } = alarm as Resource
      expect(Properties).toMatchObject({ ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' })
      const seconds = Properties.Period * Properties.EvaluationPeriods
      expect(seconds).toBeGreaterThan(longestGap(schedules[name].expression).toSeconds())
      // CloudWatch looks back over a day, or over a week in steps of an hour or more.
      expect(seconds).toBeLessThanOrEqual(Properties.Period >= 3_600 ? 7 * 86_400 : 86_400)
    })

    test('watch what users feel: server errors, late steps, late mail, a stream that is behind', () => {
      expect(alarmsOn('5xx')).toHaveLength(1)
      expect(alarmsOn('IteratorAge', lambda('mailer')[0])).toHaveLength(1)
      for (const metric of ['OldestDueSeconds', 'OldestUnsentSeconds']) {
        const [alarm] = alarmsOn(metric)
        expect(alarm?.Properties).toMatchObject({
          Namespace: variables('mailer')['POWERTOOLS_METRICS_NAMESPACE'],
          Dimensions: [{ Name: 'service', Value: variables('mailer')['POWERTOOLS_SERVICE_NAME'] }],
        })
        // Every quarter of an hour a figure: in shorter periods, two running would never both have one.
        expect(alarm?.Properties.Period, metric).toBeGreaterThanOrEqual(900)
      }
    })

    test('count the mails that have reached nobody, whichever of the two that send has counted them', () => {
      const [alarm, ...more] = alarmsOn('UndeliverableMails')
      expect(more).toEqual([])
      expect(alarm?.Properties).toMatchObject({ Statistic: 'Sum', TreatMissingData: 'notBreaching' })
      for (const name of ['mailer', 'outbox-reconciler'] as const) {
        expect(alarm?.Properties).toMatchObject({
          Namespace: variables(name)['POWERTOOLS_METRICS_NAMESPACE'],
          Dimensions: [{ Name: 'service', Value: variables(name)['POWERTOOLS_SERVICE_NAME'] }],
        })
      }
    })
  })

  test('the dashboard shows every function that is there, and no other', () => {
    const [[, { Properties }]] = stack.all('AWS::CloudWatch::Dashboard') as [[string, Resource]]
    const shown = JSON.stringify(Properties.DashboardBody)
    expect(Object.keys(functions).filter((name) => shown.includes(name))).toEqual(names)
  })

  describe('the whole', () => {
    test('is bound to no partition', () => {
      expect(stack.text).not.toContain('arn:aws:')
      expect(stack.text).not.toContain('arn:aws-cn:')
    })

    test('uses in China nothing that is not there', () => {
      if (!stack.settings.region.startsWith('cn-')) return
      expect(stack.text).not.toMatch(/"ses:|aws\.ses|AWS::SES|cognito|xray:/i)
      expect(variables('mailer')).toMatchObject({ MAIL_TRANSPORT: 'smtp' })
    })

    test('is tagged with its stage', () => {
      for (const type of ['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup']) {
        for (const [id, { Properties }] of stack.all(type)) {
          expect(Properties.Tags, id).toContainEqual({ Key: 'stage', Value: stage })
        }
      }
    })

    test('says where the API and the table are', () => {
      expect(Object.keys(stack.template.Outputs ?? {}).sort()).toEqual(['ApiUrl', 'TableName'])
    })

    test('leaves room in the template', () => {
      expect(Object.keys(stack.template.Resources).length).toBeLessThan(400) // CloudFormation takes 500
      expect(Buffer.byteLength(readFileSync(stack.templatePath))).toBeLessThan(900_000) // and a million bytes
    })
  })
})
