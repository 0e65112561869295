import { Duration } from 'aws-cdk-lib'
import * as events from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import type { Construct } from 'constructs'
import { mailTag } from '../../shared/contract/functions.ts'
import { CampaignFunction, type FunctionProps } from './campaign-function.ts'
import { DeadLetters } from './dead-letters.ts'

/**
 * Bounces and complaints about mail of ours. Every stage of an account hears the same bus, and their mails may have the
 * same ids: the configuration set tells whose a mail was.
 */
const unreached = (configurationSet: string): events.EventPattern => ({
  source: ['aws.ses'],
  detail: {
    eventType: ['Bounce', 'Complaint'],
    mail: { tags: { [mailTag]: events.Match.exists(), 'ses:configuration-set': [configurationSet] } },
  },
})

export interface EventFunctionProps extends FunctionProps {
  /** The name of the one that the stage's mail is sent with. */
  readonly configurationSet: string
}

/** A function that reports of the mail service wake up. */
export class EventFunction extends CampaignFunction {
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, props: EventFunctionProps) {
    const { alarms, failure } = props
    super(scope, props, {
      memorySize: 512,
      timeout: Duration.seconds(30),
      noDeadLetters: 'Its on-failure destination does the same and also keeps the answer that the function gave.',
    })
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { alarms, meaning: `A report was given up after every retry. ${failure}` })
    const patience = { retryAttempts: 2, maxEventAge: Duration.hours(6) }
    this.function.configureAsyncInvoke({ ...patience, onFailure: new SqsDestination(this.deadLetters) })
    new events.Rule(this, 'Unreached', {
      description: 'Mail that came back, or that its reader complained about',
      eventPattern: unreached(props.configurationSet),
      targets: [new LambdaFunction(this.function, { deadLetterQueue: this.deadLetters, ...patience })],
    })
  }
}
