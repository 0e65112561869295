import { Duration } from 'aws-cdk-lib'
import * as sqs from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { type Alarms, watchPeriod } from './alarms.ts'

/** A queue of what was given up, with the alarm that says so. Letters wait two weeks, the longest SQS keeps any. */
export class DeadLetters extends sqs.Queue {
  constructor(scope: Construct, id: string, { alarms, meaning }: { alarms: Alarms; meaning: string }) {
    super(scope, id, {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    alarms.add(this, 'Alarm', {
      meaning,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: watchPeriod, statistic: 'Maximum' }),
    })
    const endOfTheLine = 'This queue is where failures end; people read it, nothing consumes it.'
    acknowledge(this, { 'AwsSolutions-SQS3': endOfTheLine, 'Serverless-SQSRedrivePolicy': endOfTheLine })
  }
}
