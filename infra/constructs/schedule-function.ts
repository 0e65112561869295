import { Duration, TimeZone } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import * as scheduler from 'aws-cdk-lib/aws-scheduler'
import type { Construct } from 'constructs'
import { type ScheduleFunctionName, type ScheduledEvent, schedules } from '../../shared/contract/functions.ts'
import { CampaignFunction, type FunctionProps } from './campaign-function.ts'
import { DeadLetters } from './dead-letters.ts'
import { longestGap } from './longest-gap.ts'

/**
 * How long a run that could not be started, or failed, is tried again. A later sweep or reconciling makes up for one that
 * was missed; a stage of reminders belongs to its day, so that longer is no use to it either.
 */
const patience = Duration.hours(6)

type Props = Omit<FunctionProps, 'failure' | 'name'> & {
  readonly name: ScheduleFunctionName
  readonly group: scheduler.IScheduleGroup
}

/** A function that the clock wakes up, with its schedule. */
export class ScheduleFunction extends CampaignFunction {
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, props: Props) {
    const { name, alarms, settings, group } = props
    const { expression, failure } = schedules[name]
    super(
      scope,
      { ...props, failure },
      {
        memorySize: 1024,
        timeout: Duration.minutes(15), // as long as Lambda allows: once a month everybody is reminded at once
        noDeadLetters: 'Its on-failure destination does the same and also keeps the answer that the function gave.',
      },
    )

    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms,
      meaning: `A run of ${name} was given up after every retry. ${failure}`,
    })
    // Scheduler hands the event over and goes; from then on it is Lambda that tries again and gives up.
    this.function.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: patience,
      onFailure: new SqsDestination(this.deadLetters),
    })

    const input: ScheduledEvent = { scheduledTime: scheduler.ContextAttribute.scheduledTime }
    const schedule = new scheduler.Schedule(this, 'Schedule', {
      scheduleName: name,
      scheduleGroup: group,
      schedule: scheduler.ScheduleExpression.expression(expression, TimeZone.of(settings.timeZone)),
      timeWindow: scheduler.TimeWindow.off(),
      target: {
        bind: () => ({
          arn: this.function.functionArn,
          role: this.invokedBy(group),
          input: scheduler.ScheduleTargetInput.fromObject(input),
          retryPolicy: { maximumEventAgeInSeconds: patience.toSeconds(), maximumRetryAttempts: 30 },
          deadLetterConfig: { arn: this.deadLetters.queueArn },
        }),
      },
    })

    schedule.node.addDependency(group) // it names its group rather than referring to it

    const { period, periods } = watchFor(longestGap(expression))
    alarms.add(this, 'DidNotRun', {
      meaning: `The schedule of ${name} has not run when it should have. ${failure}`,
      metric: this.function.metricInvocations({ period }),
      periods,
      below: true,
      silenceIsFailure: true,
    })
  }

  /** CDK's own target would grant every version and alias of the function by a wildcard. */
  private invokedBy(group: scheduler.IScheduleGroup): iam.Role {
    const { account } = this.function.stack
    const role = new iam.Role(this, 'ScheduleRole', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group.scheduleGroupArn } },
      }),
    })
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }),
    )
    role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }))
    return role
  }
}

/** Silence through the longest gap between two runs and two periods more: time for a late run, and for its metric. */
function watchFor(gap: Duration): { period: Duration; periods: number } {
  // Alarms that look back over more than a day need periods of an hour.
  const period = gap.toMinutes() <= 60 ? Duration.minutes(5) : Duration.hours(1)
  return { period, periods: Math.ceil(gap.toMinutes() / period.toMinutes()) + 2 }
}
