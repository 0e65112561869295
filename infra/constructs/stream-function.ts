import { Duration } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Construct } from 'constructs'
import { outboxKeyPrefix, tableKeys } from '../../shared/contract/table.ts'
import { CampaignFunction, type FunctionProps } from './campaign-function.ts'
import { DeadLetters } from './dead-letters.ts'

/** Of all that happens in the table, the mailer is woken by this alone. */
const newMail = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { [tableKeys.partition]: { S: [{ prefix: outboxKeyPrefix }] } } },
}

/** A function that new items of the outbox wake up. */
export class StreamFunction extends CampaignFunction {
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, props: FunctionProps) {
    const { table, alarms, failure } = props
    super(scope, props, {
      memorySize: 1024,
      timeout: Duration.minutes(2),
      noDeadLetters: 'Called by the event source mapping, which has a failure destination of its own.',
    })
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms,
      meaning: `Records of new mail were given up after every retry; the reconciler sends what they stood for. ${failure}`,
    })

    const eventSourceArn = table.tableStreamArn
    if (eventSourceArn === undefined) throw new Error('The table has no stream to listen to.')
    const listen = new iam.PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resources: [eventSourceArn],
    })
    const mapping = new lambda.EventSourceMapping(this, 'Outbox', {
      target: this.function,
      eventSourceArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [{ pattern: JSON.stringify(newMail) }],
      batchSize: 10,
      // A month's reminders are planned together; one batch at a time would still be sending an hour later.
      parallelizationFactor: 4,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // The table is the queue of record: what is given up here the reconciler finds, so nothing waits long.
      retryAttempts: 3,
      maxRecordAge: Duration.hours(1),
      onFailure: new SqsDlq(this.deadLetters),
    })
    // Lambda tries the role when it creates the mapping, so the permission has to be there first.
    const policy = this.role.addToPrincipalPolicy(listen).policyDependable
    if (policy) mapping.node.addDependency(policy)

    alarms.add(this, 'Behind', {
      meaning: `The mailer has been behind the table's changes for five minutes. ${failure}`,
      metric: this.function.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
      threshold: Duration.minutes(5).toMilliseconds(),
      periods: 3,
    })
  }
}
