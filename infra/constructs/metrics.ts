import { type Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { Settings } from '../settings.ts'

/** Where the functions' own metrics are kept. */
export const metricNamespace = 'Qinshang'

/** Names the deployment in logs and metrics, so that stages in one account are told apart. */
export const serviceName = ({ stage }: Pick<Settings, 'stage'>): string => `qinshang-${stage}`

/** The gauges that functions emit: how long the oldest piece of work has been waiting. */
export type Gauge = 'OldestDueSeconds' | 'OldestUnsentSeconds'

/** A gauge as the functions emit it: Powertools adds the service, and nothing else, as its dimension. */
export const gauge = (name: Gauge, settings: Pick<Settings, 'stage'>, period: Duration): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { service: serviceName(settings) },
    statistic: 'Maximum',
    period,
  })
