import * as z from 'zod'
import type { LocalStack } from '../../../infra/local/stack.ts'
import type { faultShape } from '../../../infra/local/faults.ts'
import { releaseStack, takeStack } from '../warm-stack.ts'
import { clientWith, type Client } from './client.ts'

const mailShape = z.object({
  id: z.string(), at: z.string(), to: z.array(z.string()), cc: z.array(z.string()), subject: z.string(),
  html: z.string(), text: z.string(), headers: z.record(z.string(), z.string()), kind: z.string(),
  attachments: z.array(z.object({ filename: z.string(), mediaType: z.string(), method: z.string(), content: z.string() })),
})
export type Mail = z.infer<typeof mailShape>
const runShape = z.object({ name: z.string(), at: z.string(), ok: z.boolean(), error: z.string().optional() })
export type Run = z.infer<typeof runShape>

type ScheduleName = 'quota-reminder' | 'monthly-bulletin' | 'escalation-sweep' | 'outbox-reconciler' | 'assessment-work'

/** The stack on one machine, reached over HTTP alone: its API through clients, its control plane here. */
export interface World {
  readonly url: string
  /** A client with the token of this address; the same one each time. */
  as(email: string, claims?: Readonly<Record<string, unknown>>): Promise<Client>
  readonly nobody: Client
  /** Moves the clock to this instant, as clocks in China show it: `2026-03-02 09:00`. Every schedule must succeed. */
  clock(local: string): Promise<readonly Run[]>
  /** Stands the clock at a later instant and leaves what falls due before to the next move, where it does not matter. */
  leap(local: string): void
  mail(filter?: { readonly to?: string; readonly kind?: string }): Promise<readonly Mail[]>
  /** Runs a schedule now, whatever comes of it. */
  run(schedule: ScheduleName): Promise<Run>
  /** Calls a schedule's function as EventBridge would at this instant, whatever else runs. */
  callFor(schedule: ScheduleName, local: string): Promise<void>
  faults(...faults: readonly z.input<typeof faultShape>[]): Promise<void>
  /** Forgets the faults that met nobody; how many those are. */
  clearFaults(): Promise<number>
  readonly stack: LocalStack
  close(): Promise<void>
}

const instantOf = (local: string): string => `${local.replace(' ', 'T')}:00+08:00`

/** A stack for nobody else with the deployed bundles, nothing in it, its clock standing. */
export const startWorld = async (local = '2026-03-02 10:00'): Promise<World> => {
  const stack = await takeStack(new Date(instantOf(local)))
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${stack.url}/_local/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`)
    return response.status === 204 ? undefined : response.json()
  }
  const clients = new Map<string, Promise<Client>>()
  const tokenOf = async (email: string, claims: object): Promise<Client> =>
    clientWith(stack.url, z.object({ token: z.string() }).parse(await control('POST', 'token', { email, claims })).token)

  return {
    url: stack.url,
    as: (email, claims = {}) => {
      const name = `${email} ${JSON.stringify(claims)}`
      const client = clients.get(name) ?? tokenOf(email, { exp: 4_000_000_000, ...claims })
      clients.set(name, client)
      return client
    },
    nobody: clientWith(stack.url, undefined),
    clock: async to => {
      const { ran } = z.object({ ran: z.array(runShape) }).parse(await control('POST', 'clock', { now: instantOf(to) }))
      const failed = ran.filter(({ ok }) => !ok)
      if (failed.length > 0) throw new Error(`failed: ${JSON.stringify(failed)}`)
      return ran
    },
    leap: local => {
      stack.clock.hold(new Date(instantOf(local)))
    },
    mail: async (filter = {}) =>
      z.object({ items: z.array(mailShape) }).parse(await control('GET', `mail?${new URLSearchParams(filter).toString()}`)).items,
    run: async schedule => runShape.parse(await control('POST', `schedules/${schedule}`)),
    callFor: async (schedule, at) => {
      // The clock shows the instant, and its own run of the schedule is still to come.
      stack.clock.hold(new Date(instantOf(at)))
      const target = stack.scheduler.schedules.find(({ name }) => name.includes(schedule))?.target
      const outcome = await target?.({ scheduledTime: new Date(instantOf(at)).toISOString() })
      if (outcome?.ok !== true) throw new Error(`${schedule} failed: ${JSON.stringify(outcome)}`)
      await stack.drain()
    },
    faults: async (...faults) => {
      for (const fault of faults) await control('POST', 'faults', fault)
    },
    clearFaults: async () => {
      const { items } = z.object({ items: z.array(z.unknown()) }).parse(await control('GET', 'faults'))
      await control('DELETE', 'faults')
      return items.length
    },
    stack,
    close: () => releaseStack(stack),
  }
}
