import { Duration, Stack } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as sns from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

export interface AlarmProps {
  /** What it means for the people the system serves, in a sentence: the first thing the person woken up reads. */
  readonly meaning: string
  readonly metric: cloudwatch.IMetric
  /** Reaching it raises the alarm. One, unless given. */
  readonly threshold?: number
  /** How many periods on end. One, unless given. */
  readonly periods?: number
  /** Silence is itself the fault. */
  readonly silenceIsFailure?: true
  /** Alarm when the metric stays below the threshold instead. */
  readonly below?: true
}

/** The alarms of a stack and the topic that tells people of them. */
export class Alarms extends Construct {
  readonly topic: sns.Topic
  readonly all: cloudwatch.Alarm[] = []

  constructor(scope: Construct, id: string, { emails }: { emails: readonly string[] }) {
    super(scope, id)
    this.topic = new sns.Topic(this, 'Topic', { enforceSSL: true })
    // A topic with a policy of its own no longer lets CloudWatch in unasked: alarms would light up and tell nobody.
    const { account } = Stack.of(this)
    this.topic.grantPublish(
      new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    )
    for (const email of emails) this.topic.addSubscription(new EmailSubscription(email))
    acknowledge(this, {
      'Serverless-SNSRedrivePolicy':
        'An alarm that cannot be mailed stays lit on the dashboard; a queue of undelivered alarms would need an alarm of its own, mailed the same way.',
    })
  }

  /** Adds an alarm to whatever it watches. */
  add(scope: Construct, id: string, props: AlarmProps): cloudwatch.Alarm {
    const { meaning, metric, threshold = 1, periods = 1, silenceIsFailure, below } = props
    const alarm = new cloudwatch.Alarm(scope, id, {
      alarmDescription: meaning,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: silenceIsFailure
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
    this.all.push(alarm)
    return alarm
  }
}

/** Five minutes: what Lambda, SQS and API Gateway are watched by. */
export const watchPeriod = Duration.minutes(5)
