import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Settings } from '../settings.ts'

/** A log that is kept as long as the settings say, and is still there after the stack has gone. */
export class Logs extends LogGroup {
  constructor(scope: Construct, id: string, { logRetentionDays }: Pick<Settings, 'logRetentionDays'>) {
    const name = RetentionDays[logRetentionDays] as keyof typeof RetentionDays
    super(scope, id, { retention: RetentionDays[name] })
  }
}
