import * as z from 'zod'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import { getDocs, getOpenApi } from '../../shared/contract/docs.ts'
import { operations } from '../../shared/contract/index.ts'
import { acceptIssue, getIssue, getTimeline, listIssues, overrideIssue, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import type { Operation } from '../../shared/contract/operation.ts'
import { getCalendar, getPolicy } from '../../shared/contract/policy.ts'
import { endPairing, getDepartment, getEnterprise, getOfficer, listPairings } from '../../shared/contract/roster.ts'
import { listVisits, recordVisit } from '../../shared/contract/visits.ts'
import { planMail } from '../../shared/mail/notice.ts'
import { PlainError } from '../plain-error.ts'
import { callerWith, jsonIn, type Caller } from './caller.ts'
import { demandSent, type OutboxTable } from './outbox.ts'
import type { Protocol } from './protocol.ts'
import { departmentId, enterpriseId, enterSelf, handlerId, importFiles, officerId, recordForSelf, rosterFiles, type Self } from './roster.ts'
import { claimsOf } from './token.ts'

export interface Target {
  readonly url: string
  readonly token: string
  readonly mailTo: string
  readonly staffNo: string
  readonly timeZone: string
  /** Without it, nobody looks at whether the mail goes out. */
  readonly table: OutboxTable | undefined
  readonly mailSeconds: number
}

/** What the later checks stand on. */
interface Stage {
  readonly protocol: Protocol
  readonly admin: Caller
  readonly target: Target
  /** By the clocks of the stage's time zone. */
  readonly today: string
}

/** Looks at a stage from outside, as its first administrator would, and tidies up what that has left. */
export const smokeTest = async (protocol: Protocol, target: Target): Promise<void> => {
  const nobody = callerWith(target.url)
  const admin = callerWith(target.url, target.token)
  if ((await protocol.check(`the API answers at ${target.url}`, () => demandApi(nobody))) === undefined) {
    protocol.notLookedAt('everything else', 'the API does not answer there')
    return
  }
  await checkPublic(protocol, nobody)
  if ((await protocol.check('the token is accepted', () => demandAccepted(admin))) === undefined) {
    protocol.notLookedAt('everything that takes a token', 'the token is not accepted')
    return
  }
  await checkRules(protocol, admin)
  await checkDistrict({ protocol, admin, target, today: localDateOf(Date.now(), target.timeZone) })
}

/** Nobody else's server is to be shown the token. A function that fails is the API's all the same. */
const demandApi = async (nobody: Caller): Promise<true> => {
  const { status, text } = await nobody.send(getOpenApi)
  if (status >= 500 || (status === 200 && documentShape.safeParse(jsonIn(text)).success)) return true
  throw new PlainError(`GET /openapi.json answered ${status}, and no OpenAPI document: is --url the output ApiUrl of the stack, with nothing after it?`)
}

const checkPublic = async (protocol: Protocol, nobody: Caller): Promise<void> => {
  await protocol.check(`GET /openapi.json lists the ${operations.length} operations of the contract, without a token`, async () => {
    const { body } = await nobody.ask(getOpenApi)
    return demandSame(operationIdsIn(body), operations.map(({ id }) => id))
  })
  await protocol.check('GET /docs describes each of them, without a token', async () => {
    const { body } = await nobody.ask(getDocs)
    return demandSame(operations.map(({ id }) => id).filter(id => body.includes(`id="${id}"`)), operations.map(({ id }) => id))
  })
  await protocol.check('a call without a token is refused with 401', () => nobody.refused(getPolicy, {}, 401))
  const unknown: Operation = { ...getDocs, path: '/v1/no-such-operation' }
  await protocol.check('an unknown address is answered with 404', () => nobody.refused(unknown, {}, 404, 'no-such-operation'))
}

const documentShape = z.object({ paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))) })

const operationIdsIn = (document: string): readonly string[] =>
  Object.values(documentShape.parse(jsonIn(document)).paths).flatMap(methods => Object.values(methods).map(({ operationId }) => operationId))

const demandSame = (found: readonly string[], wanted: readonly string[]): true => {
  const missing = wanted.filter(id => !found.includes(id))
  const more = found.filter(id => !wanted.includes(id))
  if (missing.length + more.length === 0) return true
  throw new PlainError(`the stage is deployed from another version: it lacks ${missing.join(', ') || 'nothing'} and has ${more.join(', ') || 'nothing'} besides`)
}

/** Whether the gateway and the roster let the caller in; what the function behind makes of it is looked at later. */
const demandAccepted = async (admin: Caller): Promise<true> => {
  const { status } = await admin.send(getPolicy)
  if (status === 401 || status === 403) await admin.ask(getPolicy)
  return true
}

const checkRules = async (protocol: Protocol, admin: Caller): Promise<void> => {
  await protocol.check('the policy is readable', () => admin.ask(getPolicy))
  const year = publishedYears.at(-1)?.year ?? 0
  await protocol.check(`the calendar of ${year} is readable`, () => admin.ask(getCalendar, { params: { year: String(year) } }))
}

/** Whatever became of the checks in between, what they have begun is ended. */
const checkDistrict = async (stage: Stage): Promise<void> => {
  const { protocol, admin, target, today } = stage
  const self = await protocol.check("the administrator's address can stand in department SMOKE", () =>
    recordForSelf(admin, claimsOf(target.token)?.email?.toLowerCase(), target.staffNo),
  )
  const imported = await protocol.check('departments, officers, enterprises and pairings are imported by CSV', async () => {
    const files = rosterFiles({ mailTo: target.mailTo, startsOn: await startOfPairing(admin, today), self })
    await importFiles(admin, files)
    return files
  })
  if (imported === undefined) {
    protocol.notLookedAt('visits, issues and mail', 'the import failed')
    return
  }
  await protocol.check('the same import again changes nothing', () => demandUnchanged(admin, () => importFiles(admin, imported)))
  if (self === undefined) protocol.notLookedAt('visits, issues and mail', 'an administrator alone can cause none')
  else await checkWork(stage, self)
  await protocol.check('the pairing is ended', () => endOpenPairing(stage))
  protocol.note('stays', whatStays(self))
}

/** Two pairings of the same two cannot share a day: one that covers today, left over or ended today, is imported again. */
const startOfPairing = async (admin: Caller, today: string): Promise<string> => {
  const { items } = (await admin.ask(listPairings, { query: { officerId, enterpriseId } })).body
  return items.find(({ startsOn, endsOn }) => startsOn <= today && today <= (endsOn ?? today))?.startsOn ?? today
}

const demandUnchanged = async (admin: Caller, act: () => Promise<unknown>): Promise<true> => {
  const before = await roster(admin)
  await act()
  const after = await roster(admin)
  if (after === before) return true
  throw new PlainError(`it was ${before} and is ${after}`)
}

const roster = async (admin: Caller): Promise<string> => {
  const found = [
    await admin.ask(getDepartment, { params: { departmentId } }),
    await admin.ask(getOfficer, { params: { officerId } }),
    await admin.ask(getOfficer, { params: { officerId: handlerId } }),
    await admin.ask(getEnterprise, { params: { enterpriseId } }),
    await admin.ask(listPairings, { query: { officerId } }),
  ]
  return JSON.stringify(found.map(({ body }) => body))
}

const checkWork = async (stage: Stage, self: Self): Promise<void> => {
  const { protocol, admin, today } = stage
  const visit = { officerId, enterpriseId, visitedOn: today, mode: 'onsite', summary: '冒烟测试：并非真实走访。' }
  const issue = { officerId, enterpriseId, category: 'facilities', subcategory: 'roads', tier: 'A', title: '冒烟测试问题（非真实）', description: '冒烟测试：并非真实问题，无需办理。' }
  await protocol.check('a visit and an issue are refused to who is administrator alone', async () => {
    await admin.refused(recordVisit, { body: visit }, 403, 'role-not-allowed')
    return admin.refused(submitIssue, { body: issue }, 403, 'role-not-allowed')
  })
  const submitted = await asSupervisor(stage, self, async () => {
    await checkVisit(stage, visit)
    return protocol.check('an issue is numbered and dispatched to department SMOKE', () => dispatched(admin, issue))
  })
  if (submitted === undefined) protocol.notLookedAt('mail', 'there is no issue to send any about')
  else await checkMail(stage, submitted)
  await protocol.check('the issue is accepted, resolved and closed', () => closeAll(stage, self, submitted))
  await protocol.check('the administrator is administrator alone again', async () => {
    await enterSelf(admin, self, ['admin'])
    return true
  })
}

/** A supervisor may enter for others what an administrator may not; for so long the roster calls them both. */
const asSupervisor = async <T>({ protocol, admin }: Stage, self: Self, act: () => Promise<T>): Promise<T | undefined> => {
  const entered = await protocol.check('the administrator is made supervisor too, by import', async () => {
    await enterSelf(admin, self, ['admin', 'supervisor'])
    return true
  })
  return entered === undefined ? undefined : act()
}

const checkVisit = async ({ protocol, admin, today }: Stage, body: object): Promise<void> => {
  const key = `smoke-${crypto.randomUUID()}`
  const visit = await protocol.check('a visit is recorded', async () => (await admin.ask(recordVisit, { body, key })).body.visitId)
  if (visit === undefined) {
    protocol.notLookedAt('whether a repeated POST is replayed', 'there is no visit to repeat')
    return
  }
  await protocol.check('the same POST with the same Idempotency-Key is replayed, and the visit is there once', async () => {
    const again = await admin.ask(recordVisit, { body, key })
    if (!again.replayed || again.body.visitId !== visit) throw new PlainError(`it was done again, as ${again.body.visitId}`)
    const { items } = (await admin.ask(listVisits, { query: { month: today.slice(0, 7), officerId, limit: '200' } })).body
    const times = items.filter(({ visitId }) => visitId === visit).length
    if (times !== 1) throw new PlainError(`the list of visits has it ${times} times`)
    return true
  })
}

const dispatched = async (admin: Caller, body: object): Promise<string> => {
  const { issueId, leadDepartmentId } = (await admin.ask(submitIssue, { body })).body
  if (leadDepartmentId !== departmentId) throw new PlainError(`${issueId} is led by ${leadDepartmentId}`)
  const { items } = (await admin.ask(getTimeline, { params: { issueId } })).body
  if (items[0]?.event !== 'dispatched') throw new PlainError(`the timeline of ${issueId} begins with ${items[0]?.event ?? 'nothing'}`)
  return issueId
}

const checkMail = async ({ protocol, target }: Stage, issueId: string): Promise<void> => {
  const what = `the mail about ${issueId} is sent within ${target.mailSeconds} seconds`
  const { table } = target
  if (table === undefined) {
    protocol.notLookedAt(what, 'the outbox is read from the table: give --table (output TableName), --region and AWS credentials')
    return
  }
  const { mailId } = planMail({ kind: 'issue-dispatched', issueId, event: 1 }, `officer:${handlerId}`, 'act')
  await protocol.check(what, () => demandSent(table, mailId, target.mailSeconds))
}

/**
 * Closes what is not in department SMOKE, an interrupted run's too, or it would be escalated, or somebody asked to call the
 * enterprise. The department resolves it, and no enterprise being there to rate, the campaign office overrides.
 */
const closeAll = async ({ admin }: Stage, self: Self, submitted: string | undefined): Promise<true> => {
  await enterSelf(admin, self, ['admin', 'handler'])
  // A list can lag behind, so the issue of this run is added to what it has.
  const issueIds = new Set(submitted === undefined ? [] : [submitted])
  for (const status of ['dispatched', 'accepted', 'resolved']) {
    const { items } = (await admin.ask(listIssues, { query: { departmentId, status, limit: '200' } })).body
    for (const { issueId } of items) issueIds.add(issueId)
  }
  for (const issueId of issueIds) await resolve(admin, issueId)
  // Not as a handler too, who would be mailed of it.
  await enterSelf(admin, self, ['admin', 'supervisor'])
  for (const issueId of issueIds) await override(admin, issueId)
  return true
}

const words = '冒烟测试结束，无需办理。'

const resolve = async (admin: Caller, issueId: string): Promise<void> => {
  const params = { issueId }
  const { body, etag } = await admin.ask(getIssue, { params })
  if (body.status !== 'dispatched' && body.status !== 'accepted') return
  const accepted = body.status === 'dispatched' ? await admin.ask(acceptIssue, { params, body: {}, ifMatch: etag }) : { etag }
  await admin.ask(resolveIssue, { params, body: { message: words }, ifMatch: accepted.etag })
}

const override = async (admin: Caller, issueId: string): Promise<void> => {
  const params = { issueId }
  const { body, etag } = await admin.ask(getIssue, { params })
  if (body.status === 'resolved') await admin.ask(overrideIssue, { params, body: { reason: words }, ifMatch: etag })
}

/** A second run of one day finds the pairing ended already. */
const endOpenPairing = async ({ admin, today }: Stage): Promise<true> => {
  const { items } = (await admin.ask(listPairings, { query: { officerId, enterpriseId } })).body
  for (const { pairingId, endsOn } of items)
    if (endsOn === undefined) await admin.ask(endPairing, { params: { pairingId }, body: { endsOn: today } })
  return true
}

const whatStays = (self: Self | undefined): string => {
  const who = self === undefined ? '' : ` and ${self.staffNo} (which ${self.email} belongs to from now on, as administrator)`
  return (
    `nothing is ever deleted: department ${departmentId}, its staff ${officerId}, ${handlerId}${who}, enterprise ${enterpriseId}, ` +
    "the ended pairing, the visits and the closed issues; this month's bulletin counts them"
  )
}
