import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../shared/contract/index.ts'
import {
  acceptIssue, acknowledgeIssue, acknowledgePiece, answerPiece, askForAssistance, askForExplanation, askForExtension, askForPause, callBackIssue, changeTier, decideRequest, getDeadlines, getIssue, getTimeline, listIssues,
  mergeIssue, overrideIssue, refusePiece, replyToIssue, resolveIssue, resumeIssue, separateIssue, submitIssue, transferIssue,
} from '../../../shared/contract/issues.ts'
import {
  acknowledgeStep, callBackOnCase, finishStep, getCase, getCaseTimeline, getTemplate, listCases, listTemplates, openCase, putTemplate, reassignCase, refuseStep, resumeStep, startStep, waitInStep, withdrawCase,
} from '../../../shared/contract/cases.ts'
import {
  appealOnDepartmentSheet, appealOnOfficerSheet, decideOnDepartmentSheet, decideOnOfficerSheet, drawUpAssessment, exportDepartmentSheet, exportOfficerSheet, finalizeAssessment, getAssessment, getDepartmentSheet, getOfficerSheet, getRanking, getRankings,
  listAssessmentComponents, listAssessments, listOfficerSheets, openAssessment, putRankings, recountAssessment,
} from '../../../shared/contract/assessments.ts'
import { listConfirmations } from '../../../shared/contract/confirmations.ts'
import { listContactTasks } from '../../../shared/contract/contact-tasks.ts'
import { listEnterpriseVisits } from '../../../shared/contract/enterprise-visits.ts'
import { checkFlag, getFlag, listFlags } from '../../../shared/contract/flags.ts'
import { getMeasure, listMeasureEnterprises, listMeasures, putMeasure } from '../../../shared/contract/measures.ts'
import {
  appealAgainstNotice, decideOnAppeal, draftNotice, dropNotice, getNotice, listNotices, publishNotice, withdrawNotice,
} from '../../../shared/contract/notices.ts'
import { viewNotice, viewNotices } from '../../../shared/contract/publications.ts'
import { getPublishedNotice, listPublishedNotices } from '../../../shared/contract/published-notices.ts'
import { roles, type Operation, type Role } from '../../../shared/contract/operation.ts'
import { getOfficerRating, listOfficerRatings } from '../../../shared/contract/officer-ratings.ts'
import { getCalendar, getPolicy, putCalendar, putPolicy, rehearsePolicy } from '../../../shared/contract/policy.ts'
import { getProject, linkObstacle, listProjectHistory, listProjects, putInvestment, putMilestone, putProjectPlan, removeObstacle } from '../../../shared/contract/projects.ts'
import { callSession, cancelSession, changeSession, decideOnTheSpot, enterMinutes, getAgenda, getSession, listDecisions, listSessions } from '../../../shared/contract/sessions.ts'
import { getBulletin, listFigureRecords, listFigures, recountBulletin } from '../../../shared/contract/reports.ts'
import {
  createPairing, endPairing, getDepartment, getEnterprise, getOfficer, importRoster, listDepartments, listEnterprises, listOfficers, listPairings,
  putDepartment, putEnterprise, putOfficer, revokeLinks, sendLink,
} from '../../../shared/contract/roster.ts'
import { decideExemption, getExemption, getQuota, listExemptions, listVisits, recordVisit, requestExemption } from '../../../shared/contract/visits.ts'
import { getDocs, getOpenApi } from '../../../shared/contract/docs.ts'
import { exportLedger, exportQuota, exportVisits } from '../../../shared/contract/exports.ts'
import { getDirectorWorklist, getSupervisorWorklist, listDirectorTasks, listSupervisorTasks } from '../../../shared/contract/worklists.ts'
import { defaultPolicy } from '../../../shared/policy/policy.ts'
import { flagIdOf } from '../../../shared/visit/flag.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { projectCodeOf } from '../../mothers/project.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, people, type District } from './district.ts'
import type { Ask, Client, Refusal } from './client.ts'
import { startWorld } from './world.ts'

/** Whose the object is, to staff of department D-02: the officer's of the table, a colleague's, one of another department. */
const owners = ['officer', 'colleague', 'stranger'] as const
type Owner = (typeof owners)[number]

/**
 * For every operation, what each role gets of the officer's own objects, of the department's, and of another
 * department's: `+` it is done or shown, `0` it is answered and nothing is shown, `-` it is refused; `x`
 * likewise, though the role may of what is its own, which none of these is.
 * Written from the rules, not from the contract.
 */
const table: Readonly<Record<string, string>> = {
  //                  officer handler director supervisor admin
  putDepartment: '    ---     ---     ---      ---        +++',
  getDepartment: '    +++     +++     +++      +++        +++',
  listDepartments: '  +++     +++     +++      +++        +++',
  putOfficer: '       ---     ---     ---      ---        +++',
  getOfficer: '       +++     +++     +++      +++        +++',
  listOfficers: '     +++     +++     +++      +++        +++',
  putEnterprise: '    ---     ---     ---      +++        +++',
  sendLink: '         +--     ---     ---      +++        ---',
  revokeLinks: '      ---     ---     ---      +++        +++',
  getEnterprise: '    +--     +++     +++      +++        +++',
  listEnterprises: '  ---     +++     +++      +++        +++',
  createPairing: '    ---     ---     ---      +++        +++',
  endPairing: '       ---     ---     ---      +++        +++',
  listPairings: '     +--     +++     +++      +++        +++',
  importRoster: '     ---     ---     ---      ---        +++',
  recordVisit: '      +--     ---     ---      +++        ---',
  listVisits: '       +--     ---     ++-      +++        +++',
  listContactTasks: ' +--     ---     ++-      +++        +++',
  listEnterpriseVisits: ' +-- ---     ++-      +++        +++',
  getQuota: '         +--     ---     ++-      +++        +++',
  requestExemption: ' +--     ---     ---      +++        ---',
  decideExemption: '  ---     ---     ++-      +++        ---',
  getExemption: '     +--     ---     ++-      +++        +++',
  listExemptions: '   +--     ---     ++-      +++        +++',
  putMeasure: '       ---     ---     ---      +++        +++',
  getMeasure: '       +++     +++     +++      +++        +++',
  listMeasures: '     +++     +++     +++      +++        +++',
  listMeasureEnterprises: ' +-- ---     ++-      +++        +++',
  listConfirmations: '---     ---     ---      +++        +++',
  listFlags: '        ---     ---     ---      +++        +++',
  getFlag: '          ---     ---     ---      +++        +++',
  checkFlag: '        ---     ---     ---      +++        +++',
  submitIssue: '      +--     ---     ---      +++        ---',
  // The department was asked for a piece of the stranger's, which is how its staff see some of them.
  listIssues: '       +00     +++     +++      +++        +++',
  getIssue: '         +--     ++-     ++-      +++        +++',
  getTimeline: '      +--     ++-     ++-      +++        +++',
  getDeadlines: '     +--     ++-     ++-      +++        +++',
  acceptIssue: '      ---     ++-     ++-      ---        ---',
  replyToIssue: '     ---     ++-     ++-      ---        ---',
  transferIssue: '    ---     ++-     ++-      +++        ---',
  resolveIssue: '     ---     ++-     ++-      ---        ---',
  acknowledgeIssue: ' ---     ++-     ++-      +++        ---',
  askForAssistance: ' ---     ++-     ++-      ---        ---',
  // Pieces are of the department that was asked: here the staff's own where a stranger's issue is concerned.
  acknowledgePiece: ' ---     --+     --+      ---        ---',
  answerPiece: '      ---     --+     --+      ---        ---',
  refusePiece: '      ---     --+     --+      ---        ---',
  askForExplanation: '---     ++-     ++-      ---        ---',
  askForExtension: '  ---     ++-     ++-      ---        ---',
  askForPause: '      ---     ++-     ++-      ---        ---',
  decideRequest: '    ---     ---     ++-      +++        ---',
  resumeIssue: '      ---     ++-     ++-      +++        ---',
  changeTier: '       ---     ---     ---      +++        ---',
  mergeIssue: '       ---     ---     ---      +++        ---',
  separateIssue: '    ---     ++-     ++-      +++        ---',
  callBackIssue: '    ---     ---     ---      +++        ---',
  overrideIssue: '    ---     ---     ---      +++        ---',
  listSessions: '     +00     ++0     ++0      +++        +++',
  callSession: '      ---     ---     ++-      +++        ---',
  getSession: '       +--     ++-     ++-      +++        +++',
  getAgenda: '        +--     ++-     ++-      +++        +++',
  changeSession: '    ---     ---     ++-      +++        ---',
  cancelSession: '    ---     ---     ++-      +++        ---',
  // The director holds those of the department's that there are here.
  decideOnTheSpot: '  ---     ---     ++-      +++        ---',
  enterMinutes: '     ---     ---     ++-      +++        ---',
  listDecisions: '    +00     ++0     ++0      +++        +++',
  putTemplate: '      ---     ---     ---      +++        +++',
  getTemplate: '      +++     +++     +++      +++        +++',
  listTemplates: '    +++     +++     +++      +++        +++',
  openCase: '         +--     ---     ---      +++        ---',
  listCases: '        +00     ++0     ++0      +++        +++',
  getCase: '          +--     ++-     ++-      +++        +++',
  getCaseTimeline: '  +--     ++-     ++-      +++        +++',
  acknowledgeStep: '  ---     ++-     ++-      ---        ---',
  startStep: '        ---     ++-     ++-      ---        ---',
  waitInStep: '       ---     ++-     ++-      ---        ---',
  resumeStep: '       ---     ++-     ++-      ---        ---',
  finishStep: '       ---     ++-     ++-      ---        ---',
  refuseStep: '       ---     ++-     ++-      ---        ---',
  reassignCase: '     ---     ---     ---      +++        ---',
  withdrawCase: '     +--     ---     ---      +++        ---',
  callBackOnCase: '   ---     ---     ---      +++        ---',
  listPublishedNotices: '+++  +++     +++      +++        +++',
  getPublishedNotice: '+++    +++     +++      +++        +++',
  viewNotices: '      +++     +++     +++      +++        +++',
  viewNotice: '       +++     +++     +++      +++        +++',
  draftNotice: '      ---     ---     ++-      +++        ---',
  // Of an officer: their own, their department's director's, and the office's.
  listNotices: '      +++     000     +++      +++        +++',
  getNotice: '        +--     xxx     ++-      +++        +++',
  appealAgainstNotice: '+--   xxx     xxx      xxx        xxx',
  decideOnAppeal: '   ---     ---     ---      +++        ---',
  publishNotice: '    ---     ---     ---      +++        ---',
  dropNotice: '       ---     ---     ---      +++        ---',
  withdrawNotice: '   ---     ---     ---      +++        ---',
  // Of an officer like a notice; of a department, its directors. Nobody appeals for somebody else.
  listAssessmentComponents: '+++ +++  +++      +++        +++',
  drawUpAssessment: ' ---     ---     ---      +++        ---',
  listAssessments: '  +++     +++     +++      +++        +++',
  getAssessment: '    +++     +++     +++      +++        +++',
  openAssessment: '   ---     ---     ---      +++        ---',
  finalizeAssessment: '---    ---     ---      +++        ---',
  recountAssessment: '---     ---     ---      +++        ---',
  listOfficerSheets: '---     ---     ++-      +++        +++',
  getOfficerSheet: '  +--     xxx     ++-      +++        +++',
  getDepartmentSheet: '---    ---     ++-      +++        +++',
  exportOfficerSheet: '+--    xxx     ++-      +++        +++',
  exportDepartmentSheet: '--- ---     ++-      +++        +++',
  appealOnOfficerSheet: '+--  xxx     xxx      xxx        xxx',
  appealOnDepartmentSheet: '--- ---   ++-      ---        ---',
  decideOnOfficerSheet: '---  ---     ---      +++        ---',
  decideOnDepartmentSheet: '--- ---   ---      +++        ---',
  getRankings: '      +++     +++     +++      +++        +++',
  putRankings: '      ---     ---     ---      +++        ---',
  getRanking: '       ---     ---     ++-      +++        ---',
  // What the enterprise is to them, its project is.
  putProjectPlan: '   ---     ---     ++-      +++        ---',
  putInvestment: '    +--     ++-     ++-      +++        ---',
  putMilestone: '     +--     ++-     ++-      +++        ---',
  linkObstacle: '     +--     ++-     ++-      +++        ---',
  removeObstacle: '   +--     ++-     ++-      +++        ---',
  getProject: '       +--     +++     +++      +++        +++',
  listProjectHistory: '+--    +++     +++      +++        +++',
  listProjects: '     ---     +++     +++      +++        +++',
  getPolicy: '        +++     +++     +++      +++        +++',
  putPolicy: '        ---     ---     ---      +++        +++',
  rehearsePolicy: '   ---     ---     ---      +++        +++',
  getCalendar: '      +++     +++     +++      +++        +++',
  putCalendar: '      ---     ---     ---      +++        +++',
  getBulletin: '      ---     ---     +++      +++        +++',
  // As its list; and so the two others.
  exportLedger: '     +00     +++     +++      +++        +++',
  exportVisits: '     +--     ---     ++-      +++        +++',
  exportQuota: '      +--     ---     ++-      +++        +++',
  getSupervisorWorklist: ' --- ---     ---      +++        +++',
  listSupervisorTasks: ' --- ---     ---      +++        +++',
  getDirectorWorklist: ' --- ---     ++-      +++        +++',
  listDirectorTasks: ' ---    ---     ++-      +++        +++',
  recountBulletin: '  ---     ---     +++      +++        +++',
  listFigureRecords: '---     ---     ++-      +++        +++',
  getOfficerRating: ' +--     ---     ++-      +++        +++',
  listOfficerRatings: '---    ---     ++-      +++        +++',
  listFigures: '      ---     ---     +++      +++        +++',
  getOpenApi: '       +++     +++     +++      +++        +++',
  getDocs: '          +++     +++     +++      +++        +++',
}

let district: District
const secrets: string[] = []
/** What each owner has when the callers come: issues that are late, accepted, resolved and not rated, a visit, a request for exemption. */
const has: Record<string, Readonly<Record<'late' | 'accepted' | 'assistable' | 'assisted' | 'refusable' | 'extendable' | 'pausable' | 'explainable' | 'requested' | 'paused' | 'mergeable' | 'merged' | 'target' | 'silent' | 'case' | 'waitingCase' | 'refusableCase' | 'withdrawableCase' | 'silentCase' | 'criticism' | 'appealed' | 'commendation' | 'published' | 'obstacles' | 'exemptions' | 'flags' | 'pairingIds' | 'changeable' | 'cancellable' | 'begun', readonly string[]>>> = {}

const newIssue = (owner: Owner) => ({
  enterpriseId: enterpriseOf[owner], category: 'facilities', subcategory: 'roads', tier: 'A', title: `${owner}的机密标题`, description: `${owner}的机密说明`,
})

const newNotice = (owner: Owner, kind: 'criticism' | 'commendation') => ({ kind, officerId: idOf(owner), title: `给${owner}的标题`, text: `给${owner}的内容` })
let otherSupervisor: Client

/** A project of each owner, whom they are paired with. */
const projectOf = { officer: projectCodeOf(1), colleague: projectCodeOf(2), stranger: projectCodeOf(3) } as const
const planFor = (owner: Owner) => ({ months: Array.from({ length: 12 }, () => 100), milestones: [{ milestoneId: 'start', name: `${owner}的机密节点`, plannedOn: '2026-03-20' }], reason: `${owner}的机密理由` })

const directorOf = (owner: Owner) => (owner === 'stranger' ? district['other-director'] : district.director)

/** Lists of sessions go from a day on: nobody sees those of the owners before. */
const sessionDayOf = { officer: '2026-03-10', colleague: '2026-03-11', stranger: '2026-03-12' } as const

const newSession = (owner: Owner, startsOn: string) => ({
  title: `${owner}的机密会议`, place: '示例园区', startsAt: `${startsOn}T09:00:00+08:00`, endsAt: `${startsOn}T10:00:00+08:00`, enterpriseIds: [enterpriseOf[owner]],
})

/** As many objects as callers who may change one: each needs a fresh one. */
const changers = 3
/** Where only who works in the department may. */
const workers = 2

const prepare = async (owner: Owner): Promise<void> => {
  const leads = owner === 'stranger' ? district['other-handler'] : district.handler
  const submit = () => district[owner].ask(submitIssue, { body: newIssue(owner) })
  const several = <T>(make: (at: number) => Promise<T>, count = changers) => Promise.all(Array.from({ length: count }, (_, at) => make(at)))
  const accept = async () => {
    const { body, etag } = await submit()
    return leads.ask(acceptIssue, { params: { issueId: body.issueId }, ifMatch: etag })
  }
  const acceptedOnes = (count = workers) => several(async () => (await accept()).body.issueId, count)
  const [accepted, assistable, extendable, pausable, explainable] = [await acceptedOnes(), await acceptedOnes(), await acceptedOnes(changers), await acceptedOnes(), await acceptedOnes()]
  // Asked of the other department; due in a day, so that it is late when the callers come.
  const asked = () => several(async () => {
    const { body, etag } = await accept()
    const piece = { departmentId: otherDepartmentOf(owner), message: `${owner}的机密事项`, workingDays: 1 }
    return (await leads.ask(askForAssistance, { params: { issueId: body.issueId }, ifMatch: etag, body: piece })).body.issueId
  }, workers)
  const [assisted, refusable] = [await asked(), await asked()]
  const ask = async () => {
    const { body, etag } = await accept()
    return leads.ask(askForPause, { params: { issueId: body.issueId }, ifMatch: etag, body: { waitingFor: 'enterprise', reason: `${owner}的机密理由` } })
  }
  const requested = await several(async () => (await ask()).body.issueId)
  const paused = await several(async () => {
    const { body, etag } = await ask()
    return (await district.supervisor.ask(decideRequest, { params: { issueId: body.issueId }, ifMatch: etag, body: { decision: 'approved' } })).body.issueId
  })
  const mergeable = [(await submit()).body.issueId]
  const target = [(await submit()).body.issueId]
  const merged = await several(async () => (await submit()).body.issueId)
  // One after another, for each changes the other issue.
  for (const issueId of merged) await district.supervisor.ask(mergeIssue, { params: { issueId }, ifMatch: '"1"', body: { intoIssueId: target[0], reason: '同一路段' } })
  const late = await several(async () => (await submit()).body.issueId)
  const silent = await several(async () => {
    const { body, etag } = await submit()
    const params = { issueId: body.issueId }
    await leads.ask(resolveIssue, { params, ifMatch: (await leads.ask(acceptIssue, { params, ifMatch: etag })).etag, body: { message: '已办结' } })
    return body.issueId
  })
  await district.supervisor.ask(putMeasure, { params: { measureId: `M-${owner}` }, body: measureFor(owner) })
  await district[owner].ask(recordVisit, { body: { enterpriseId: enterpriseOf[owner], visitedOn: '2026-03-02', mode: 'onsite', summary: `${owner}的机密纪要` } })
  // Of calls at one time each but the first is flagged.
  const calls: string[] = []
  for (let call = 0; call <= changers; call++) {
    const at = { visitedOn: '2026-03-02', from: '09:00', until: '09:10' }
    calls.push((await district[owner].ask(recordVisit, { body: { enterpriseId: enterpriseOf[owner], ...at, mode: 'phone', summary: `${owner}的第${call}次电话` } })).body.visitId)
  }
  const flags = calls.slice(1).map(visitId => flagIdOf('overlap', visitId))
  const otherEnterprises = await several(async at => {
    const enterpriseId = creditCodeOf(100 + 10 * owners.indexOf(owner) + at)
    await district.supervisor.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: `${owner}的另一企业${at}` } })
    return enterpriseId
  })
  const pairingIds = await several(async at => {
    const { body } = await district.supervisor.ask(createPairing, { body: { officerId: idOf(owner), enterpriseId: otherEnterprises[at], startsOn: '2026-01-01' } })
    return body.pairingId
  })
  const exemptions = await several(async at => {
    const { body } = await district[owner].ask(requestExemption, {
      body: { month: '2026-03', enterpriseId: otherEnterprises[at], reason: 'health', remark: `${owner}的机密病情` },
    })
    return body.exemptionId
  })
  // One after another: their numbers follow each other.
  const sessions = async (startsOn: string): Promise<readonly string[]> => {
    const ids: string[] = []
    for (let at = 0; at < changers; at++) ids.push((await directorOf(owner).ask(callSession, { body: newSession(owner, startsOn) })).body.sessionId)
    return ids
  }
  const [changeable, cancellable, begun] = [await sessions(sessionDayOf[owner]), await sessions('2026-03-09'), await sessions('2026-03-03')]
  // One step alone, of the owner's own department, due in a day: it is late when the callers come.
  await district.supervisor.ask(putTemplate, { params: { templateId: `T-${owner}` }, body: templateFor(owner) })
  const open = async () => (await district[owner].ask(openCase, { body: newCase(owner) })).body.caseId
  const start = async () => {
    const caseId = await open()
    const at = { caseId, stepId: 'only' }
    await leads.ask(startStep, { params: at, ifMatch: '"1"' })
    return at
  }
  const finish = async () => {
    const { caseId } = await start()
    await leads.ask(finishStep, { params: { caseId, stepId: 'only' }, ifMatch: '"2"' })
    await leads.ask(startStep, { params: { caseId, stepId: 'handover' }, ifMatch: '"3"' })
    await leads.ask(finishStep, { params: { caseId, stepId: 'handover' }, ifMatch: '"4"', body: { words: '已送达。' } })
    return caseId
  }
  const wait = async () => {
    const at = await start()
    await leads.ask(waitInStep, { params: at, ifMatch: '"2"', body: { reason: '材料不全', needed: '图纸' } })
    return at.caseId
  }
  const ofCases = { case: await several(open), waitingCase: await several(wait), refusableCase: await several(open), withdrawableCase: await several(open), silentCase: await several(finish, 1) }
  // The other supervisor's, so that the one of the table is nobody's drafter.
  const draft = async (kind: 'criticism' | 'commendation') => (await otherSupervisor.ask(draftNotice, { body: newNotice(owner, kind) })).body.noticeId
  const appeal = async () => {
    const noticeId = await draft('criticism')
    await district[owner].ask(appealAgainstNotice, { params: { noticeId }, ifMatch: '"1"', body: { reason: `${owner}的机密理由` } })
    return noticeId
  }
  const publish = async () => {
    const noticeId = await draft('commendation')
    await district.supervisor.ask(publishNotice, { params: { noticeId }, ifMatch: '"1"' })
    return noticeId
  }
  // One after another: their numbers follow each other.
  const ofNotices = { criticism: [await draft('criticism'), await draft('criticism')], appealed: [await appeal()], commendation: [await draft('commendation')], published: [await publish(), await publish()] }
  const project = { params: { enterpriseId: projectOf[owner] } }
  await district.supervisor.ask(putEnterprise, { ...project, body: { kind: 'project', name: `${owner}的项目` } })
  await district.supervisor.ask(createPairing, { body: { officerId: idOf(owner), enterpriseId: projectOf[owner], startsOn: '2026-01-01' } })
  await district.supervisor.ask(putProjectPlan, { params: { ...project.params, year: '2026' }, ifMatch: '"0"', body: planFor(owner) })
  // One for each role, which some of them link and remove again.
  const obstacles = await several(async () => (await district[owner].ask(submitIssue, { body: { ...newIssue(owner), enterpriseId: projectOf[owner] } })).body.issueId, roles.length)
  has[owner] = { ...ofCases, ...ofNotices, obstacles, changeable, cancellable, begun, accepted, assistable, assisted, refusable, extendable, pausable, explainable, requested, paused, mergeable, merged, target, late, silent, exemptions, flags, pairingIds }
  secrets.push(`${owner}的机密`, `${owner}的企业`, `${owner}的联系人`, `contact-${owner}@`, enterpriseOf[owner])
}

/**
 * A period for whatever is done with one: as many as owners, where it can be done once. Each is drawn up while its records are
 * still counted, so the world begins in January 2022. Officers have sheets since they were paired.
 */
const periods = {
  open: '2025-H2', appealed: '2025', undrawn: '2024-H2',
  drafts: { officer: '2020', colleague: '2021-H1', stranger: '2021-H2' },
  /** The other department's director has appealed; the supervisor of the table is of the first. */
  appealedByOther: { officer: '2025', colleague: '2025-H2', stranger: '2025-H1' },
  over: { officer: '2022-H2', colleague: '2023-H1', stranger: '2023-H2' },
  final: { officer: '2020-H1', colleague: '2020-H2', stranger: '2021' },
} as const

const onAssessment = (period: string, more: Ask = {}): Ask => ({ ifMatch: newest, ...more, params: { period, ...more.params } })
const command = async (op: Operation, all: readonly string[]): Promise<void> => {
  for (const period of all) await district.supervisor.ask(op, await fresh(onAssessment(period)))
}
const workOnAssessments = async (): Promise<void> => {
  expect(await district.run('assessment-work')).toMatchObject({ ok: true })
}

const drawUp = async (...all: readonly string[]): Promise<void> => {
  for (const period of all) await district.supervisor.ask(drawUpAssessment, { body: { period } })
  await workOnAssessments()
}

/** Those that are to be final can be appealed against for a day alone. */
const openAssessments = async (): Promise<void> => {
  const [soon, later] = [[...Object.values(periods.over), ...Object.values(periods.final)], Object.values(periods.appealedByOther)]
  await drawUp(...Object.values(periods.drafts), ...Object.values(periods.final))
  district.leap('2024-01-10 10:00')
  await drawUp(...Object.values(periods.over))
  district.leap('2026-03-02 10:00')
  await drawUp(...later)
  await district.supervisor.ask(putPolicy, { body: { ...defaultPolicy, assessment: { ...defaultPolicy.assessment, appealWorkingDays: 1 } } })
  await command(openAssessment, soon)
  await district.supervisor.ask(putPolicy, { body: defaultPolicy })
  await command(openAssessment, later)
  await workOnAssessments()
  const appeal = { component: 'quota', reason: '当月住院' }
  for (const owner of owners) {
    await district[owner].ask(appealOnOfficerSheet, { params: { period: periods.appealed, officerId: idOf(owner) }, ifMatch: '"1"', body: appeal })
    await district['other-director'].ask(appealOnDepartmentSheet, { params: { period: periods.appealedByOther[owner], departmentId: 'D-03' }, ifMatch: '"1"', body: appeal })
  }
}

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2022-01-10 10:00'), '2025-12-01')
  await openAssessments()
  // The day after a resolution that nobody has rated, a supervisor may call back.
  await district.supervisor.ask(putPolicy, { body: { ...defaultPolicy, deadlines: { ...defaultPolicy.deadlines, callBackAfterWorkingDays: 1 } } })
  await district.admin.ask(putOfficer, { params: { officerId: '0003' }, body: { name: '另一督查', email: 'other-supervisor@district.example', departmentId: 'D-03', roles: ['supervisor'] } })
  otherSupervisor = await district.as('other-supervisor@district.example')
  for (const owner of owners) await prepare(owner)
  // Two working days on, the accept clocks have escalated. What fell due in four years is left: of it, this alone matters.
  district.leap('2026-03-04 10:00')
  for (const schedule of ['monthly-bulletin', 'escalation-sweep'] as const) expect(await district.run(schedule)).toMatchObject({ ok: true })
  await command(finalizeAssessment, Object.values(periods.final))
  await workOnAssessments()
  // Some six hundred requests, and twelve assessments.
}, 180_000)
afterAll(() => district.close())

const made = (owner: Owner) => {
  const all = has[owner]
  if (all === undefined) throw new Error(`${owner} has nothing`)
  return all
}

/** A fresh object for each caller who may change it; the last one for those who are refused. */
const oneOf = <T>(all: readonly T[], role: Role): T => {
  const one = all[{ handler: 0, director: 1, supervisor: 2, admin: 1, officer: 0 }[role]] ?? all.at(-1)
  if (one === undefined) throw new Error('there are too few')
  return one
}

const newest = 'newest'
const onIssue = (issueId: string, more: Ask = {}): Ask => ({ params: { issueId }, ifMatch: newest, ...more })
const onPiece = (issueId: string, more: Ask = {}): Ask => ({ params: { issueId, piece: '1' }, ifMatch: newest, ...more })
const onCase = (caseId: string, more: Ask = {}): Ask => ({ params: { caseId }, ifMatch: newest, ...more })
const onStep = (caseId: string, more: Ask = {}): Ask => ({ params: { caseId, stepId: 'only' }, ifMatch: newest, ...more })
const onNotice = (noticeId: string, more: Ask = {}): Ask => ({ params: { noticeId }, ifMatch: newest, ...more })
const onProject = (owner: Owner, more: Ask & { readonly shows?: string }): Ask & { readonly shows?: string } => ({ params: { enterpriseId: projectOf[owner] }, ifMatch: newest, ...more })
const templateFor = (owner: Owner) => ({
  title: `给${owner}的流程`, subcategory: 'construction',
  steps: [{ stepId: 'only', title: '核发', departmentId: people[owner].departmentId, after: [], statutoryWorkingDays: 10, promisedWorkingDays: 1, mode: 'guide' }],
  handover: { departmentId: people[owner].departmentId, workingDays: 1 },
})
const newCase = (owner: Owner) => ({ templateId: `T-${owner}`, enterpriseId: enterpriseOf[owner], title: `${owner}的机密事项`, remark: `${owner}的机密备注` })
const otherDepartmentOf = (owner: Owner): string => (owner === 'stranger' ? 'D-02' : 'D-03')
const measureFor = (owner: Owner) => ({ title: `给${owner}的政策`, summary: '可以申请返还部分失业保险费。', validFrom: '2026-01-01' })
const officerBody = (owner: Owner) => ({ name: `示例${owner}`, email: addressOf(owner), departmentId: people[owner].departmentId, roles: ['officer'] })

/** The request of each operation, about an object of this owner, and what of the owner's the answer must show. */
const requests: Readonly<Record<string, (owner: Owner, role: Role) => Ask & { readonly shows?: string }>> = {
  putDepartment: owner => ({ params: { departmentId: people[owner].departmentId }, body: { name: '某局' } }),
  getDepartment: owner => ({ params: { departmentId: people[owner].departmentId }, shows: people[owner].departmentId }),
  listDepartments: owner => ({ shows: people[owner].departmentId }),
  putOfficer: owner => ({ params: { officerId: idOf(owner) }, body: officerBody(owner) }),
  getOfficer: owner => ({ params: { officerId: idOf(owner) }, shows: addressOf(owner) }),
  listOfficers: owner => ({ query: { departmentId: people[owner].departmentId }, shows: addressOf(owner) }),
  putEnterprise: owner => ({ params: { enterpriseId: enterpriseOf[owner] }, body: { kind: 'company', name: `${owner}的企业`, contactEmail: `contact-${owner}@example.com` } }),
  sendLink: owner => ({ params: { enterpriseId: enterpriseOf[owner] } }),
  revokeLinks: owner => ({ params: { enterpriseId: enterpriseOf[owner] } }),
  getEnterprise: owner => ({ params: { enterpriseId: enterpriseOf[owner] }, shows: `${owner}的企业` }),
  listEnterprises: owner => ({ shows: enterpriseOf[owner] }),
  createPairing: (owner, role) => ({ body: { officerId: idOf(owner), enterpriseId: enterpriseOf[owner], startsOn: role === 'supervisor' ? '2025-01-01' : '2024-01-01', endsOn: role === 'supervisor' ? '2025-06-30' : '2024-06-30' } }),
  endPairing: (owner, role) => ({ params: { pairingId: oneOf(made(owner).pairingIds, role) }, body: { endsOn: '2026-03-31' } }),
  listPairings: owner => ({ query: { officerId: idOf(owner) }, shows: enterpriseOf[owner] }),
  importRoster: owner => ({ params: { kind: 'departments' }, query: { dryRun: 'true' }, body: `departmentId,name\r\n${people[owner].departmentId},某局` }),
  recordVisit: owner => ({ body: { enterpriseId: enterpriseOf[owner], visitedOn: '2026-03-03', mode: 'phone', summary: '电话', officerId: idOf(owner) } }),
  listVisits: owner => ({ query: { officerId: idOf(owner), month: '2026-03' }, shows: `${owner}的机密纪要` }),
  listContactTasks: owner => ({ query: { officerId: idOf(owner) }, shows: `${owner}的另一企业` }),
  listEnterpriseVisits: owner => ({ params: { enterpriseId: enterpriseOf[owner] }, query: { month: '2026-03' }, shows: `示例${owner}` }),
  getQuota: owner => ({ query: { officerId: idOf(owner), month: '2026-03' }, shows: enterpriseOf[owner] }),
  requestExemption: (owner, role) => ({ body: { month: role === 'officer' ? '2026-04' : '2026-05', reason: 'training', officerId: idOf(owner) } }),
  decideExemption: (owner, role) => ({ params: { exemptionId: oneOf(made(owner).exemptions, role) }, body: { decision: 'refused' } }),
  getExemption: owner => ({ params: { exemptionId: made(owner).exemptions[0] ?? '' }, shows: `${owner}的机密病情` }),
  listExemptions: owner => ({ query: { officerId: idOf(owner) }, shows: `${owner}的机密病情` }),
  putMeasure: owner => ({ params: { measureId: `M-${owner}` }, body: measureFor(owner) }),
  getMeasure: owner => ({ params: { measureId: `M-${owner}` }, shows: measureFor(owner).title }),
  listMeasures: owner => ({ shows: measureFor(owner).title }),
  listMeasureEnterprises: owner => ({ params: { measureId: `M-${owner}` }, query: { officerId: idOf(owner) }, shows: `${owner}的企业` }),
  listConfirmations: () => ({ query: { came: 'false' } }),
  listFlags: owner => ({ query: { officerId: idOf(owner) }, shows: made(owner).flags[0] ?? '' }),
  getFlag: owner => ({ params: { flagId: made(owner).flags[0] ?? '' }, shows: idOf(owner) }),
  checkFlag: (owner, role) => ({ params: { flagId: oneOf(made(owner).flags, role) }, body: { finding: 'in-order', remark: '已核实' } }),
  submitIssue: owner => ({ body: { ...newIssue(owner), officerId: idOf(owner) }, shows: `${owner}的机密标题` }),
  listIssues: owner => ({ query: { officerId: idOf(owner) }, shows: `${owner}的机密标题` }),
  getIssue: owner => ({ ...onIssue(oneOf(made(owner).late, 'officer')), shows: `${owner}的机密说明` }),
  getTimeline: owner => ({ ...onIssue(oneOf(made(owner).late, 'officer')), shows: `${owner}的机密说明` }),
  getDeadlines: owner => ({ ...onIssue(oneOf(made(owner).late, 'officer')), shows: '2026-03-02' }),
  getSupervisorWorklist: () => ({ shows: 'level-1' }),
  exportLedger: owner => ({ query: { officerId: idOf(owner) }, shows: `${owner}的机密标题` }),
  exportVisits: owner => ({ query: { officerId: idOf(owner), month: '2026-03' }, shows: `${owner}的机密纪要` }),
  exportQuota: owner => ({ query: { officerId: idOf(owner), month: '2026-03' }, shows: enterpriseOf[owner] }),
  listSupervisorTasks: owner => ({ params: { section: 'level-1' }, query: { limit: '200' }, shows: `${owner}的机密标题` }),
  getDirectorWorklist: owner => ({ query: { departmentId: people[owner].departmentId }, shows: people[owner].departmentId }),
  listDirectorTasks: owner => ({ params: { section: 'overdue' }, query: { departmentId: people[owner].departmentId, limit: '200' }, shows: `${owner}的机密标题` }),
  acknowledgeIssue: (owner, role) => onIssue(oneOf(made(owner).late, role)),
  acceptIssue: (owner, role) => onIssue(oneOf(made(owner).late, role)),
  replyToIssue: (owner, role) => onIssue(oneOf(made(owner).accepted, role), { body: { message: '正在办理' } }),
  resolveIssue: (owner, role) => onIssue(oneOf(made(owner).accepted, role), { body: { message: '已办结' } }),
  transferIssue: (owner, role) => onIssue(oneOf(made(owner).late, role), { body: { departmentId: otherDepartmentOf(owner), reason: '职责所在' } }),
  askForAssistance: (owner, role) => onIssue(oneOf(made(owner).assistable, role), { body: { departmentId: otherDepartmentOf(owner), message: '请出具意见' } }),
  acknowledgePiece: (owner, role) => onPiece(oneOf(made(owner).assisted, role)),
  answerPiece: (owner, role) => onPiece(oneOf(made(owner).assisted, role), { body: { message: '同意' } }),
  refusePiece: (owner, role) => onPiece(oneOf(made(owner).refusable, role), { body: { reason: '不属职责' } }),
  askForExplanation: (owner, role) => onIssue(oneOf(made(owner).explainable, role), { body: { message: '现行规定不允许' } }),
  askForExtension: (owner, role) => onIssue(oneOf(made(owner).extendable, role), { body: { workingDays: 5, reason: '须重新勘测' } }),
  askForPause: (owner, role) => onIssue(oneOf(made(owner).pausable, role), { body: { waitingFor: 'outside-body', reason: '待市级部门' } }),
  decideRequest: (owner, role) => onIssue(oneOf(made(owner).requested, role), { body: { decision: 'refused', remark: '请按期办结' } }),
  resumeIssue: (owner, role) => onIssue(oneOf(made(owner).paused, role)),
  changeTier: owner => onIssue(made(owner).extendable[2] ?? '', { body: { tier: 'B', reason: '须多部门协同' } }),
  mergeIssue: owner => onIssue(made(owner).mergeable[0] ?? '', { body: { intoIssueId: made(owner).target[0] ?? '', reason: '同一路段' } }),
  separateIssue: (owner, role) => onIssue(oneOf(made(owner).merged, role), { body: { reason: '并非同一路段' } }),
  callBackIssue: owner => onIssue(made(owner).silent[0] ?? '', { body: { rating: 4, words: '已解决', asked: '联系人', askedAt: '2026-03-03T10:00:00+08:00' } }),
  overrideIssue: owner => onIssue(made(owner).silent[1] ?? '', { body: { reason: '企业已注销' } }),
  listSessions: owner => ({ query: { from: `${sessionDayOf[owner]}T00:00:00+08:00` }, shows: `${owner}的机密会议` }),
  callSession: owner => ({ body: { ...newSession(owner, '2026-03-06'), directorId: owner === 'stranger' ? idOf('other-director') : idOf('director') }, shows: `${owner}的机密会议` }),
  getSession: owner => ({ params: { sessionId: made(owner).changeable[0] ?? '' }, shows: `${owner}的机密会议` }),
  getAgenda: owner => ({ params: { sessionId: made(owner).changeable[0] ?? '' }, shows: `${owner}的机密标题` }),
  changeSession: (owner, role) => ({ params: { sessionId: oneOf(made(owner).changeable, role) }, ifMatch: newest, body: { place: '另一处' } }),
  cancelSession: (owner, role) => ({ params: { sessionId: oneOf(made(owner).cancellable, role) }, ifMatch: newest, body: { reason: '改期' } }),
  decideOnTheSpot: owner => ({
    params: { sessionId: made(owner).begun[0] ?? '' },
    body: { what: `${owner}的机密决定`, departmentId: people[owner].departmentId, dueOn: '2026-03-06', issue: { enterpriseId: enterpriseOf[owner], category: 'facilities', subcategory: 'roads', title: `${owner}的机密标题`, description: `${owner}的机密说明` } },
    shows: `${owner}的机密决定`,
  }),
  enterMinutes: (owner, role) => ({ params: { sessionId: oneOf(made(owner).begun, role) }, ifMatch: newest, body: { text: `${owner}的机密纪要` } }),
  listDecisions: owner => ({ query: { sessionId: made(owner).begun[0] ?? '' }, shows: `${owner}的机密决定` }),
  putTemplate: owner => ({ params: { templateId: `T-${owner}` }, body: templateFor(owner) }),
  getTemplate: owner => ({ params: { templateId: `T-${owner}` }, shows: templateFor(owner).title }),
  listTemplates: owner => ({ shows: templateFor(owner).title }),
  openCase: owner => ({ body: { ...newCase(owner), officerId: idOf(owner) }, shows: `${owner}的机密事项` }),
  listCases: owner => ({ query: { officerId: idOf(owner) }, shows: `${owner}的机密事项` }),
  getCase: owner => ({ ...onCase(oneOf(made(owner).case, 'officer')), shows: `${owner}的机密事项` }),
  getCaseTimeline: owner => ({ ...onCase(oneOf(made(owner).case, 'officer')), shows: `${owner}的机密备注` }),
  acknowledgeStep: (owner, role) => onStep(oneOf(made(owner).case, role)),
  startStep: (owner, role) => onStep(oneOf(made(owner).case, role)),
  resumeStep: (owner, role) => onStep(oneOf(made(owner).waitingCase, role)),
  waitInStep: (owner, role) => onStep(oneOf(made(owner).waitingCase, role), { body: { reason: '材料不全', needed: '图纸' } }),
  finishStep: (owner, role) => onStep(oneOf(made(owner).case, role)),
  refuseStep: (owner, role) => onStep(oneOf(made(owner).refusableCase, role), { body: { reason: '不符合条件' } }),
  reassignCase: owner => onCase(made(owner).withdrawableCase[1] ?? '', { body: { officerId: idOf(owner === 'colleague' ? 'officer' : 'colleague'), reason: '工作调整' } }),
  withdrawCase: (owner, role) => onCase(made(owner).withdrawableCase[role === 'officer' ? 0 : 1] ?? '', { body: { reason: '企业调整计划' } }),
  callBackOnCase: owner => onCase(made(owner).silentCase[0] ?? '', { body: { received: true, asked: '联系人', askedAt: '2026-03-03T10:00:00+08:00' } }),
  listPublishedNotices: owner => ({ shows: `给${owner}的标题` }),
  getPublishedNotice: owner => ({ params: { noticeId: made(owner).published[0] ?? '' }, shows: `给${owner}的内容` }),
  viewNotices: owner => ({ shows: `给${owner}的标题` }),
  viewNotice: owner => ({ params: { noticeId: made(owner).published[0] ?? '' }, shows: `给${owner}的内容` }),
  draftNotice: owner => ({ body: newNotice(owner, 'commendation'), shows: `给${owner}的内容` }),
  listNotices: (owner, role) => ({ query: { kind: 'criticism', limit: '200' }, ...(role === 'supervisor' || role === 'admin' ? { shows: `给${owner}的标题` } : {}) }),
  getNotice: owner => ({ ...onNotice(made(owner).criticism[0] ?? ''), shows: `给${owner}的内容` }),
  appealAgainstNotice: owner => onNotice(made(owner).criticism[0] ?? '', { body: { reason: '当日有证明' } }),
  decideOnAppeal: owner => onNotice(made(owner).appealed[0] ?? '', { body: { decision: 'upheld', remark: '已核实' } }),
  publishNotice: owner => onNotice(made(owner).commendation[0] ?? ''),
  dropNotice: owner => onNotice(made(owner).criticism[1] ?? '', { body: { reason: '情况有变' } }),
  withdrawNotice: owner => onNotice(made(owner).published[1] ?? '', { body: { reason: '情况有误' } }),
  listAssessmentComponents: () => ({ shows: '走访达标率' }),
  drawUpAssessment: () => ({ body: { period: periods.undrawn } }),
  listAssessments: () => ({ shows: periods.open }),
  getAssessment: () => ({ params: { period: periods.open }, shows: periods.open }),
  openAssessment: owner => onAssessment(periods.drafts[owner]),
  finalizeAssessment: owner => onAssessment(periods.over[owner]),
  recountAssessment: owner => onAssessment(periods.final[owner]),
  listOfficerSheets: owner => ({ params: { period: periods.open }, query: { departmentId: people[owner].departmentId }, shows: idOf(owner) }),
  getOfficerSheet: owner => ({ params: { period: periods.open, officerId: idOf(owner) }, shows: `pairing/2025-12/${idOf(owner)}` }),
  getDepartmentSheet: owner => ({ params: { period: periods.open, departmentId: people[owner].departmentId }, shows: `pairing/2025-12/${idOf(owner)}` }),
  exportOfficerSheet: owner => ({ params: { period: periods.open, officerId: idOf(owner) }, shows: `pairing/2025-12/${idOf(owner)}` }),
  exportDepartmentSheet: owner => ({ params: { period: periods.open, departmentId: people[owner].departmentId }, shows: `pairing/2025-12/${idOf(owner)}` }),
  appealOnOfficerSheet: owner => onAssessment(periods.open, { params: { officerId: idOf(owner) }, body: { component: 'quota', reason: '当月住院' } }),
  appealOnDepartmentSheet: owner => onAssessment(owner === 'colleague' ? periods.appealed : periods.open, { params: { departmentId: people[owner].departmentId }, body: { component: 'response', reason: '有误' } }),
  decideOnOfficerSheet: owner => onAssessment(periods.appealed, { params: { officerId: idOf(owner) }, body: { decision: 'refused', remark: '已核实' } }),
  decideOnDepartmentSheet: owner => onAssessment(periods.appealedByOther[owner], { params: { departmentId: 'D-03' }, body: { decision: 'refused', remark: '已核实' } }),
  getRankings: () => ({}),
  putRankings: () => ({ body: { on: true, reason: '年度评优需要' } }),
  getRanking: owner => ({ params: { period: periods.final.officer }, query: { departmentId: people[owner].departmentId } }),
  putProjectPlan: owner => onProject(owner, { params: { enterpriseId: projectOf[owner], year: '2026' }, body: planFor(owner) }),
  putInvestment: (owner, role) => onProject(owner, { params: { enterpriseId: projectOf[owner], month: '2026-03' }, body: { amount: roles.indexOf(role), remark: `${owner}的机密投资`, reason: `${owner}的机密理由` }, shows: `${owner}的机密投资` }),
  putMilestone: (owner, role) => onProject(owner, { params: { enterpriseId: projectOf[owner], milestoneId: 'start' }, body: { reachedOn: `2026-03-0${1 + (roles.indexOf(role) % 4)}`, reason: '更正' } }),
  linkObstacle: (owner, role) => onProject(owner, { body: { issueId: made(owner).obstacles[roles.indexOf(role)] ?? '' }, shows: made(owner).obstacles[roles.indexOf(role)] ?? '' }),
  removeObstacle: (owner, role) => onProject(owner, { params: { enterpriseId: projectOf[owner], issueId: made(owner).obstacles[roles.indexOf(role)] ?? '' } }),
  getProject: owner => ({ params: { enterpriseId: projectOf[owner] }, shows: `${owner}的机密节点` }),
  listProjectHistory: owner => ({ params: { enterpriseId: projectOf[owner] }, query: { limit: '200' }, shows: `${owner}的机密节点` }),
  listProjects: owner => ({ query: { departmentId: people[owner].departmentId }, shows: projectOf[owner] }),
  getPolicy: () => ({}),
  putPolicy: () => ({ body: defaultPolicy }),
  rehearsePolicy: () => ({ body: { month: '2026-02', policy: defaultPolicy } }),
  getCalendar: () => ({ params: { year: '2026' } }),
  putCalendar: () => ({ params: { year: '2027' }, body: { holidays: { '2027-01-01': '元旦' }, makeUpDays: {} } }),
  getBulletin: () => ({ params: { month: '2026-03' } }),
  recountBulletin: () => ({ params: { month: '2026-02' } }),
  listFigureRecords: owner => ({ params: { month: '2026-03' }, query: { figure: 'issuesOpen', departmentId: people[owner].departmentId, limit: '200' }, shows: `${owner}的机密标题` }),
  getOfficerRating: owner => ({ params: { round: '2025-H2', officerId: people[owner].officerId } }),
  listOfficerRatings: owner => ({ params: { round: '2025-H2' }, query: { departmentId: people[owner].departmentId } }),
  listFigures: () => ({}),
  getOpenApi: () => ({}),
  getDocs: () => ({}),
}

const byId = new Map<string, Operation>(
  [
    putDepartment, getDepartment, listDepartments, putOfficer, getOfficer, listOfficers, putEnterprise, revokeLinks, sendLink, getEnterprise, listEnterprises, createPairing,
    endPairing, listPairings, importRoster, recordVisit, listVisits, listContactTasks, listEnterpriseVisits, getQuota, requestExemption, decideExemption, getExemption, listExemptions, listMeasureEnterprises, putMeasure, getMeasure, listMeasures, listConfirmations, listFlags, getFlag, checkFlag, submitIssue,
    listIssues, getIssue, getTimeline, getDeadlines, acknowledgeIssue, acceptIssue, replyToIssue, resolveIssue, transferIssue, askForAssistance, acknowledgePiece, answerPiece, refusePiece, askForExplanation, askForExtension, askForPause, decideRequest, resumeIssue, changeTier, mergeIssue, separateIssue, callBackIssue, overrideIssue, callSession, listSessions, getSession, getAgenda, changeSession, cancelSession, decideOnTheSpot, enterMinutes, listDecisions, getPolicy, putPolicy, rehearsePolicy,
    putProjectPlan, putInvestment, putMilestone, linkObstacle, removeObstacle, getProject, listProjectHistory, listProjects,
    getCalendar, putCalendar, getBulletin, recountBulletin, listFigureRecords, listFigures, getOfficerRating, listOfficerRatings, getSupervisorWorklist, listSupervisorTasks, getDirectorWorklist, listDirectorTasks, exportLedger, exportVisits, exportQuota, getOpenApi, getDocs, putTemplate, getTemplate, listTemplates, openCase, listCases, getCase, getCaseTimeline, acknowledgeStep, startStep, waitInStep,
    resumeStep, finishStep, refuseStep, reassignCase, withdrawCase, callBackOnCase, listPublishedNotices, getPublishedNotice, viewNotices, viewNotice, draftNotice, listNotices, getNotice, appealAgainstNotice, decideOnAppeal, publishNotice, dropNotice, withdrawNotice,
    listAssessmentComponents, drawUpAssessment, listAssessments, getAssessment, openAssessment, finalizeAssessment, recountAssessment, listOfficerSheets, getOfficerSheet, getDepartmentSheet, exportOfficerSheet, exportDepartmentSheet, appealOnOfficerSheet, appealOnDepartmentSheet, decideOnOfficerSheet, decideOnDepartmentSheet, getRankings, putRankings, getRanking,
  ].map(op => [op.id, op]),
)
/** In the order in which one object can go through them. */
const inOrder = Object.keys(requests)
const opOf = (id: string): Operation => {
  const op = byId.get(id)
  if (op === undefined) throw new Error(`no operation ${id}`)
  return op
}
const requestFor = (id: string, owner: Owner, role: Role) => {
  const request = requests[id]
  if (request === undefined) throw new Error(`no request for ${id}`)
  return request(owner, role)
}

describe('the table', () => {
  it('has a row and a request for every operation of the API', () => {
    const all = operations.filter(({ access }) => access !== 'link').map(({ id }) => id).sort()
    expect(Object.keys(table).sort()).toEqual(all)
    expect([...byId.keys()].sort()).toEqual(all)
    expect([...inOrder].sort()).toEqual(all)
  })

  it('says in every row what each role gets of each owner’s object', () => {
    for (const [id, row] of Object.entries(table)) expect(row.trim().split(/\s+/).filter(cell => /^[+0x-]{3}$/.test(cell)), id).toHaveLength(roles.length)
  })
})

const cellOf = (id: string, role: Role): string => table[id]?.trim().split(/\s+/)[roles.indexOf(role)] ?? ''

/** With the newest ETag, where one operation after another changes the same issue. */
const fresh = async (ask: Ask): Promise<Ask> => {
  if (ask.ifMatch !== newest) return ask
  const params = ask.params ?? {}
  const { etag } = await district.supervisor.ask('period' in params ? ('officerId' in params ? getOfficerSheet : 'departmentId' in params ? getDepartmentSheet : getAssessment) : 'sessionId' in params ? getSession : 'caseId' in params ? getCase : 'enterpriseId' in params ? getProject : 'noticeId' in params ? getNotice : getIssue, { params })
  return { ...ask, ifMatch: etag }
}

const expectNoLeak = (refusal: Refusal, owner: Owner): void => {
  const told = JSON.stringify(refusal)
  for (const secret of secrets.filter(each => each.includes(owner))) expect(told).not.toContain(secret)
}

describe.each(inOrder)('%s', id => {
  it.each(roles)('by a %s', async role => {
    for (const [at, owner] of owners.entries()) {
      const { shows, ...ask } = requestFor(id, owner, role)
      const outcome = await district[role].try(opOf(id), await fresh(ask))
      const cell = cellOf(id, role)
      const about = `${id} by ${role} of ${owner}'s: ${JSON.stringify(outcome)}`
      switch (cell[at]) {
        case '+':
          expect(outcome, about).toHaveProperty('given')
          if (shows !== undefined) expect(JSON.stringify(outcome), about).toContain(shows)
          break
        case '0':
          if ('mediaType' in opOf(id).response) {
            // A book without a row but its heading.
            expect(outcome, about).toMatchObject({ given: { body: expect.stringContaining('<row r="1">') as string } })
            expect(JSON.stringify(outcome), about).not.toContain('<row r=\\"2\\">')
          } else expect(outcome, about).toMatchObject({ given: { body: { items: [] } } })
          break
        default: {
          expect(outcome, about).toMatchObject({ refusal: { status: 403, code: cell === '---' ? 'role-not-allowed' : 'out-of-reach' } })
          if ('refusal' in outcome) expectNoLeak(outcome.refusal, owner)
        }
      }
    }
  })
})

describe('whoever is not in the roster', () => {
  const closed = operations.filter(({ access }) => typeof access !== 'string').map(({ id }) => id)
  const open = operations.filter(({ access }) => access === 'public')

  it('sees the documents and what has been published, and that is all that is open', async () => {
    expect(open.map(({ id }) => id).sort()).toEqual(['getDocs', 'getOpenApi', 'getPublishedNotice', 'listPublishedNotices', 'viewNotice', 'viewNotices'])
    for (const op of open) await district.nobody.ask(op, { params: { noticeId: made('officer').published[0] ?? '' } })
  })

  const asked = (id: string): Ask => {
    const { shows: _, ...ask } = requestFor(id, 'officer', 'supervisor')
    return ask
  }

  it('is refused everything else', async () => {
    await district.admin.ask(putOfficer, { params: { officerId: '9999' }, body: { ...officerBody('officer'), email: 'left@district.example', roles: [...roles], active: false } })
    const callers = {
      nobody: [district.nobody, 401, 'gateway'],
      'a stranger to the roster': [await district.as('unknown@district.example'), 403, 'not-in-roster'],
      'somebody who has left': [await district.as('left@district.example'), 403, 'not-in-roster'],
      'somebody whose address nobody verified': [await district.as(addressOf('admin'), { email_verified: false }), 401, 'identity-not-usable'],
      'somebody with a number for an address': [await district.as(addressOf('admin'), { email: 12_345 }), 401, 'identity-not-usable'],
      'somebody with a list of addresses': [await district.as(addressOf('admin'), { email: [addressOf('admin')] }), 401, 'identity-not-usable'],
      'somebody without an address': [await district.as(addressOf('admin'), { email: null }), 401, 'identity-not-usable'],
      'the administrator of the first day, unverified': [await district.as('admin@example.org', { email_verified: false }), 401, 'identity-not-usable'],
    } as const
    for (const [who, [client, status, code]] of Object.entries(callers))
      for (const id of closed) expect(await client.refused(opOf(id), asked(id)), `${id} by ${who}`).toMatchObject({ status, code })
  })

  it('is whoever has just been taken out of it, until put back', async () => {
    const leaver = await district.as('leaver@district.example')
    const put = (active: boolean) =>
      district.admin.ask(putOfficer, { params: { officerId: '9998' }, body: { ...officerBody('officer'), email: 'leaver@district.example', active } })
    await put(true)
    await leaver.ask(getPolicy)
    await put(false)
    expect(await leaver.refused(getPolicy)).toMatchObject({ code: 'not-in-roster' })
    await put(true)
    await leaver.ask(getPolicy)
  })

  it('is found by the address whatever its case', async () => {
    await (await district.as('OFFICER@District.Example')).ask(getPolicy)
  })
})

describe('somebody whom an issue does not concern', () => {
  it('does not learn from a piece whether it is there', async () => {
    const submitted = await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title: '协办无关部门', description: '说明' } })
    const answer = (piece: string) => district['other-handler'].refused(answerPiece, { params: { issueId: submitted.body.issueId, piece }, ifMatch: submitted.etag, body: { message: '同意' } })
    expect([await answer('1'), await answer('9')]).toMatchObject([{ status: 403, code: 'out-of-reach' }, { status: 403, code: 'out-of-reach' }])
  })
})

describe('somebody with several roles', () => {
  it('has the rights of all of them', async () => {
    const both = await district.as('both@district.example')
    await district.admin.ask(putOfficer, { params: { officerId: '9997' }, body: { ...officerBody('officer'), email: 'both@district.example', roles: ['officer', 'director'] } })
    await both.ask(listVisits, { query: { month: '2026-03', officerId: idOf('colleague') } })
    await both.ask(listVisits, { query: { month: '2026-03' } })
    expect(await both.refused(listVisits, { query: { month: '2026-03', officerId: idOf('stranger') } })).toMatchObject({ code: 'out-of-reach' })
  })
})

describe('the administrator of the first day', () => {
  it('holds until the roster knows the address, and never again', async () => {
    const first = await district.as('admin@example.org')
    const department = { params: { departmentId: 'D-09' }, body: { name: '某局' } }
    const officer = (more: object) => ({ params: { officerId: '9996' }, body: { ...officerBody('officer'), email: 'admin@example.org', roles: ['officer'], ...more } })
    await first.ask(putDepartment, department)
    await first.ask(putOfficer, officer({}))
    expect(await first.refused(putDepartment, department)).toMatchObject({ code: 'role-not-allowed' })
    await district.admin.ask(putOfficer, officer({ email: 'moved@district.example', active: false }))
    expect(await first.refused(putDepartment, department)).toMatchObject({ code: 'not-in-roster' })
  })

  it('gives an address that was given up to somebody else, and nothing of whose it was', async () => {
    await district.admin.ask(putOfficer, { params: { officerId: '9995' }, body: { ...officerBody('officer'), email: 'moved-on@district.example' } })
    await district.admin.ask(putOfficer, { params: { officerId: '9995' }, body: { ...officerBody('officer'), email: 'elsewhere@district.example' } })
    await district.admin.ask(putOfficer, { params: { officerId: '9994' }, body: { ...officerBody('officer'), email: 'moved-on@district.example' } })
    const quota = await (await district.as('moved-on@district.example')).ask(getQuota, { query: { month: '2026-03' } })
    expect(quota.body.items).toEqual([])
  })
})
