import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getIssue, getTimeline, listIssues, submitIssue } from '../../../shared/contract/issues.ts'
import { createPairing, putDepartment, putEnterprise, putOfficer } from '../../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
let serial = 0
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

interface Pair {
  readonly officer: Client
  readonly officerId: string
  readonly enterpriseId: string
}

/** An officer nobody else knows, paired with one enterprise since January. */
const aPair = async (endsOn?: string, departmentId = 'D-02'): Promise<Pair> => {
  serial += 1
  const officerId = `P-${serial}`
  const enterpriseId = creditCodeOf(600 + serial)
  const email = `pair${serial}@district.example`
  await district.admin.ask(putOfficer, { params: { officerId }, body: { name: `干部${serial}`, email, departmentId, roles: ['officer'] } })
  await district.admin.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: `企业${serial}` } })
  await district.admin.ask(createPairing, { body: { officerId, enterpriseId, startsOn: '2026-01-01', ...(endsOn === undefined ? {} : { endsOn }) } })
  return { officer: await district.as(email), officerId, enterpriseId }
}

const roads = { category: 'facilities', subcategory: 'roads', title: '门前道路未接通', description: '厂区门前二百米道路尚未接通。' }
const labour = { category: 'finance', subcategory: 'labour', tier: 'C', title: '节后用工缺口', description: '节后缺普工四十名。' }
const visit = ({ enterpriseId }: Pair, issues: readonly object[], but: object = {}) => ({ enterpriseId, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解用工情况', issues, ...but })
const issuesOf = ({ officer }: Pair) => pagesOf(officer, listIssues, {}, 50)
const visitsOf = ({ officer }: Pair) => pagesOf(officer, listVisits, { month: '2026-03' }, 50)
const lastNumber = async (): Promise<number> => Math.max(0, ...(await pagesOf(district.supervisor, listIssues, {}, 200)).map(({ number }) => Number(number.slice(5))))

describe('a visit that raises issues', () => {
  it('is recorded and counted with them, each numbered, dispatched and due in the order sent', async () => {
    const pair = await aPair()
    const next = (await lastNumber()) + 1
    const { body } = await pair.officer.ask(recordVisit, { body: visit(pair, [roads, labour]) })
    expect(body).toMatchObject({ counted: true, quota: { month: '2026-03', required: 2, counted: 1 } })
    const clocks = { leadDepartmentId: 'D-02', acceptBy: '2026-03-03T18:00:00+08:00', replyBy: '2026-03-04T18:00:00+08:00', provisional: false }
    const [first, second] = [next, next + 1].map(number => `2026-${String(number).padStart(6, '0')}`)
    expect(body.issues).toEqual([
      { issueId: first, number: first, ...clocks, resolveBy: '2026-03-09T18:00:00+08:00' },
      { issueId: second, number: second, ...clocks, resolveBy: '2026-03-23T18:00:00+08:00' },
    ])
    const { body: read } = await pair.officer.ask(getIssue, { params: { issueId: second ?? '' } })
    expect(read).toMatchObject({ ...labour, visitId: body.visitId, enterpriseId: pair.enterpriseId, officerId: pair.officerId, status: 'dispatched', dispatchedAt: '2026-03-02T10:00:00+08:00' })
    expect((await visitsOf(pair)).map(({ visitId }) => visitId)).toEqual([body.visitId])
  })

  it('has them told at once to the people of their department', async () => {
    const pair = await aPair()
    const { body } = await pair.officer.ask(recordVisit, { body: visit(pair, [{ ...roads, title: '走访带回道路' }, { ...roads, title: '走访带回用水', subcategory: 'water' }]) })
    for (const name of ['handler', 'director'] as const) {
      const mails = (await district.mail({ to: addressOf(name), kind: 'issue-dispatched' })).filter(({ subject }) => body.issues?.some(({ number }) => subject.includes(number)))
      expect(mails.map(({ text }) => ['走访带回道路', '走访带回用水'].filter(title => text.includes(title)).join()).sort()).toEqual(['走访带回用水', '走访带回道路'].sort())
    }
  })

  it('of days ago has them due from today on, whether it counts or not', async () => {
    const pair = await aPair()
    const { body } = await pair.officer.ask(recordVisit, { body: visit(pair, [roads], { visitedOn: '2026-02-27', mode: 'phone' }) })
    expect(body).toMatchObject({ counted: false, issues: [{ acceptBy: '2026-03-03T18:00:00+08:00' }] })
  })

  it('is entered by a supervisor on behalf of the officer', async () => {
    const pair = await aPair()
    const { body } = await district.supervisor.ask(recordVisit, { body: visit(pair, [roads], { officerId: pair.officerId }) })
    const issueId = body.issues?.[0]?.issueId ?? ''
    expect(await issuesOf(pair)).toMatchObject([{ issueId, officerId: pair.officerId, firstDepartmentId: 'D-02' }])
    expect((await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items).toMatchObject([{ event: 'dispatched', by: idOf('supervisor') }])
  })
})

describe('a visit with an issue at fault', () => {
  it.each<[string, readonly object[], string, object]>([
    ['a subcategory of another category', [roads, { ...roads, subcategory: 'financing' }], 'subcategory-mismatch', { path: 'issues.1.subcategory' }],
    ['a title of 101 characters', [roads, { ...roads, title: '路'.repeat(101) }], 'too-long', { errors: [{ path: 'issues.1.title', code: 'too-long' }] }],
    ['no description', [{ ...roads, description: undefined }, labour], 'required', { errors: [{ path: 'issues.0.description' }] }],
    ['an enterprise of its own', [{ ...roads, enterpriseId: enterpriseOf.officer }], 'unknown-field', { errors: [{ path: 'issues.0.enterpriseId' }] }],
    ['no issue in its list', [], 'too-short', { errors: [{ path: 'issues' }] }],
    ['four of them', [roads, roads, roads, roads], 'too-many', { errors: [{ path: 'issues' }] }],
  ])('has %s, is refused, and nothing is written', async (_, issues, code, where) => {
    const pair = await aPair()
    const last = await lastNumber()
    expect(await pair.officer.refused(recordVisit, { body: visit(pair, issues), key: 'refused' })).toMatchObject({ status: 422, code, ...where })
    expect([await visitsOf(pair), await issuesOf(pair)]).toEqual([[], []])
    expect((await pair.officer.ask(getQuota, { query: { month: '2026-03' } })).body.items).toMatchObject([{ counted: 0 }])
    const mended = await pair.officer.ask(recordVisit, { body: visit(pair, [roads]), key: 'refused' })
    expect([mended.replayed, Number(mended.body.issues?.[0]?.number.slice(5))]).toEqual([false, last + 1])
  })

  it('by an officer who is not paired any more today can be recorded, but raises none', async () => {
    const pair = await aPair('2026-03-01')
    const refusal = await pair.officer.refused(recordVisit, { body: visit(pair, [roads], { visitedOn: '2026-03-01' }) })
    expect(refusal).toMatchObject({ status: 422, code: 'not-paired' })
    expect(refusal.detail).toContain('2026-03-02')
    expect([await visitsOf(pair), await issuesOf(pair)]).toEqual([[], []])
    await pair.officer.ask(recordVisit, { body: { ...visit(pair, [], { visitedOn: '2026-03-01' }), issues: undefined } })
  })
})

describe('a visit that raises issues, sent again', () => {
  it('with its key is answered as before, and raised them once', async () => {
    const pair = await aPair()
    const ask = { body: visit(pair, [roads, labour]), key: 'again' }
    const first = await pair.officer.ask(recordVisit, ask)
    const again = await pair.officer.ask(recordVisit, ask)
    expect([again.body, first.replayed, again.replayed]).toEqual([first.body, false, true])
    expect([await visitsOf(pair), await issuesOf(pair)].map(list => list.length)).toEqual([1, 2])
  })

  it('ten times at once with one key is one visit with its issues', async () => {
    const pair = await aPair()
    const answers = await Promise.all(Array.from({ length: 10 }, () => pair.officer.ask(recordVisit, { body: visit(pair, [roads, labour]), key: 'at-once' })))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect([await visitsOf(pair), await issuesOf(pair)].map(list => list.length)).toEqual([1, 2])
  })
})

describe('fifty visits that raise issues and issues submitted by themselves, all at once', () => {
  it('are numbered without gaps or repetitions, those of one visit in a row', async () => {
    // Nobody works there, so that few mails go out beside.
    await district.admin.ask(putDepartment, { params: { departmentId: 'D-09' }, body: { name: '新设局' } })
    const pairs = await Promise.all(Array.from({ length: 25 }, () => aPair(undefined, 'D-09')))
    const last = await lastNumber()
    const raising = pairs.map(async (pair, at) => {
      const { body } = await pair.officer.ask(recordVisit, { body: visit(pair, at < 10 ? [roads, labour] : [roads]) })
      return (body.issues ?? []).map(({ number }) => Number(number.slice(5)))
    })
    const submitting = pairs.map(async ({ officer, enterpriseId }) => [Number((await officer.ask(submitIssue, { body: { ...roads, enterpriseId } })).body.number.slice(5))])
    const given = await Promise.all([...raising, ...submitting])
    const numbers = given.flat().sort((one, other) => one - other)
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, at) => last + 1 + at))
    for (const row of given) expect(row).toEqual(row.map((_, at) => (row[0] ?? 0) + at))
    for (const [at, pair] of pairs.entries()) {
      expect([(await visitsOf(pair)).length, (await issuesOf(pair)).length]).toEqual([1, at < 10 ? 3 : 2])
      expect((await pair.officer.ask(getQuota, { query: { month: '2026-03' } })).body.items).toMatchObject([{ counted: 1 }])
    }
  })
})
