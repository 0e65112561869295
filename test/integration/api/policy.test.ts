import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getDeadlines, getIssue, getTimeline, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { getCalendar, getPolicy, putCalendar, putPolicy } from '../../../shared/contract/policy.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { defaultPolicy } from '../../../shared/policy/policy.ts'
import { aPolicy } from '../../mothers/policy.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Mondays while the notice for 2027 has not been published: 2026-12-21, and a week later for what spans the year. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-12-21 10:00'))
})
afterAll(() => district.close())

const submit = (but: object = {}) =>
  district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title: '道路', description: '道路不通', ...but } })
const readIssue = async (issueId: string) => (await district.officer.ask(getIssue, { params: { issueId } })).body
const put = (policy: unknown, ifMatch?: string) => district.supervisor.ask(putPolicy, { body: policy, ...(ifMatch === undefined ? {} : { ifMatch }) })

describe('the policy', () => {
  it('is the one that ships until another is put in its place, and says who did that', async () => {
    const shipped = await district.officer.ask(getPolicy)
    expect([shipped.body, shipped.etag]).toEqual([{ version: 0, policy: defaultPolicy }, '"0"'])
    const changed = await put(aPolicy({ reminders: { nudgeDay: 14 } }), shipped.etag)
    expect(changed.body).toMatchObject({ version: 1, changedBy: idOf('supervisor'), changedAt: '2026-12-21T10:00:00+08:00' })
    expect((await district.officer.ask(getPolicy)).body).toEqual(changed.body)
    expect(await district.supervisor.refused(putPolicy, { body: defaultPolicy, ifMatch: shipped.etag })).toMatchObject({ status: 412, code: 'if-match-stale', currentETag: '"1"' })
    expect(await district.supervisor.refused(putPolicy, { body: defaultPolicy, ifMatch: '*' })).toMatchObject({ status: 400, code: 'if-match-not-valid' })
  })

  it('is changed by one of ten at once who saw the same version', async () => {
    const { etag } = await district.admin.ask(getPolicy)
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => district.admin.try(putPolicy, { body: defaultPolicy, ifMatch: etag })))
    expect(outcomes.filter(outcome => 'given' in outcome)).toHaveLength(1)
  })

  it('and its calendar too: one of ten at once, and the others are told so', async () => {
    const { etag } = await district.admin.ask(getCalendar, { params: { year: '2026' } })
    const shipped = (await district.admin.ask(getCalendar, { params: { year: '2026' } })).body
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        district.admin.try(putCalendar, { params: { year: '2026' }, ifMatch: etag, body: { holidays: { ...shipped.holidays, [`2026-11-${at + 10}`]: '临时放假' }, makeUpDays: shipped.makeUpDays } }),
      ),
    )
    expect(outcomes.filter(outcome => 'given' in outcome)).toHaveLength(1)
    expect(outcomes.flatMap(outcome => ('refusal' in outcome ? [outcome.refusal.code] : []))).toEqual(Array.from({ length: 9 }, () => 'if-match-stale'))
  })

  const route = { category: 'facilities', departmentId: 'D-03' }
  it.each<[string, unknown, string]>([
    ['a number out of range', { ...defaultPolicy, quota: { ...defaultPolicy.quota, visitsPerMonth: 32 } }, 'too-large'],
    ['a part that is missing', { ...defaultPolicy, escalation: undefined }, 'required'],
    ['a part that is too much', { ...defaultPolicy, ranking: true }, 'unknown-field'],
    ['hours in which no schedule runs', { ...defaultPolicy, workingHours: { from: '10:00', to: '18:00' } }, 'not-allowed'],
    ['a route twice', { ...defaultPolicy, routing: [route, route] }, 'duplicate-value'],
    ['a route for tier A', { ...defaultPolicy, routing: [{ ...route, tier: 'A' }] }, 'not-allowed'],
    ['a route to nowhere', { ...defaultPolicy, routing: [{ ...route, departmentId: 'D-99' }] }, 'department-not-found'],
    ['no address', { ...defaultPolicy, leadingGroup: ['leader'] }, 'bad-format'],
  ])('cannot have %s', async (_, policy, code) => {
    expect(await district.supervisor.refused(putPolicy, { body: policy })).toMatchObject({ code })
  })

  it('changes what comes after it, and no issue of before', async () => {
    const before = (await submit()).body
    const version = (await put(aPolicy({ deadlines: { resolveWorkingDays: { A: 2, B: 3, C: 4, D: 5 } }, escalation: { warningBefore: 2 } }))).body.version
    expect(await readIssue(before.issueId)).toMatchObject(before)
    const after = (await submit()).body
    expect([before.resolveBy, after.resolveBy]).toEqual(['2026-12-28T18:00:00+08:00', '2026-12-23T18:00:00+08:00'])
    expect(after.policyVersion).toBe(version)
    await put(defaultPolicy)
    expect((await readIssue(after.issueId)).resolveBy).toBe(after.resolveBy)
  })

  it('decides at once which visits count', async () => {
    await put(aPolicy({ quota: { countedModes: ['phone'] } }))
    const record = async (mode: string) => (await district.officer.ask(recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn: '2026-12-21', mode, summary: '走访' } })).body.counted
    expect([await record('onsite'), await record('phone')]).toEqual([false, true])
    await put(defaultPolicy)
  })
})

describe('routing', () => {
  beforeAll(async () => {
    await put(aPolicy({ routing: [{ category: 'facilities', subcategory: 'water', departmentId: 'D-03' }, { category: 'land', tier: 'C', departmentId: 'D-03' }] }))
  })
  afterAll(() => put(defaultPolicy))

  it.each<[string, object, object]>([
    ['tier A stays with the officer’s own department', { subcategory: 'water', tier: 'A' }, { tier: 'A', leadDepartmentId: 'D-02' }],
    ['tier B goes by the table', { subcategory: 'water', tier: 'B' }, { tier: 'B', leadDepartmentId: 'D-03' }],
    ['without a tier, what the table gives away is B', { subcategory: 'water' }, { tier: 'B', leadDepartmentId: 'D-03' }],
    ['without a tier, the rest is A', { subcategory: 'roads' }, { tier: 'A', leadDepartmentId: 'D-02' }],
    ['a line for one tier is for that tier', { category: 'land', subcategory: 'acquisition', tier: 'C' }, { tier: 'C', leadDepartmentId: 'D-03' }],
  ])('%s', async (_, but, expected) => {
    expect((await submit(but)).body).toMatchObject({ firstDepartmentId: 'D-02', ...expected })
    expect(await district.mail({ to: addressOf('supervisor'), kind: 'issue-unrouted' })).toEqual([])
  })

  it('gives what the table does not name to the first receiver, and tells the supervisor', async () => {
    const { body } = await submit({ category: 'land', subcategory: 'acquisition', tier: 'D' })
    expect(body).toMatchObject({ tier: 'D', leadDepartmentId: 'D-02' })
    const told = await district.mail({ to: addressOf('supervisor'), kind: 'issue-unrouted' })
    expect(told.map(({ subject }) => subject.includes(body.number))).toEqual([true])
  })
})

describe('the calendar', () => {
  beforeAll(async () => {
    await district.close()
    district = await foundDistrict(await startWorld('2026-12-28 10:00'))
  })

  const enter = (year: string, body: unknown) => district.supervisor.refused(putCalendar, { params: { year }, body })
  const newYear = { holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: { '2027-01-10': '元旦' } }

  it('of a published year ships with the code', async () => {
    const { body } = await district.officer.ask(getCalendar, { params: { year: '2026' } })
    expect(body).toMatchObject({ version: 0, year: 2026 })
    expect(body.holidays['2026-10-01']).toBe('国庆节')
  })

  it.each(['2006', '2029', '1900'])('of %s cannot be entered', async year => {
    expect(await enter(year, { holidays: {}, makeUpDays: {} })).toMatchObject({ status: 422, code: 'year-not-enterable' })
  })

  it('of a year nobody has entered is not found', async () => {
    expect(await district.officer.refused(getCalendar, { params: { year: '2027' } })).toMatchObject({ status: 404, code: 'calendar-not-found' })
  })

  it.each<[string, object, string]>([
    ['a day that does not exist', { holidays: { '2027-02-29': '春节' }, makeUpDays: {} }, 'impossible-date'],
    ['a day of another year', { holidays: { '2028-01-01': '元旦' }, makeUpDays: {} }, 'not-of-year'],
    ['a make-up day on a Monday', { holidays: {}, makeUpDays: { '2027-01-04': '元旦' } }, 'not-a-weekend'],
    ['a day both off and worked', { holidays: { '2027-01-10': '元旦' }, makeUpDays: { '2027-01-10': '元旦' } }, 'holiday-and-make-up'],
    ['a day called __proto__', JSON.parse('{"holidays":{"__proto__":"x"},"makeUpDays":{}}') as object, 'unknown-field'],
    ['a day that is no day', { holidays: { 元旦: '2027-01-01' }, makeUpDays: {} }, 'bad-format'],
    ['a day without a name', { holidays: { '2027-01-01': '' }, makeUpDays: {} }, 'required'],
  ])('cannot have %s', async (_, body, code) => {
    const refusal = await enter('2027', body)
    expect(refusal.status).toBe(422)
    expect(refusal.errors?.map(fault => fault.code)).toContain(code)
  })

  it('that is missing makes deadlines provisional; once it is entered, they are reckoned anew', async () => {
    const [open, accepted] = [await submit({ title: '跨年问题' }), await submit({ tier: 'B' })]
    // With weekends alone: five working days from 12-28.
    expect(open.body).toMatchObject({ provisional: true, resolveBy: '2027-01-04T18:00:00+08:00', deadlineVersion: 1 })
    const [mail] = (await district.mail({ to: addressOf('handler'), kind: 'issue-dispatched' })).filter(({ subject }) => subject.includes(open.body.number))
    expect(mail?.text).toContain('暂定')
    await district.handler.ask(acceptIssue, { params: { issueId: accepted.body.issueId }, ifMatch: accepted.etag })

    const entered = await district.supervisor.ask(putCalendar, { params: { year: '2027' }, body: newYear })
    expect(entered.body).toMatchObject({ version: 1, year: 2027, changedBy: idOf('supervisor'), ...newYear })
    // Two days off, and Sunday 01-10 worked.
    expect(await readIssue(open.body.issueId)).toMatchObject({ provisional: false, resolveBy: '2027-01-06T18:00:00+08:00', deadlineVersion: 2 })
    expect(await readIssue(accepted.body.issueId)).toMatchObject({ provisional: false, acceptBy: '2026-12-29T18:00:00+08:00', resolveBy: '2027-01-12T18:00:00+08:00', deadlineVersion: 2 })
    const { items } = (await district.officer.ask(getTimeline, { params: { issueId: open.body.issueId } })).body
    expect(items.map(({ event, by }) => [event, by])).toEqual([['dispatched', idOf('officer')], ['deadlines-recomputed', 'system']])
  })

  it('entered again counts up, and moves nothing that has stopped waiting', async () => {
    const waited = (await submit({ tier: 'B' })).body
    expect(waited.provisional).toBe(false)
    const again = await district.supervisor.ask(putCalendar, { params: { year: '2027' }, body: newYear, ifMatch: '"1"' })
    expect(again.body.version).toBe(2)
    expect(await district.supervisor.refused(putCalendar, { params: { year: '2027' }, body: newYear, ifMatch: '"1"' })).toMatchObject({ code: 'if-match-stale' })
    expect((await readIssue(waited.issueId)).deadlineVersion).toBe(1)
  })

  it('changed once more moves the open issues that rest on it; each deadline is explained by the days it was reckoned with', async () => {
    const [open, resolved, untouched] = [await submit({ title: '随放假调整' }), await submit(), await submit({ tier: 'D' })]
    const on = ({ body: { issueId }, etag }: { body: { issueId: string }; etag: string }, body: object) => ({ params: { issueId }, ifMatch: etag, body })
    await district.handler.ask(resolveIssue, on(await district.handler.ask(acceptIssue, on(resolved, {})), { message: '已办结。' }))
    const deadlineOf = async (issueId: string) => {
      const { items } = (await district.officer.ask(getDeadlines, { params: { issueId } })).body
      const { by, steps, deadlineVersion } = items.find(({ clock }) => clock === 'resolve') ?? expect.fail('no resolve clock')
      expect(steps.at(-1)?.date).toBe(by.slice(0, 10))
      return [by.slice(0, 10), deadlineVersion]
    }
    const before = await deadlineOf(open.body.issueId)
    expect(await deadlineOf(resolved.body.issueId)).toEqual(before)
    const notice = { holidays: { ...newYear.holidays, '2027-01-05': '元旦' }, makeUpDays: { ...newYear.makeUpDays, '2027-01-16': '元旦' } }
    await district.supervisor.ask(putCalendar, { params: { year: '2027' }, body: notice })
    expect([before, await deadlineOf(open.body.issueId), await deadlineOf(resolved.body.issueId)]).toEqual([['2027-01-06', 1], ['2027-01-07', 2], ['2027-01-06', 1]])
    // One day off and one worked on its way: twenty working days end where they did.
    expect((await deadlineOf(untouched.body.issueId))[1]).toBe(1)
    await district.supervisor.ask(putCalendar, { params: { year: '2027' }, body: newYear })
    expect([await deadlineOf(open.body.issueId), await deadlineOf(resolved.body.issueId)]).toEqual([['2027-01-06', 3], ['2027-01-06', 1]])
    expect((await deadlineOf(untouched.body.issueId))[1]).toBe(1)
  })

  it('that moved a deadline moves its escalation along', async () => {
    const late = async () => (await district.mail({ kind: 'issue-warning' })).filter(({ subject }) => subject.includes('跨年问题')).map(({ at }) => at)
    await district.callFor('escalation-sweep', '2027-01-04 17:45')
    expect(await late()).toEqual([])
    await district.callFor('escalation-sweep', '2027-01-05 09:00')
    // One working day before the new deadline, at nine in the morning in China.
    expect(await late()).toEqual(['2027-01-05T01:00:00.000Z'])
  })
})
