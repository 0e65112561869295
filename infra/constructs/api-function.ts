import { Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { ApiFunctionName } from '../../shared/contract/functions.ts'
import { CampaignFunction, type FunctionProps } from './campaign-function.ts'

/** A function that answers routes of the contract. */
export class ApiFunction extends CampaignFunction {
  constructor(scope: Construct, props: FunctionProps & { readonly name: ApiFunctionName }) {
    super(scope, props, {
      // Processor comes with memory; with less, verifying and validating take longer than the table does.
      memorySize: 1024,
      // API Gateway gives up after 29 seconds; ending before it leaves time for an answer that says what happened.
      timeout: Duration.seconds(28),
      noDeadLetters: 'Called and waited for by API Gateway: the caller is told of a failure, and nothing is queued.',
    })
  }
}
