import type { FunctionPlan } from './blueprint.ts'
import type { LogBook } from './log-book.ts'
import type { ShortCut, TableCall } from './short-cut.ts'
import { defaultPlace } from './template.ts'
import { LambdaFunction, type Invoke } from './worker.ts'

/** The services of this machine, as the functions call them. */
export interface Services {
  /** The variables that lead the functions' calls of AWS to them. */
  readonly environment: Readonly<Record<string, string>>
  readonly shortCut: ShortCut | undefined
  readonly called: (caller: string, call: TableCall) => void
  readonly ended: () => void
}

/** The functions of the template, by logical id. Each starts when it is first called. */
export class Functions {
  readonly #functions = new Map<string, LambdaFunction>()

  add({ id, environment, ...settings }: FunctionPlan, services: Services, logs: LogBook): void {
    const log = (text: string) => {
      logs.write(settings.name, text)
    }
    const variables = { ...runtimeEnvironment(settings.name, settings.memoryMegabytes), ...services.environment, ...environment }
    this.#functions.set(id, new LambdaFunction({
      ...settings,
      environment: variables,
      log,
      shortCut: services.shortCut,
      called: (call) => {
        services.called(settings.name, call)
      },
      ended: services.ended,
    }))
  }

  invokeOf(id: string): Invoke {
    const found = this.#functions.get(id)
    if (!found) throw new Error(`${id} is no function of the template.`)
    return found.invoke
  }

  /** Ends the sandbox of the function of this name. */
  readonly crash = async (name: string): Promise<void> => {
    for (const each of this.#functions.values()) if (each.settings.name === name) await each.crash()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((each) => each.close()))
  }
}

/** What Lambda's runtime puts into every function's environment, and nothing of this machine's. */
const runtimeEnvironment = (name: string, memoryMegabytes: number): Record<string, string> => ({
  AWS_REGION: defaultPlace.region,
  AWS_DEFAULT_REGION: defaultPlace.region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  // The access key tells the table's proxy and the mail service who is calling.
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: 'local',
  // A developer's own profiles must not reach in here.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  TZ: ':UTC',
})
