import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { submitIssue } from '../../../shared/contract/issues.ts'
import { getProject, linkObstacle, listProjectHistory, listProjects, putInvestment, putMilestone, putProjectPlan, removeObstacle } from '../../../shared/contract/projects.ts'
import { getBulletin, listFigureRecords, recountBulletin } from '../../../shared/contract/reports.ts'
import { createPairing, endPairing, putEnterprise } from '../../../shared/contract/roster.ts'
import { getDirectorWorklist, getSupervisorWorklist, listDirectorTasks, listSupervisorTasks } from '../../../shared/contract/worklists.ts'
import { pairingIdOf } from '../../../shared/roster/pairing.ts'
import { projectCodeOf } from '../../mothers/project.ts'
import { enterpriseOf, foundDistrict, idOf, people, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
const project = { enterpriseId: projectCodeOf(1) }
const other = { enterpriseId: projectCodeOf(2) }
const of2026 = { ...project, year: '2026' }
const months = Array.from({ length: 12 }, () => 100)
const milestones = [{ milestoneId: 'topping-out', name: '主体封顶', plannedOn: '2026-06-30' }]
const newest = async (params = project) => (await district.supervisor.ask(getProject, { params })).etag

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  for (const [params, owner] of [[project, 'officer'], [other, 'stranger']] as const) {
    await district.supervisor.ask(putEnterprise, { params, body: { kind: 'project', name: `${owner}的项目` } })
    await district.supervisor.ask(createPairing, { body: { officerId: people[owner].officerId, ...params, startsOn: '2026-01-01' } })
  }
})
afterAll(() => district.close())

describe('a project', () => {
  it('is there before anything has been entered, and a company is none', async () => {
    const { body, etag } = await district.officer.ask(getProject, { params: project })
    expect([etag, body]).toEqual(['"0"', { ...project, name: 'officer的项目', year: 2026, month: '2026-01', progress: { planned: 0, invested: 0 }, lateMilestones: 0, milestones: [], obstacles: [], version: 0 }])
    expect(await district.officer.refused(getProject, { params: { enterpriseId: enterpriseOf.officer } })).toMatchObject({ status: 422, code: 'not-a-project' })
    expect(await district.supervisor.refused(getProject, { params: { enterpriseId: projectCodeOf(9) } })).toMatchObject({ status: 404, code: 'enterprise-not-found' })
  })

  it('is planned by the director, against what was read', async () => {
    const plan = (ifMatch?: string) => ({ params: of2026, body: { months, milestones, reason: '年初已开工' }, ...(ifMatch === undefined ? {} : { ifMatch }) })
    expect(await district.officer.refused(putInvestment, { params: { ...project, month: '2026-01' }, ifMatch: '"0"', body: { amount: 1 } })).toMatchObject({ status: 409, code: 'project-not-planned' })
    expect(await district.director.refused(putProjectPlan, plan())).toMatchObject({ status: 428 })
    expect(await district.director.refused(putProjectPlan, { ...plan('"0"'), body: { months, milestones } })).toMatchObject({ status: 422, code: 'project-reason-required' })
    const { etag, body } = await district.director.ask(putProjectPlan, plan('"0"'))
    expect(etag).toBe('"1"')
    // January counts, and nobody has reported it.
    expect(body).toMatchObject({ behind: { since: '2026-02-07' }, progress: { planned: 100, invested: 0 } })
    expect(body.plan?.months.slice(0, 2)).toEqual([{ month: '2026-01', planned: 100, state: 'unreported' }, { month: '2026-02', planned: 100, state: 'open' }])
    expect(await district.director.refused(putProjectPlan, plan('"0"'))).toMatchObject({ status: 412, code: 'if-match-stale' })
    // Sent again as it is, it changes nothing.
    expect((await district.director.ask(putProjectPlan, plan('"1"'))).etag).toBe('"1"')
    expect(await district.director.refused(putProjectPlan, { ...plan('"1"'), body: { months: months.map(() => 1), milestones } })).toMatchObject({ code: 'project-reason-required' })
  })

  it('leaves the worklists with the report that brings it up to its plan, and is never of a month to come', async () => {
    const sections = async () => [(await district.supervisor.ask(getSupervisorWorklist)).body, (await district.director.ask(getDirectorWorklist)).body].map(({ sections: all }) => all.find(({ section }) => section === 'projects'))
    const entry = { kind: 'project', ...project, month: '2026-01', planned: 100, invested: 0, lateMilestones: 0, obstacles: 0, unpaired: false, since: '2026-02-07T00:00:00+08:00' }
    expect(await sections()).toEqual([0, 1].map(() => ({ section: 'projects', count: 1, more: false, items: [entry] })))
    expect((await district['other-director'].ask(listDirectorTasks, { params: { section: 'projects' } })).body.items).toEqual([])
    const report = (month: string) => ({ params: { ...project, month }, ifMatch: '"1"', body: { amount: 100, remark: '土建' } })
    expect(await district.officer.refused(putInvestment, report('2026-04'))).toMatchObject({ status: 422, code: 'project-not-yet' })
    const { body } = await district.officer.ask(putInvestment, report('2026-01'))
    expect(body).not.toHaveProperty('behind')
    expect(await sections()).toEqual([0, 1].map(() => ({ section: 'projects', count: 0, more: false, items: [] })))
  })

  it('names the issues of its own that hold it up, as the ledger has them', async () => {
    const submit = async (enterpriseId: string) => (await district.officer.ask(submitIssue, { body: { enterpriseId, category: 'facilities', subcategory: 'roads', title: '道路', description: '道路不通' } })).body.issueId
    const [own, foreign] = [await submit(project.enterpriseId), await submit(enterpriseOf.officer)]
    const link = async (issueId: string) => ({ params: project, ifMatch: await newest(), body: { issueId } })
    for (const issueId of [foreign, '2026-999999']) expect(await district.officer.refused(linkObstacle, await link(issueId))).toMatchObject({ status: 422, code: 'issue-not-of-project' })
    const { body } = await district.officer.ask(linkObstacle, await link(own))
    expect(body.obstacles).toMatchObject([{ issueId: own, status: 'dispatched', departmentId: 'D-02', overdue: false, linkedBy: idOf('officer') }])
    expect(await district.officer.refused(linkObstacle, await link(own))).toMatchObject({ status: 409, code: 'obstacle-linked' })
    expect((await district.handler.ask(removeObstacle, { params: { ...project, issueId: own }, ifMatch: await newest() })).body.obstacles).toEqual([])
  })

  it('is looked at on each working day, when a month begins to count or the day of a milestone has passed', async () => {
    await district.supervisor.ask(putProjectPlan, { params: { ...other, year: '2026' }, ifMatch: '"0"', body: { months: months.map(() => 0), milestones: [{ ...milestones[0], plannedOn: '2026-03-05' }], reason: '年中立项' } })
    const listed = async () => (await district.supervisor.ask(listSupervisorTasks, { params: { section: 'projects' } })).body.items.map(item => ('enterpriseId' in item ? item.enterpriseId : ''))
    await district.clock('2026-03-06 08:00')
    expect(await listed()).toEqual([])
    await district.clock('2026-03-06 10:00')
    expect(await listed()).toEqual([other.enterpriseId])
    await district.clock('2026-03-09 10:00')
    expect(await listed()).toEqual([other.enterpriseId, project.enterpriseId])
    // Its mark has raised its version.
    expect(await district.stranger.refused(putMilestone, { params: { ...other, milestoneId: 'topping-out' }, ifMatch: await newest(other), body: { reachedOn: '1996-03-08' } })).toMatchObject({ status: 422, code: 'milestone-too-early' })
    const { body } = await district.stranger.ask(putMilestone, { params: { ...other, milestoneId: 'topping-out' }, ifMatch: await newest(other), body: { reachedOn: '2026-03-08' } })
    expect(body.milestones).toEqual([{ ...milestones[0], plannedOn: '2026-03-05', year: 2026, reachedOn: '2026-03-08' }])
    expect(await listed()).toEqual([project.enterpriseId])
  })

  it('stands in lists by year, department, and whether it is behind', async () => {
    const list = async (query: Record<string, string>) => (await district.handler.ask(listProjects, { query })).body.items.map(({ enterpriseId }) => enterpriseId)
    expect(await list({})).toEqual([project.enterpriseId, other.enterpriseId])
    expect(await list({ year: '2025' })).toEqual([])
    // How it stands is of today, so no year is said of it.
    expect((await district.handler.ask(listProjects, { query: {} })).body.items[1]).toEqual({ ...other, name: 'stranger的项目', month: '2026-02', progress: { planned: 0, invested: 0 }, lateMilestones: 0, version: expect.any(Number) as number })
    expect(await list({ behind: 'true' })).toEqual([project.enterpriseId])
    expect(await list({ behind: 'false' })).toEqual([other.enterpriseId])
    expect(await list({ departmentId: 'D-03' })).toEqual([other.enterpriseId])
    expect(await district.handler.refused(listProjects, { query: { departmentId: 'D-99' } })).toMatchObject({ code: 'department-not-found' })
  })

  it('keeps in its history what was there before each change, the latest first', async () => {
    await district.director.ask(putProjectPlan, { params: of2026, ifMatch: await newest(), body: { months: [50, ...months.slice(1)], milestones, reason: '资金推迟到位' } })
    const correction = { params: { ...project, month: '2026-01' }, ifMatch: await newest(), body: { amount: 90 } }
    expect(await district.officer.refused(putInvestment, correction)).toMatchObject({ status: 422, code: 'project-reason-required' })
    await district.officer.ask(putInvestment, { ...correction, body: { ...correction.body, reason: '扣除预付款' } })
    const { body } = await district.officer.ask(listProjectHistory, { params: project })
    expect(body.items.map(({ event, by }) => [event, by])).toEqual([
      ['invested', idOf('officer')], ['planned', idOf('director')], ['obstacle-removed', idOf('handler')], ['obstacle-linked', idOf('officer')], ['invested', idOf('officer')], ['planned', idOf('director')],
    ])
    expect(body.items[0]).toMatchObject({ month: '2026-01', before: 100, after: 90, reason: '扣除预付款' })
    expect(body.items[1]).toMatchObject({ year: 2026, reason: '资金推迟到位', before: { months }, after: { months: [50, ...months.slice(1)] } })
    expect(body.items[5]).toMatchObject({ year: 2026, reason: '年初已开工', after: { months } })
  })

  it('is the officer’s only while they are paired', async () => {
    const pairing = { officerId: idOf('officer'), ...project, startsOn: '2026-01-01' }
    await district.supervisor.ask(endPairing, { params: { pairingId: pairingIdOf(pairing) }, body: { endsOn: '2026-03-08' } })
    expect(await district.officer.refused(getProject, { params: project })).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await district.director.refused(putProjectPlan, { params: of2026, ifMatch: await newest(), body: { months, milestones, reason: '调整' } })).toMatchObject({ code: 'out-of-reach' })
  })

  it('waits for the campaign office alone once nobody is paired with it', async () => {
    const params = { section: 'projects' } as const
    await district.callFor('quota-reminder', '2026-03-10 09:00')
    expect((await district.supervisor.ask(listSupervisorTasks, { params })).body.items).toEqual([expect.objectContaining({ ...project, planned: 150, invested: 90, unpaired: true })])
    expect((await district.director.ask(listDirectorTasks, { params })).body.items).toEqual([])
  })
})

describe('the bulletin', () => {
  it('counts projects to the last month that counts, for the department of whoever was paired last, and shows later corrections when it is counted anew', async () => {
    await district.callFor('monthly-bulletin', '2026-04-01 07:30')
    district.leap('2026-04-01 10:00')
    const { body } = await district.supervisor.ask(getBulletin, { params: { month: '2026-03' } })
    const of = ({ projectsPlanned, investmentPlanned, investmentMade, projectsBehind, projectsUnreported, milestonesDue, milestonesReached }: typeof body.figures) => [projectsPlanned, investmentPlanned, investmentMade, projectsBehind, projectsUnreported, milestonesDue, milestonesReached]
    expect([body.issued, of(body.figures), body.rates.investment]).toEqual([true, [2, 150, 90, 1, 1, 1, 1], { numerator: 90, denominator: 150, percent: 60 }])
    expect(body.byDepartment.filter(({ figures }) => figures.projectsPlanned > 0).map(({ departmentId, figures }) => [departmentId, of(figures)])).toEqual([['D-02', [1, 150, 90, 1, 1, 0, 0]], ['D-03', [1, 0, 0, 0, 0, 1, 1]]])
    const records = async (figure: string) => (await district.supervisor.ask(listFigureRecords, { params: { month: '2026-03' }, query: { figure } })).body.items
    expect(await records('investmentMade')).toEqual([{ kind: 'project', ...project, departmentId: 'D-02', amount: 90 }])
    expect((await district['other-director'].ask(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'projectsPlanned' } })).body.items).toEqual([{ kind: 'project', ...other, departmentId: 'D-03', amount: 1 }])
    const recount = async () => (await district.supervisor.ask(recountBulletin, { params: { month: '2026-03' } })).body.differences.filter(({ departmentId }) => departmentId === undefined)
    expect(await recount()).toEqual([])
    await district.supervisor.ask(putInvestment, { params: { ...project, month: '2026-02' }, ifMatch: await newest(), body: { amount: 60 } })
    expect(await recount()).toEqual([
      { figure: 'investmentMade', issued: 90, counted: 150 }, { figure: 'projectsBehind', issued: 1, counted: 0 }, { figure: 'projectsUnreported', issued: 1, counted: 0 },
    ])
  })
})
