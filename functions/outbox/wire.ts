import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import { sesTransport, smtpTransport, type MailTransport } from '../adapters/mail-transport.ts'
import { connect, tableOf } from '../adapters/table.ts'
import type { deliveryEnv } from './env.ts'
import type { DeliveryDependencies } from './deliver.ts'
import { factsReader } from './facts.ts'

type Settings = z.output<typeof deliveryEnv>

const transportOf = ({ MAIL_TRANSPORT, CONFIGURATION_SET, SMTP_URL }: Settings): MailTransport => {
  if (MAIL_TRANSPORT === 'ses') return sesTransport(CONFIGURATION_SET)
  if (SMTP_URL === undefined) throw new Error('MAIL_TRANSPORT=smtp needs SMTP_URL')
  return smtpTransport(SMTP_URL)
}

/** What sending needs, from the environment; for the two functions that send. */
export const wireDelivery = (settings: Settings): DeliveryDependencies => {
  const table = tableOf(connect(), settings.TABLE_NAME)
  return {
    table,
    transport: transportOf(settings),
    readFacts: factsReader(table, settings.TIME_ZONE),
    settings: { locale: settings.LOCALE, timeZone: settings.TIME_ZONE, sender: settings.SENDER, adminEmail: settings.ADMIN_EMAIL, publicUrl: settings.PUBLIC_URL },
    randomToken: () => randomBytes(32).toString('base64url'),
    wallClock: () => Date.now(),
  }
}
