import { type Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { Settings } from '../settings.ts'

/** Where the functions' own metrics are kept. */
export const metricNamespace = 'Qinshang'

/** Names the deployment in logs and metrics, so that stages in one account are told apart. */
export const serviceName = ({ stage }: Pick<Settings, 'stage'>): string => `qinshang-${stage}`

/** The gauges that functions emit: how long the oldest piece of work has been waiting. */
export type Gauge = 'OldestDueSeconds' | 'OldestUnsentSeconds'

export const gauge = (name: Gauge, settings: Pick<Settings, 'stage'>, period: Duration): cloudwatch.Metric =>
  emitted(name, 'Maximum', settings, period)

/** What functions count one by one: mails that have reached nobody and are not tried again. */
export type Counter = 'UndeliverableMails'

export const counter = (name: Counter, settings: Pick<Settings, 'stage'>, period: Duration): cloudwatch.Metric =>
  emitted(name, 'Sum', settings, period)

/** A metric as the functions emit it: Powertools adds the service, and nothing else, as its dimension. */
const emitted = (metricName: string, statistic: string, settings: Pick<Settings, 'stage'>, period: Duration): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { service: serviceName(settings) },
    statistic,
    period,
  })
