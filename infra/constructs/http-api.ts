import { Duration } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import * as gateway from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { ApiFunctionName } from '../../shared/contract/functions.ts'
import { operations } from '../../shared/contract/index.ts'
import type { Settings } from '../settings.ts'
import { acknowledge } from './acknowledge.ts'
import { type Alarms, watchPeriod } from './alarms.ts'
import type { ApiFunction } from './api-function.ts'
import { Logs } from './logs.ts'
import { serviceName } from './metrics.ts'

interface Props {
  readonly settings: Settings
  readonly alarms: Alarms
}

type Functions = Readonly<Record<ApiFunctionName, ApiFunction>>

/**
 * What the access log keeps of a request: ids, and the route as it is declared. Never the path as it was called, which
 * may hold a token, and never a claim, which may be a name.
 */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    latency: '$context.responseLatency',
    responseLength: '$context.responseLength',
    authorizerError: '$context.authorizer.error',
    integrationStatus: '$context.integration.status',
    integrationError: '$context.integration.error',
    integrationRequestId: '$context.integration.requestId',
  }),
)

const openRoutes = {
  public: 'The contract declares this operation public.',
  link: "The enterprise's link is the key: 256 random bits in the path, which the function checks.",
}

/** The HTTP API: one route for each operation of the contract, and a last one for all that is no operation. */
export class HttpApi extends Construct {
  readonly api: gateway.HttpApi
  readonly stage: gateway.HttpStage

  constructor(scope: Construct, id: string, { settings, alarms }: Props) {
    super(scope, id)
    this.api = new gateway.HttpApi(this, 'Api', { apiName: serviceName(settings), createDefaultStage: false })
    const logGroup = new Logs(this, 'AccessLogs', settings)
    this.stage = new gateway.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new gateway.LogGroupLogDestination(logGroup),
        format: accessLogFormat,
      },
    })
    alarms.add(this, 'ServerErrors', {
      meaning: 'People who use the API are answered with an internal error instead of what they asked for.',
      metric: this.api.metricServerError({ period: watchPeriod }),
    })
  }

  /** Adds a route for each operation; the functions come after the API, for some are told where it answers. */
  addRoutes(settings: Settings, functions: Functions): void {
    const { issuer, audience } = settings.oidc
    const authorizer = new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: [audience] })
    const integrations = Object.fromEntries(
      Object.entries(functions).map(([name, { function: handler }]) => [name, integrate(name, handler)]),
    ) as Record<ApiFunctionName, HttpLambdaIntegration>

    const open: gateway.HttpRoute[] = []
    for (const { id, method, path, owner, access } of operations) {
      const route = new gateway.HttpRoute(this, `Route-${id}`, {
        httpApi: this.api,
        routeKey: gateway.HttpRouteKey.with(path, gateway.HttpMethod[method]),
        integration: integrations[owner],
        ...(typeof access === 'string' ? {} : { authorizer }),
      })
      if (typeof access !== 'string') continue
      acknowledge(route, { 'AwsSolutions-APIG4': openRoutes[access] })
      open.push(route)
    }

    const rest = new gateway.HttpRoute(this, 'Route-default', {
      httpApi: this.api,
      routeKey: gateway.HttpRouteKey.DEFAULT,
      integration: integrations.docs,
    })
    acknowledge(rest, {
      'AwsSolutions-APIG4': 'Answers whatever is no operation with a problem document; there is nothing to protect.',
    })
    this.throttleOpenRoutes([...open, rest], settings)
  }

  /**
   * Whoever needs no sign-in gets a part of the stage's rate, so that a flood from outside leaves the staff theirs: three
   * fifths go to the enterprises' pages, three tenths to the other open routes, each an equal share of them.
   */
  private throttleOpenRoutes(routes: readonly gateway.HttpRoute[], { throttle }: Settings): void {
    const pages = operations.filter(({ access, method }) => access === 'link' && method === 'GET').map(({ path }) => path)
    const others = routes.length - pages.length
    const stage = this.stage.node.defaultChild as gateway.CfnStage
    stage.routeSettings = Object.fromEntries(
      routes.map((route) => {
        const share = route.path !== undefined && pages.includes(route.path) ? 0.6 / pages.length : 0.3 / others
        const key = (route.node.defaultChild as gateway.CfnRoute).routeKey
        return [key, { ThrottlingRateLimit: throttle.rate * share, ThrottlingBurstLimit: Math.ceil(throttle.burst * share) }]
      }),
    )
    // API Gateway refuses settings of a route that is not there yet.
    for (const route of routes) stage.node.addDependency(route.node.defaultChild as gateway.CfnRoute)
  }
}

type Handler = ConstructorParameters<typeof HttpLambdaIntegration>[1]

const integrate = (name: string, handler: Handler): HttpLambdaIntegration =>
  new HttpLambdaIntegration(name, handler, {
    timeout: Duration.seconds(29),
    // One permission for the API instead of one for each route: a function's policy holds 20 KB.
    scopePermissionToRoute: false,
  })
