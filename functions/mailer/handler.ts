import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { concurrently } from '../adapters/concurrently.ts'
import { mailIdOf } from '../adapters/outbox-store.ts'
import { deliver, type DeliveryDependencies } from '../outbox/deliver.ts'

export interface MailerDependencies extends DeliveryDependencies {
  readonly failed: (mailId: string, error: unknown) => void
  /** Told of a mail that has reached nobody and is not tried again. */
  readonly undeliverable: (mailId: string) => void
}

/**
 * Sends the mails that have just entered the outbox. A record that fails is handed back to the stream; a mail that the
 * service would not take now is not a failure: it stays in the outbox, and the reconciler tries again.
 */
export const wakeMailer = async (event: DynamoDBStreamEvent, deps: MailerDependencies): Promise<DynamoDBBatchResponse> => {
  const failures: { itemIdentifier: string }[] = []
  await concurrently(event.Records, 4, async ({ dynamodb }) => {
    const pk = dynamodb?.Keys?.['pk']?.S ?? ''
    const mailId = mailIdOf({ pk, sk: 'MAIL' })
    try {
      if ((await deliver(mailId, deps)) === 'failed') deps.undeliverable(mailId)
    } catch (error) {
      deps.failed(mailId, error)
      failures.push({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })
    }
  })
  return { batchItemFailures: failures }
}
