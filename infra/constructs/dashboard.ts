import { Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { Settings } from '../settings.ts'
import { type Alarms, watchPeriod } from './alarms.ts'
import type { CampaignFunction } from './campaign-function.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { HttpApi } from './http-api.ts'
import { counter, gauge, serviceName } from './metrics.ts'

interface Props {
  readonly settings: Settings
  readonly alarms: Alarms
  readonly api: HttpApi
  readonly functions: readonly CampaignFunction[]
  readonly deadLetters: readonly DeadLetters[]
}

const wholeWidth = 24
const half = wholeWidth / 2
const third = wholeWidth / 3
const period = watchPeriod

/** One page that answers: is something wrong, are people served, does mail go out, are late issues taken up. */
export class Dashboard extends cloudwatch.Dashboard {
  constructor(scope: Construct, id: string, { settings, alarms, api, functions, deadLetters }: Props) {
    super(scope, id, { dashboardName: serviceName(settings), defaultInterval: Duration.days(1) })
    const graph = (title: string, left: cloudwatch.IMetric[], width = half) =>
      new cloudwatch.GraphWidget({ title, left, width })

    this.addWidgets(new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: wholeWidth }))
    this.addWidgets(
      graph('Requests', [
        api.api.metricCount({ period }),
        api.api.metricClientError({ period }),
        api.api.metricServerError({ period }),
      ]),
      graph('Time to answer (ms)', [
        api.api.metricLatency({ period, statistic: 'p50' }),
        api.api.metricLatency({ period, statistic: 'p99' }),
      ]),
    )
    this.addWidgets(
      graph('Oldest due step of an issue (s)', [gauge('OldestDueSeconds', settings, period)], third),
      graph('Oldest unsent mail (s)', [gauge('OldestUnsentSeconds', settings, period)], third),
      graph('Mails that have reached nobody', [counter('UndeliverableMails', settings, period)], third),
    )
    this.addWidgets(
      graph(
        'Function errors',
        functions.map((each) => each.function.metricErrors({ period, label: each.node.id })),
      ),
      graph(
        'Function duration, p99 (ms)',
        functions.map((each) => each.function.metricDuration({ period, statistic: 'p99', label: each.node.id })),
      ),
    )
    this.addWidgets(
      graph(
        'Given up',
        deadLetters.map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({
            period,
            statistic: 'Maximum',
            label: queue.node.scope?.node.id ?? queue.node.id,
          }),
        ),
        wholeWidth,
      ),
    )
  }
}
