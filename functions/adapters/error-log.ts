/** What is logged of an error: never its message, which may carry what somebody entered. */
export interface LoggedError {
  readonly name: string
  readonly awsRequestId?: string | undefined
  readonly frames: readonly string[]
}

export const loggedError = (error: unknown): LoggedError => {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { $metadata } = error as { $metadata?: { requestId?: string } }
  const frames = (error.stack ?? '').split('\n').filter(line => line.trimStart().startsWith('at '))
  return { name: error.name, awsRequestId: $metadata?.requestId, frames: frames.slice(0, 8) }
}

/** A mail's id without the address that may stand in it. */
export const loggedMailId = (mailId: string): string => mailId.replace(/address:.*$/s, 'address')
