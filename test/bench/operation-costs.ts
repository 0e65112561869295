import type { Table } from '../../functions/adapters/table.ts'
import { noteRun } from '../../functions/adapters/run-store.ts'
import { workOnAssessments } from '../../functions/assessment-work/handler.ts'
import { sweep } from '../../functions/escalation-sweep/handler.ts'
import { deliver } from '../../functions/outbox/deliver.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { issueDue } from '../../functions/monthly-bulletin/handler.ts'
import { issueLink } from '../../functions/adapters/link-store.ts'
import { rosterStore } from '../../functions/adapters/roster-store.ts'
import { remind } from '../../functions/quota-reminder/handler.ts'
import {
  acceptIssue, acknowledgeIssue, acknowledgePiece, answerPiece, askForAssistance, askForExplanation, askForExtension, askForPause, callBackIssue, changeTier, decideRequest, getDeadlines, getIssue, getTimeline, listIssues,
  mergeIssue, overrideIssue, refusePiece, replyToIssue, resolveIssue, resumeIssue, separateIssue, submitIssue, transferIssue,
} from '../../shared/contract/issues.ts'
import {
  acknowledgeStep, callBackOnCase, finishStep, getCase, getCaseTimeline, getTemplate, listCases, listTemplates, openCase, putTemplate, reassignCase, refuseStep, resumeStep, startStep, waitInStep, withdrawCase,
} from '../../shared/contract/cases.ts'
import {
  appealOnDepartmentSheet, appealOnOfficerSheet, decideOnDepartmentSheet, decideOnOfficerSheet, drawUpAssessment, exportDepartmentSheet, exportOfficerSheet, finalizeAssessment, getAssessment, getDepartmentSheet, getOfficerSheet, getRanking, getRankings,
  listAssessmentComponents, listAssessments, listOfficerSheets, openAssessment, putRankings, recountAssessment,
} from '../../shared/contract/assessments.ts'
import { listConfirmations } from '../../shared/contract/confirmations.ts'
import { listContactTasks } from '../../shared/contract/contact-tasks.ts'
import { listEnterpriseVisits } from '../../shared/contract/enterprise-visits.ts'
import { exportLedger, exportQuota, exportVisits } from '../../shared/contract/exports.ts'
import { checkFlag, getFlag, listFlags } from '../../shared/contract/flags.ts'
import { getMeasure, listMeasureEnterprises, listMeasures, putMeasure } from '../../shared/contract/measures.ts'
import {
  appealAgainstNotice, decideOnAppeal, draftNotice, dropNotice, getNotice, listNotices, publishNotice, withdrawNotice,
} from '../../shared/contract/notices.ts'
import { getPublishedNotice, listPublishedNotices } from '../../shared/contract/published-notices.ts'
import type { Operation } from '../../shared/contract/operation.ts'
import { confirmReceiptByLink, confirmVisitByLink, informByLink, informOnCaseByLink, rateIssueByLink, rateOfficerByLink, submitByLink, viewCase, viewEnterprise, viewIssue, viewNewIssue, viewOfficer, viewVisits, withdrawByLink } from '../../shared/contract/pages.ts'
import { downloadBulletin, viewBulletin, viewNotice, viewNotices } from '../../shared/contract/publications.ts'
import { getOfficerRating, listOfficerRatings } from '../../shared/contract/officer-ratings.ts'
import { getCalendar, getPolicy, putCalendar, putPolicy, rehearsePolicy } from '../../shared/contract/policy.ts'
import { getProject, linkObstacle, listProjectHistory, listProjects, putInvestment, putMilestone, putProjectPlan, removeObstacle } from '../../shared/contract/projects.ts'
import { getBulletin, listFigureRecords, listFigures, recountBulletin } from '../../shared/contract/reports.ts'
import {
  createPairing, endPairing, getDepartment, getEnterprise, getOfficer, importRoster, listDepartments, listEnterprises, listOfficers, listPairings,
  putDepartment, putEnterprise, putOfficer, revokeLinks, sendLink,
} from '../../shared/contract/roster.ts'
import { callSession, cancelSession, changeSession, decideOnTheSpot, enterMinutes, getAgenda, getSession, listDecisions, listSessions } from '../../shared/contract/sessions.ts'
import { decideExemption, getExemption, getQuota, listExemptions, listVisits, recordVisit, requestExemption } from '../../shared/contract/visits.ts'
import { getDirectorWorklist, getSupervisorWorklist, listDirectorTasks, listSupervisorTasks } from '../../shared/contract/worklists.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { flagIdOf } from '../../shared/visit/flag.ts'
import { newPairingWrites, officerWrites } from '../../functions/adapters/roster-store.ts'
import { openEmbeddedTable } from '../integration/embedded-table.ts'
import { aTemplate } from '../mothers/case.ts'
import { anEnterprise, creditCodeOf } from '../mothers/enterprise.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { aMeasure } from '../mothers/measure.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { adminEmail, apiOver, foundDistrict, monday, pagesOver, publicationsOver, staff, type Ask } from './campaign.ts'
import { aPlan, projectCodeOf } from '../mothers/project.ts'
import { meterOn, type Meter } from './meter.ts'

export interface Units {
  readonly reads: number
  readonly writes: number
}

/** Does everything the system does, once, in a small district, and tells what each cost. By the names of the documented table. */
export const measureCosts = async (): Promise<ReadonlyMap<string, Units>> => {
  const { table, client, close } = await openEmbeddedTable()
  try {
    await foundDistrict(table)
    const costs = new Map<string, Units>()
    const book = bookWith(costs, meterOn(client), table)
    await useRoster(book)
    await useVisits(book)
    await useMeasures(book)
    await useIssues(book)
    await useRules(book)
    await runMachinery(book, table)
    await useRequests(book, table)
    await useMerging(book)
    await useSessions(book)
    await raiseIssue(book)
    await visitTogether(book, table)
    await useCases(book, table)
    await useNotices(book, table)
    await useAssessments(book, table)
    await useProjects(book, table)
    return costs
  } finally {
    await close()
  }
}

interface Book {
  /** Asks for an operation and notes what it cost. */
  readonly ask: (op: Operation, ask: Ask) => Promise<{ readonly body: Readonly<Record<string, unknown>>; readonly etag: string }>
  /** Asks, and notes nothing. */
  readonly prepare: Book['ask']
  readonly note: (name: string, act: () => Promise<unknown>) => Promise<void>
}

const bookWith = (costs: Map<string, Units>, meter: Meter, table: Table): Book => {
  const prepare = apiOver(table)
  const note: Book['note'] = async (name, act) => {
    const { reads, writes } = await meter(act)
    costs.set(name, { reads, writes })
  }
  return {
    prepare,
    note,
    ask: async (op, ask) => {
      const answers: Awaited<ReturnType<typeof prepare>>[] = []
      await note(op.id, async () => answers.push(await prepare(op, ask)))
      const [answer] = answers
      if (answer === undefined) throw new Error('it was not answered')
      return answer
    },
  }
}

const { officer, handler, director, supervisor, admin, otherHandler } = staff
const enterpriseId = creditCodeOf(1)

const useRoster = async ({ ask }: Book): Promise<void> => {
  await ask(putDepartment, { as: admin, params: { departmentId: 'D-03' }, body: { name: '教育局' } })
  await ask(getDepartment, { as: officer, params: { departmentId: 'D-01' } })
  await ask(listDepartments, { as: officer })

  const { officerId, ...rest } = anOfficer({ officerId: '1009', email: 'new@example.org' })
  await ask(putOfficer, { as: admin, params: { officerId }, body: rest })
  await ask(getOfficer, { as: officer, params: { officerId } })
  await ask(listOfficers, { as: officer })

  const { enterpriseId: other, ...content } = anEnterprise({ enterpriseId: creditCodeOf(2) })
  await ask(putEnterprise, { as: supervisor, params: { enterpriseId: other }, body: content })
  await ask(getEnterprise, { as: officer, params: { enterpriseId } })
  await ask(sendLink, { as: officer, params: { enterpriseId }, body: {} })
  await ask(revokeLinks, { as: supervisor, params: { enterpriseId: other }, body: {} })
  await ask(listEnterprises, { as: supervisor })

  const { body: pairing } = await ask(createPairing, { as: supervisor, body: { officerId, enterpriseId: other, startsOn: '2026-01-05' } })
  await ask(endPairing, { as: supervisor, params: { pairingId: String(pairing['pairingId']) }, body: { endsOn: '2026-02-10' } })
  await ask(listPairings, { as: officer })
  await ask(importRoster, { as: admin, params: { kind: 'departments' }, body: 'departmentId,name\nD-04,卫生局\n' })
}

const useVisits = async ({ ask }: Book): Promise<void> => {
  const month = '2026-03'
  await ask(recordVisit, { as: officer, body: { enterpriseId, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解项目进展' } })
  await ask(listVisits, { as: officer, query: { month } })
  await ask(listContactTasks, { as: officer })
  await ask(listEnterpriseVisits, { as: officer, params: { enterpriseId }, query: { month } })
  await ask(getQuota, { as: officer, query: { month } })
  const { body } = await ask(requestExemption, { as: officer, body: { month: '2026-04', reason: 'training' } })
  const params = { exemptionId: String(body['exemptionId']) }
  await ask(getExemption, { as: officer, params })
  await ask(decideExemption, { as: director, params, body: { decision: 'approved' } })
  await ask(listExemptions, { as: officer })
}

const useMeasures = async ({ ask, prepare, note }: Book): Promise<void> => {
  const { measureId, ...content } = aMeasure()
  await ask(putMeasure, { as: supervisor, params: { measureId }, body: content })
  await ask(getMeasure, { as: officer, params: { measureId } })
  await ask(listMeasures, { as: officer })
  // Of the month before: this month's last call is still to come.
  const visit = { enterpriseId, visitedOn: '2026-02-28', mode: 'onsite', summary: '讲解稳岗政策', measures: [measureId] }
  await note('a visit that explains a measure', () => prepare(recordVisit, { as: officer, body: visit }))
  await ask(listMeasureEnterprises, { as: officer, params: { measureId } })
}

const useIssues = async ({ ask, prepare }: Book): Promise<void> => {
  const { body, etag } = await ask(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
  const params = { issueId: String(body['issueId']) }
  await ask(listIssues, { as: officer })
  await ask(getIssue, { as: officer, params })
  await ask(getTimeline, { as: officer, params })
  await ask(getDeadlines, { as: officer, params })
  const accepted = await ask(acceptIssue, { as: handler, params, ifMatch: etag, body: {} })
  const replied = await ask(replyToIssue, { as: handler, params, ifMatch: accepted.etag, body: { message: '已安排检修。' } })
  const transferred = await ask(transferIssue, { as: handler, params, ifMatch: replied.etag, body: { departmentId: 'D-02', reason: '属发改职责' } })
  const taken = await prepare(acceptIssue, { as: otherHandler, params, ifMatch: transferred.etag, body: {} })
  await ask(resolveIssue, { as: otherHandler, params, ifMatch: taken.etag, body: { message: '水压已恢复。' } })
}

const raiseIssue = async ({ prepare, note }: Book): Promise<void> => {
  const issue = { category: 'facilities', subcategory: 'water', tier: 'A', title: '园区供水压力不足', description: '六月以来每日上午停水两小时。' }
  const visit = { enterpriseId, visitedOn: '2026-02-27', mode: 'onsite', summary: '了解供水情况', issues: [issue] }
  await note('a visit that raises an issue', () => prepare(recordVisit, { as: officer, body: visit }))
}

/** Two of an enterprise's officers, one after another's visit at the same time. */
const visitTogether = async ({ prepare, note }: Book, table: Table): Promise<void> => {
  const companion = anOfficer({ officerId: '1010', email: 'along@example.org' })
  await table.commit([...officerWrites(companion, undefined, undefined), ...newPairingWrites(aPairing({ officerId: companion.officerId }), undefined)])
  const visit = { enterpriseId, visitedOn: '2026-02-26', mode: 'onsite', summary: '联合走访' }
  await note('a joint visit of two', () => prepare(recordVisit, { as: officer, body: { ...visit, companions: [companion.officerId] } }))
  const at = { ...visit, visitedOn: '2026-03-02', mode: 'phone', from: '09:00', until: '09:10' }
  await prepare(recordVisit, { as: officer, body: { ...at, summary: '电话联系' } })
  await note('a visit that is flagged', () => prepare(recordVisit, { as: officer, body: { ...at, summary: '再次电话联系' } }))
}

/** What a department asks its director for, and the tier, which the campaign office sets. */
const useRequests = async (book: Book, table: Table): Promise<void> => {
  const { ask, prepare } = book
  const reason = '须重新勘测。'
  const { body, etag } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
  const params = { issueId: String(body['issueId']) }
  const accepted = await prepare(acceptIssue, { as: handler, params, ifMatch: etag, body: {} })
  const asked = await ask(askForExtension, { as: handler, params, ifMatch: accepted.etag, body: { workingDays: 5, reason } })
  const extended = await ask(decideRequest, { as: director, params, ifMatch: asked.etag, body: { decision: 'approved' } })
  const changed = await ask(changeTier, { as: supervisor, params, ifMatch: extended.etag, body: { tier: 'B', reason } })
  const askedAgain = await ask(askForPause, { as: handler, params, ifMatch: changed.etag, body: { waitingFor: 'enterprise', reason } })
  const paused = await prepare(decideRequest, { as: director, params, ifMatch: askedAgain.etag, body: { decision: 'approved' } })
  const resumed = await ask(resumeIssue, { as: handler, params, ifMatch: paused.etag, body: {} })
  const assisted = await ask(askForAssistance, { as: handler, params, ifMatch: resumed.etag, body: { departmentId: 'D-02', message: '请出具意见。' } })
  await ask(answerPiece, { as: otherHandler, params: { ...params, piece: '1' }, ifMatch: assisted.etag, body: { message: '同意。' } })
  await usePieces(book, table)
  const { etag: newest } = await prepare(getIssue, { as: handler, params })
  await ask(askForExplanation, { as: handler, params, ifMatch: newest, body: { message: '现行规定不允许。' } })
}

/** A piece that is late is signed for, and refused. */
const usePieces = async ({ ask, prepare }: Book, table: Table): Promise<void> => {
  const { body, etag } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'B' }) })
  const params = { issueId: String(body['issueId']) }
  const accepted = await prepare(acceptIssue, { as: handler, params, ifMatch: etag, body: {} })
  await prepare(askForAssistance, { as: handler, params, ifMatch: accepted.etag, body: { departmentId: 'D-02', message: '请出具意见。', workingDays: 1 } })
  const late = at('2026-03-04 09:00')
  await sweep(late, { table, timeZone: zone, adminEmail, failed: () => undefined })
  const piece = { ...params, piece: '1' }
  const { etag: raised } = await prepare(getIssue, { as: otherHandler, now: late, params })
  const signed = await ask(acknowledgePiece, { as: otherHandler, now: late, params: piece, ifMatch: raised, body: {} })
  await ask(refusePiece, { as: otherHandler, now: late, params: piece, ifMatch: signed.etag, body: { reason: '不属本部门职责。' } })
}

/** An issue is merged into another and separated again; then the other is resolved while one is merged into it. */
const useMerging = async ({ ask, prepare, note }: Book): Promise<void> => {
  const submitted = async () => {
    const { body, etag } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
    return { params: { issueId: String(body['issueId']) }, etag }
  }
  const [issue, target] = [await submitted(), await submitted()]
  const into = { intoIssueId: target.params.issueId, reason: '同一路段。' }
  const merged = await ask(mergeIssue, { as: supervisor, params: issue.params, ifMatch: issue.etag, body: into })
  await ask(separateIssue, { as: handler, params: issue.params, ifMatch: merged.etag, body: { reason: '并非同一路段。' } })
  const another = await submitted()
  await prepare(mergeIssue, { as: supervisor, params: another.params, ifMatch: another.etag, body: into })
  const { etag } = await prepare(getIssue, { as: handler, params: target.params })
  const accepted = await prepare(acceptIssue, { as: handler, params: target.params, ifMatch: etag, body: {} })
  await note('resolving, one issue merged into it', () => prepare(resolveIssue, { as: handler, params: target.params, ifMatch: accepted.etag, body: { message: '已修复。' } }))
}

/** A session of one enterprise and its own department: called, changed and held, with a decision on a known issue and on a new one. */
const useSessions = async ({ ask, prepare, note }: Book): Promise<void> => {
  const call = { title: '现场办公', place: '园区', startsAt: '2026-03-03T09:00:00+08:00', endsAt: '2026-03-03T10:00:00+08:00', enterpriseIds: [enterpriseId] }
  const { body, etag } = await ask(callSession, { as: director, body: call })
  const params = { sessionId: String(body['sessionId']) }
  await ask(listSessions, { as: director })
  await ask(getSession, { as: director, params })
  await ask(changeSession, { as: director, params, ifMatch: etag, body: { place: '园区二号楼' } })
  const { body: issue } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
  await ask(getAgenda, { as: director, params })
  const now = at('2026-03-03 09:30')
  const ruling = { what: '本周内恢复。', dueOn: '2026-03-06' }
  await ask(decideOnTheSpot, { as: director, now, params, body: { ...ruling, departmentId: 'D-02', issueId: issue['issueId'], issueVersion: 1 } })
  const { enterpriseId: of, category, subcategory, title, description } = aNewIssue()
  await note('deciding on a new issue', () => prepare(decideOnTheSpot, { as: director, now, params, body: { ...ruling, departmentId: 'D-01', issue: { enterpriseId: of, category, subcategory, title, description } } }))
  await ask(listDecisions, { as: director, now })
  const { etag: newest } = await prepare(getSession, { as: director, now, params })
  await ask(enterMinutes, { as: director, now, params, ifMatch: newest, body: { text: '会议纪要。' } })
  const off = await prepare(callSession, { as: director, body: call })
  await ask(cancelSession, { as: director, params: { sessionId: String(off.body['sessionId']) }, ifMatch: off.etag, body: { reason: '改期。' } })
}

/** A case with one step, by department D-01, and its handing over by the same; then others that wait, are refused and given up. */
const useCases = async ({ ask, prepare, note }: Book, table: Table): Promise<void> => {
  const templateId = 'permit'
  const { templateId: _path, ...content } = aTemplate({ steps: aTemplate().steps.slice(0, 1) })
  await ask(putTemplate, { as: supervisor, params: { templateId }, body: content })
  await ask(getTemplate, { as: officer, params: { templateId } })
  await ask(listTemplates, { as: officer })
  const body = { templateId, enterpriseId, title: '施工许可' }
  const opened = await ask(openCase, { as: officer, body })
  const caseId = String(opened.body['caseId'])
  const [step, handover] = [{ caseId, stepId: 'survey' }, { caseId, stepId: 'handover' }]
  await ask(listCases, { as: officer })
  await ask(getCase, { as: officer, params: { caseId } })
  await ask(getCaseTimeline, { as: officer, params: { caseId } })
  const started = await ask(startStep, { as: handler, params: step, ifMatch: opened.etag, body: {} })
  const waiting = await ask(waitInStep, { as: handler, params: step, ifMatch: started.etag, body: { reason: '材料不全。', needed: '图纸。' } })
  const resumed = await ask(resumeStep, { as: handler, params: step, ifMatch: waiting.etag, body: {} })
  const finished = await ask(finishStep, { as: handler, params: step, ifMatch: resumed.etag, body: {} })
  const handing = await prepare(startStep, { as: handler, params: handover, ifMatch: finished.etag, body: {} })
  await prepare(finishStep, { as: handler, params: handover, ifMatch: handing.etag, body: { words: '已送达。' } })

  const pages = pagesOver(table, token)
  const visit = (op: Operation, form?: string, of = caseId): Promise<void> => note(op.id, () => pages(op, { caseId: of }, form))
  await visit(viewCase)
  await visit(confirmReceiptByLink, `received=no&handover=${monday}`)
  await visit(informOnCaseByLink, 'information=abc')

  const another = async () => {
    const { body: { caseId: id }, etag } = await prepare(openCase, { as: officer, body })
    return { caseId: String(id), etag }
  }
  const refused = await another()
  await ask(refuseStep, { as: handler, params: { caseId: refused.caseId, stepId: 'survey' }, ifMatch: refused.etag, body: { reason: '不符合条件。' } })
  const passed = await another()
  const other = anOfficer({ officerId: '1011', email: 'other@example.org' })
  await table.commit(officerWrites(other, undefined, undefined))
  await ask(reassignCase, { as: supervisor, params: { caseId: passed.caseId }, ifMatch: passed.etag, body: { officerId: other.officerId, reason: '工作调整。' } })
  const given = await another()
  await ask(withdrawCase, { as: officer, params: { caseId: given.caseId }, ifMatch: given.etag, body: { reason: '企业调整计划。' } })

  const again = await prepare(getCase, { as: handler, params: { caseId } })
  await prepare(finishStep, { as: handler, params: handover, ifMatch: again.etag, body: { words: '已再次送达。' } })
  const deps = { table, timeZone: zone, adminEmail, failed: (id: string, error: unknown): never => { throw new Error(`${id} failed`, { cause: error }) } }
  const friday = at('2026-03-06 09:00')
  // What else is due by then is not what is measured.
  await sweep(friday, deps)
  const late = await another()
  await note('a sweep, one case due', () => sweep(friday, deps))
  const { etag: raised } = await prepare(getCase, { as: handler, now: friday, params: { caseId: late.caseId } })
  await ask(acknowledgeStep, { as: handler, now: friday, params: { caseId: late.caseId, stepId: 'survey' }, ifMatch: raised, body: {} })
  const later = at('2026-03-10 09:00')
  await sweep(later, deps)
  const silent = await prepare(getCase, { as: supervisor, now: later, params: { caseId } })
  await ask(callBackOnCase, { as: supervisor, now: later, params: { caseId }, ifMatch: silent.etag, body: { received: true, asked: '联系人', askedAt: '2026-03-10T08:50:00+08:00' } })
}

/** Notices by hand, of missed visits and of an issue at level 3; a second supervisor decides. */
const useNotices = async ({ ask, prepare, note }: Book, table: Table): Promise<void> => {
  const second = anOfficer({ officerId: '3004', email: 'second@example.org', departmentId: 'D-03', roles: ['supervisor'] })
  await table.commit(officerWrites(second, undefined, undefined))
  const words = { title: '标题', text: '内容' }
  const draft = (as = supervisor) => ({ as, body: { kind: 'criticism', officerId: officer.officerId, ...words } })
  const { body, etag } = await ask(draftNotice, draft())
  const params = { noticeId: String(body['noticeId']) }
  await ask(listNotices, { as: officer })
  await ask(getNotice, { as: officer, params })
  const appealed = await ask(appealAgainstNotice, { as: officer, params, ifMatch: etag, body: { reason: '住院。' } })
  // At another instant, so that its place in the worklist is another.
  const upheld = await ask(decideOnAppeal, { as: second, now: at('2026-03-02 11:00'), params, ifMatch: appealed.etag, body: { decision: 'upheld', remark: '已核实。' } })
  const published = await ask(publishNotice, { as: supervisor, params, ifMatch: upheld.etag, body: {} })
  await ask(listPublishedNotices, { as: officer })
  await ask(getPublishedNotice, { as: officer, params })
  const open = publicationsOver(table)
  await note(viewNotices.id, () => open(viewNotices))
  await note(viewNotice.id, () => open(viewNotice, params))
  await ask(withdrawNotice, { as: supervisor, params, ifMatch: published.etag, body: { reason: '有误。' } })
  const other = await prepare(draftNotice, draft())
  await ask(dropNotice, { as: supervisor, params: { noticeId: String(other.body['noticeId']) }, ifMatch: other.etag, body: { reason: '有误。' } })
  await useDrafts({ ask, prepare, note }, table, second)
}

/** Half a year, drawn up when all that came before has been measured: two departments, four officers with a sheet. */
const useAssessments = async ({ ask, prepare, note }: Book, table: Table): Promise<void> => {
  const [now, period] = [at('2026-09-01 10:00'), '2026-H1']
  const deps = { table, timeZone: zone, adminEmail }
  const work = (name: string) => note(name, () => workOnAssessments(now, deps))
  const params = { period }
  const etagOf = async (): Promise<string> => (await prepare(getAssessment, { as: supervisor, now, params })).etag
  await work('a run for assessments, nothing to do')
  await ask(listAssessmentComponents, { as: officer })
  await ask(drawUpAssessment, { as: supervisor, now, body: params })
  await work('an assessment drawn up')
  await ask(openAssessment, { as: supervisor, now, params, ifMatch: await etagOf(), body: {} })
  await work('an assessment opened, whom it is of told')
  await ask(listAssessments, { as: officer, now })
  await ask(getAssessment, { as: officer, now, params })
  await ask(listOfficerSheets, { as: supervisor, now, params, query: { departmentId: 'D-01' } })
  const onOfficer = { period, officerId: officer.officerId }
  // The supervisor is of the first department.
  const onDepartment = { period, departmentId: 'D-02' }
  const sheet = await ask(getOfficerSheet, { as: officer, now, params: onOfficer })
  const ofDepartment = await ask(getDepartmentSheet, { as: staff.otherDirector, now, params: onDepartment })
  await ask(exportOfficerSheet, { as: officer, now, params: onOfficer })
  await ask(exportDepartmentSheet, { as: staff.otherDirector, now, params: onDepartment })
  const appeal = { component: 'quota', reason: '当月住院。' }
  const appealed = await ask(appealOnOfficerSheet, { as: officer, now, params: onOfficer, ifMatch: sheet.etag, body: appeal })
  const counted = (sheet.body['components'] as { component: string; counted: { records: string[] } }[]).find(({ component }) => component === 'quota')?.counted.records[0]
  await ask(decideOnOfficerSheet, { as: supervisor, now, params: onOfficer, ifMatch: appealed.etag, body: { decision: 'granted', remark: '属实。', recordId: counted } })
  const appealedTo = await ask(appealOnDepartmentSheet, { as: staff.otherDirector, now, params: onDepartment, ifMatch: ofDepartment.etag, body: { component: 'resolution', reason: '有误。' } })
  await ask(decideOnDepartmentSheet, { as: supervisor, now, params: onDepartment, ifMatch: appealedTo.etag, body: { decision: 'refused', remark: '无误。' } })
  const later = at('2026-09-10 10:00')
  await ask(finalizeAssessment, { as: supervisor, now: later, params, ifMatch: await etagOf(), body: {} })
  await work('an assessment sealed, whom it is of told')
  await ask(recountAssessment, { as: supervisor, now: later, params, ifMatch: await etagOf(), body: {} })
  await work('an assessment recounted')
  await ask(putRankings, { as: supervisor, now: later, body: { on: true, reason: '年度评优需要。' } })
  await ask(getRankings, { as: officer, now: later })
  await ask(getRanking, { as: supervisor, now: later, params, query: { departmentId: 'D-01' } })
}

/** What the system drafts: of an officer who misses two months, of an issue that comes to level 3. Both appeals are granted. */
const useDrafts = async ({ prepare, note }: Pick<Book, 'ask' | 'prepare' | 'note'>, table: Table, second: typeof supervisor): Promise<void> => {
  const deps = { table, timeZone: zone, adminEmail, failed: (id: string, error: unknown): never => { throw new Error(`${id} failed`, { cause: error }) } }
  const grant = async (name: string, now: number, as: typeof officer, kind: string, more: object): Promise<void> => {
    const { body } = await prepare(listNotices, { as: supervisor, now, query: { status: 'draft' } })
    const drafted = (body['items'] as { noticeId: string; officerId?: string; grounds: { kind: string } }[]).find(each => each.grounds.kind === kind && (each.officerId === undefined || each.officerId === as.officerId))
    const params = { noticeId: drafted?.noticeId ?? '' }
    const appealed = await prepare(appealAgainstNotice, { as, now, params, ifMatch: '"1"', body: { reason: '住院。' } })
    await note(name, () => prepare(decideOnAppeal, { as: second, now, params, ifMatch: appealed.etag, body: { decision: 'granted', remark: '属实。', ...more } }))
  }
  const july = at('2026-07-01 09:00')
  await note('reminders, two officers who missed two months', () => remind(july, deps))
  await grant('an appeal granted, missed visits', july, officer, 'missed-quota', { exemptionReason: 'health' })

  // What else is due by then is not what is measured.
  for (let day = 1; day <= 31; day++) await sweep(at(`2026-07-${String(day).padStart(2, '0')} 09:00`), deps)
  await prepare(submitIssue, { as: officer, now: at('2026-08-03 10:00'), body: aNewIssue({ tier: 'A' }) })
  for (let day = 4; day < 21; day++) await sweep(at(`2026-08-${String(day).padStart(2, '0')} 09:00`), deps)
  const levelThree = at('2026-08-21 09:00')
  await note('a sweep, one issue comes to level 3', () => sweep(levelThree, deps))
  await grant('an appeal granted, an issue', levelThree, director, 'level-3', {})
}

/** A project of the officer's, which falls behind and catches up, with an issue that holds it up. */
const useProjects = async ({ ask, prepare, note }: Book, table: Table): Promise<void> => {
  const params = { enterpriseId: projectCodeOf(1) }
  await prepare(putEnterprise, { as: supervisor, params, body: { kind: 'project', name: '某产业园' } })
  await table.commit(newPairingWrites(aPairing({ enterpriseId: params.enterpriseId }), undefined))
  const { months } = aPlan()
  const { body: issue } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A', enterpriseId: params.enterpriseId }) })
  const planned = await ask(putProjectPlan, { as: director, params: { ...params, year: '2026' }, ifMatch: '"0"', body: { months, milestones: [{ milestoneId: 'start', name: '开工', plannedOn: '2026-03-20' }], reason: '年初已开工' } })
  const reported = await ask(putInvestment, { as: officer, params: { ...params, month: '2026-01' }, ifMatch: planned.etag, body: { amount: 100 } })
  const reached = await ask(putMilestone, { as: officer, params: { ...params, milestoneId: 'start' }, ifMatch: reported.etag, body: { reachedOn: '2026-03-02' } })
  await ask(linkObstacle, { as: officer, params, ifMatch: reached.etag, body: { issueId: String(issue['issueId']) } })
  await ask(getProject, { as: officer, params })
  await ask(listProjectHistory, { as: officer, params })
  await ask(listProjects, { as: supervisor })
  const tuesday = at('2026-03-10 09:00')
  await note('projects looked at, one fallen behind', () => remind(tuesday, { table, timeZone: zone, adminEmail }))
  await note('projects looked at, one behind as before', () => remind(tuesday, { table, timeZone: zone, adminEmail }))
  const { etag } = await prepare(getProject, { as: officer, params })
  await ask(removeObstacle, { as: officer, now: tuesday, params: { ...params, issueId: String(issue['issueId']) }, ifMatch: etag, body: {} })
}

const useRules = async ({ ask }: Book): Promise<void> => {
  await ask(getPolicy, { as: officer })
  await ask(putPolicy, { as: supervisor, body: defaultPolicy })
  await ask(rehearsePolicy, { as: supervisor, body: { month: '2026-02', policy: defaultPolicy } })
  await ask(getCalendar, { as: officer, params: { year: '2026' } })
  await ask(putCalendar, { as: supervisor, params: { year: '2027' }, body: { holidays: { '2027-01-01': '元旦' }, makeUpDays: {} } })
  await ask(getBulletin, { as: supervisor, params: { month: '2026-03' } })
  await ask(listFigureRecords, { as: supervisor, params: { month: '2026-03' }, query: { figure: 'issuesOpen' } })
  await ask(listFigures, { as: supervisor })
}

/** Sweeps, reminders and mails: what no request pays for. */
const runMachinery = async (book: Book, table: Table): Promise<void> => {
  const { ask, prepare, note } = book
  const failed = (id: string, error: unknown): never => {
    throw new Error(`${id} failed`, { cause: error })
  }
  const deps = { table, timeZone: zone, adminEmail, failed }
  await note('a sweep, nothing due', () => sweep(monday, deps))
  await note('a run of a schedule, noted', () => noteRun(table, 'escalation-sweep', monday, 15))
  await note('reminders, not today', () => remind(at('2026-03-03 09:00'), deps))
  await note('a bulletin issued', () => issueDue(monday, deps))
  await note('reminders, one last call', () => remind(at('2026-03-31 09:00'), deps))

  const { body } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
  const params = { issueId: String(body['issueId']) }
  const wednesday = at('2026-03-04 09:00')
  await note('a sweep, one issue due', () => sweep(wednesday, deps))
  await ask(getSupervisorWorklist, { as: supervisor, now: wednesday })
  await ask(listSupervisorTasks, { as: supervisor, now: wednesday, params: { section: 'level-1' } })
  await ask(exportLedger, { as: supervisor, now: wednesday, query: { officerId: officer.officerId } })
  await ask(exportVisits, { as: officer, now: wednesday, query: { month: '2026-03' } })
  await ask(exportQuota, { as: officer, now: wednesday, query: { month: '2026-03' } })
  await ask(getDirectorWorklist, { as: director, now: wednesday })
  await ask(listDirectorTasks, { as: director, now: wednesday, params: { section: 'overdue' } })
  await ask(acknowledgeIssue, { as: handler, now: wednesday, params, ifMatch: '"2"', body: {} })

  const send = async (mailId: string): Promise<void> => {
    const delivery = await deliver(mailId, {
      table,
      transport: { send: () => Promise.resolve({ outcome: 'taken', serviceId: 'service-1', refused: [], deferred: [] }) },
      readFacts: factsReader(table, zone),
      settings: { locale: 'zh-CN', timeZone: zone, sender: 'assist@example.org', adminEmail, publicUrl: 'https://assist.example.org' },
      randomToken: () => token,
      wallClock: () => wednesday,
    })
    if (delivery !== 'sent') throw new Error(`${mailId} was not sent: ${delivery}`)
  }
  await note('a bulletin, issued before', () => issueDue(monday, deps))
  await note('a mail with the bulletin delivered', () => send(`2026-02/bulletin/officer:${supervisor.officerId}`))
  await ask(recountBulletin, { as: supervisor, params: { month: '2026-02' } })
  const open = publicationsOver(table)
  for (const op of [viewBulletin, downloadBulletin]) await note(op.id, () => open(op, { token }))
  await note('a mail delivered', () => send(`${params.issueId}/issue-dispatched/1/officer:${handler.officerId}`))
  await useClosing(book, table, send)
}

const token = 'a-token-of-the-bench'.padEnd(43, '-')

/** On the first of June every enterprise is asked to rate its officer. */
const useOfficerRatings = async ({ ask, note }: Book, table: Table): Promise<void> => {
  const june = at('2026-06-01 09:00')
  await note('enterprises asked to rate their officers', () => remind(june, { table, timeZone: zone, adminEmail }))
  const enterprise = await rosterStore(table).enterprise(enterpriseId)
  if (enterprise === undefined) throw new Error('there is no enterprise')
  const ofJune = 'a-token-of-june'.padEnd(43, '-')
  await issueLink(table, ofJune, enterprise, june)
  const pages = pagesOver(table, ofJune, june)
  await note(viewOfficer.id, () => pages(viewOfficer))
  await note(rateOfficerByLink.id, () => pages(rateOfficerByLink, {}, `rating=5&officer=${officer.officerId}`))
  const after = { as: supervisor, now: at('2026-07-01 09:00') }
  await ask(getOfficerRating, { ...after, params: { round: '2026-H1', officerId: officer.officerId } })
  await ask(listOfficerRatings, { ...after, params: { round: '2026-H1' }, query: { departmentId: officer.departmentId } })
}

/** What follows a resolution: the enterprise's pages and its rating, a call-back, an override. */
const useClosing = async (book: Book, table: Table, send: (mailId: string) => Promise<void>): Promise<void> => {
  const { ask, prepare, note } = book
  const resolved = async () => {
    const { body, etag } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
    const params = { issueId: String(body['issueId']) }
    const accepted = await prepare(acceptIssue, { as: handler, params, ifMatch: etag, body: {} })
    return { params, ...(await prepare(resolveIssue, { as: handler, params, ifMatch: accepted.etag, body: { message: '水压已恢复。' } })) }
  }
  const rated = await resolved()
  await note('a mail to an enterprise delivered', () => send(`${rated.params.issueId}/issue-resolved/3/enterprise:${enterpriseId}`))

  const pages = pagesOver(table, token)
  const visit = (op: Operation, params?: Readonly<Record<string, string>>, form?: string): Promise<void> => note(op.id, () => pages(op, params, form))
  await visit(viewEnterprise)
  await visit(viewIssue, rated.params)
  await visit(viewNewIssue)
  await visit(submitByLink, {}, 'subject=facilities/water&title=abc&description=abc')
  const { body: seen } = await prepare(listVisits, { as: officer, query: { month: '2026-03' } })
  const [recorded] = seen['items'] as { visitId: string }[]
  if (recorded === undefined) throw new Error('there is no visit')
  await visit(viewVisits)
  await visit(confirmVisitByLink, { visitId: recorded.visitId }, 'came=no')
  await ask(listConfirmations, { as: supervisor, query: { came: 'false' } })
  await note('a denial that is taken back', () => pages(confirmVisitByLink, { visitId: recorded.visitId }, 'came=yes'))
  const flag = { params: { flagId: flagIdOf('denied', recorded.visitId) } }
  await ask(listFlags, { as: supervisor })
  await ask(getFlag, { as: supervisor, ...flag })
  await ask(checkFlag, { as: supervisor, ...flag, body: { finding: 'in-order', remark: '已核实。' } })
  await visit(rateIssueByLink, rated.params, `rating=4&resolution=${monday}`)

  const { body } = await prepare(submitIssue, { as: officer, body: aNewIssue({ tier: 'A' }) })
  const submitted = { issueId: String(body['issueId']) }
  await visit(informByLink, submitted, 'information=abc')
  await visit(withdrawByLink, submitted, 'confirmed=yes')

  await useOfficerRatings(book, table)

  const overridden = await resolved()
  await ask(overrideIssue, { as: supervisor, params: overridden.params, ifMatch: overridden.etag, body: { reason: '企业已注销。' } })
  const silent = await resolved()
  const later = at('2026-03-10 09:00')
  await sweep(later, { table, timeZone: zone, adminEmail, failed: () => undefined })
  const { etag } = await prepare(getIssue, { as: supervisor, now: later, params: silent.params })
  await ask(callBackIssue, { as: supervisor, now: later, params: silent.params, ifMatch: etag, body: { rating: 4, words: '已解决。', asked: '联系人', askedAt: '2026-03-10T08:50:00+08:00' } })
}
