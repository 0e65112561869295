import { afterAll, beforeAll, expect, it } from 'vitest'
import { putOfficer } from '../../../shared/contract/roster.ts'
import { resolveIssue, acceptIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { getDirectorWorklist, getSupervisorWorklist } from '../../../shared/contract/worklists.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, people, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning; no schedule has run yet. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const section = async (name: string) => (await district.supervisor.ask(getSupervisorWorklist)).body.sections.find(each => each.section === name)
const overdue = async () => (await district.director.ask(getDirectorWorklist)).body.sections.find(each => each.section === 'overdue')
const submit = () => district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路不通', description: '门前道路不通。' } })

it('shows the schedules that have not run when they should have, each until it has', async () => {
  expect(await section('schedules')).toMatchObject({ count: 5, items: [{ schedule: 'quota-reminder' }, { schedule: 'monthly-bulletin' }, { schedule: 'escalation-sweep' }, { schedule: 'outbox-reconciler' }, { schedule: 'assessment-work' }] })
  await district.callFor('monthly-bulletin', '2026-03-03 07:30')
  await district.callFor('quota-reminder', '2026-03-03 09:00')
  for (const schedule of ['escalation-sweep', 'outbox-reconciler', 'assessment-work'] as const) await district.callFor(schedule, '2026-03-03 10:00')
  expect(await section('schedules')).toMatchObject({ count: 0 })
  district.leap('2026-03-03 10:31')
  await district.run('assessment-work')
  expect(await section('schedules')).toMatchObject({ items: [{ schedule: 'outbox-reconciler', lastRun: '2026-03-03T10:00:00+08:00', since: '2026-03-03T10:15:00+08:00' }] })
  // A run that fails is none, however often it is tried.
  await district.faults({ target: 'table', fault: 'refuse', count: 20 })
  expect(await district.run('outbox-reconciler')).toMatchObject({ ok: false })
  await district.clearFaults()
  expect(await section('schedules')).toMatchObject({ count: 1 })
  await district.run('outbox-reconciler')
  expect(await section('schedules')).toMatchObject({ count: 0 })
})

it('shows what the sweep finds late, to the office and the department, and no longer than it is', async () => {
  const { body, etag } = await submit()
  const params = { issueId: body.issueId }
  await district.callFor('escalation-sweep', '2026-03-05 09:00')
  const entry = { kind: 'issue', issueId: body.issueId, title: '道路不通', departmentId: people.handler.departmentId, level: 1 }
  expect(await section('level-1')).toMatchObject({ count: 1, items: [{ ...entry, since: '2026-03-05T09:00:00+08:00', awaitsAcknowledgement: true }] })
  expect(await overdue()).toMatchObject({ count: 1, items: [{ ...entry, since: '2026-03-04T18:00:00+08:00' }] })
  expect(etag).toBe('"1"')
  const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: '"2"' })
  expect(await overdue()).toMatchObject({ count: 0 })
  await district.handler.ask(resolveIssue, { params, ifMatch: accepted.etag, body: { message: '已修复。' } })
  expect(await section('level-1')).toMatchObject({ count: 0 })
})

it('shows who of the staff is not reached by mail, until another address is entered', async () => {
  await district.faults({ target: 'mail', fault: 'bounce', match: addressOf('handler') })
  await submit()
  expect(await district.mail({ kind: 'mail-undeliverable', to: addressOf('director') })).toHaveLength(1)
  expect(await section('unreachable')).toMatchObject({ count: 1, items: [{ kind: 'officer', officerId: idOf('handler'), departmentId: people.handler.departmentId, reason: 'bounced' }] })
  const { officerId, roles, ...rest } = people.handler
  await district.admin.ask(putOfficer, { params: { officerId }, body: { ...rest, name: '示例handler', email: 'found@district.example', roles: [roles] } })
  expect(await section('unreachable')).toMatchObject({ count: 0 })
})
