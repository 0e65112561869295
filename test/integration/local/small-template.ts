const lambda = (name: string, variables: object = {}, timeout = 5) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: 'x.zip' },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Timeout: timeout,
    Environment: { Variables: { TABLE_NAME: { Ref: 'Table' }, ...variables } },
  },
  Metadata: { 'aws:asset:path': name, 'aws:cdk:path': `Small/${name}/Function/Resource` },
})

const route = (key: string, integration: string, protection: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: key,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
    ...protection,
  },
})

const integration = (functionId: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
    PayloadFormatVersion: '2.0',
  },
})

const schedule = (name: string, expression: string, functionId: string) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: name,
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: {
      Arn: { 'Fn::GetAtt': [functionId, 'Arn'] },
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
    },
  },
})

const jwt = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } }

/** A resource as a template writes it. */
export interface Resource {
  readonly Type: string
  readonly Properties?: Record<string, unknown>
  readonly Metadata?: Record<string, unknown>
}

/** A template of the real one's kind: a table with a stream, three functions, an API, two schedules, one mapping. */
export const smallTemplate = (changes: Record<string, Resource> = {}, mapping: object = {}): object => ({
  Resources: {
    Role: { Type: 'AWS::IAM::Role' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk', 'duePk'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [{ AttributeName: 'duePk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    },
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } },
    },
    Echo: lambda('echo', { SECRET: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}']] } }, 1),
    Tick: lambda('tick', { FAIL_AT: '2016-08-01T02:00:00Z' }),
    Mailer: lambda('mailer'),
    Queue: { Type: 'AWS::SQS::Queue' },
    AsyncTick: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Tick' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    },
    Hourly: schedule('hourly', 'cron(0 * * * ? *)', 'Tick'),
    Daily: schedule('daily', 'cron(0 9 ? * MON-FRI *)', 'Tick'),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        FunctionName: { Ref: 'Mailer' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 4,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 2,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } } }) }],
        },
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
        ...mapping,
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['small'], Issuer: 'http://127.0.0.1:8787/_local/oidc' },
        Name: 'jwt',
      },
    },
    EchoIntegration: integration('Echo'),
    TickIntegration: integration('Tick'),
    Open: route('ANY /{anything}', 'EchoIntegration'),
    Protected: route('GET /v1/things/{id}', 'EchoIntegration', jwt),
    Scoped: route('GET /v1/scoped', 'EchoIntegration', { ...jwt, AuthorizationScopes: ['things.read'] }),
    Upload: route('POST /v1/upload', 'EchoIntegration'),
    Write: route('POST /v1/mails', 'TickIntegration'),
    ...changes,
  },
})
