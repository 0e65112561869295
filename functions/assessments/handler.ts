import { appealAgainstSheet, decideOnSheet, drawUpAssessment, finalizeAssessment, openAssessment, recountAssessment, type Assessment, type AssessmentAct, type SheetDecision } from '../../shared/assessment/assessment.ts'
import { sheetBook } from '../../shared/assessment/book.ts'
import { firstMonthOf, periodWords, type AssessmentPeriod } from '../../shared/assessment/period.ts'
import { demandRankable, placesOf, setRankings, type Rankings } from '../../shared/assessment/ranking.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { appealOnDepartmentSheet, appealOnOfficerSheet, assessmentOperations, decideOnDepartmentSheet, decideOnOfficerSheet } from '../../shared/contract/assessments.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { demandWithin, type Caller } from '../../shared/roster/caller.ts'
import { assessmentKey, assessmentQueries, assessmentWrite, rankingsWrites, readRankings, readSheet, sheetHash, sheetWrites, type WholeSheet } from '../adapters/assessment-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules, type Rules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all } from '../adapters/table.ts'
import { wholeWorkbook } from '../adapters/workbook.ts'
import type { ApiHandlers, ApiRequest, Attachment } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { demandCountable, isCountable } from '../month-records/months.ts'
import { assessmentView, componentsView, sheetLine, sheetView, type Detail } from './view.ts'

type Asking = Pick<ApiRequest, 'caller' | 'reaches'>
type Commanding = Pick<ApiRequest, 'caller' | 'now' | 'seenVersion'>

/** So many settings of the switch one answer shows, the latest. */
const settingsShown = 100

export const assessmentHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof assessmentOperations> => {
  const roster = rosterStore(table)
  const reckoningOf = ({ calendar }: Rules): Reckoning => ({ calendar, timeZone })

  const find = async (period: AssessmentPeriod): Promise<Assessment | undefined> => openedMaybe('assessment', await table.get(assessmentKey(period)))

  /** @throws Problem `assessment-not-found`, of a draft as well to whoever is no supervisor */
  const read = async (period: AssessmentPeriod, caller: Caller): Promise<Assessment> => {
    const assessment = await find(period)
    if (assessment === undefined || !isVisible(assessment, caller)) throw new Problem('assessment-not-found', { id: period })
    return assessment
  }

  /** The sheet of somebody: who may not read it is told that before whether there is one. */
  const readWhole = async (assessment: Assessment, subject: Subject, { caller, reaches }: Asking): Promise<WholeSheet> => {
    const whole = await readSheet(table, assessment, subject)
    const { departmentId } = whole?.kept ?? { departmentId: 'departmentId' in subject ? subject.departmentId : undefined }
    demandWithin(reaches, caller, { officers: 'officerId' in subject ? [subject.officerId] : [], departments: departmentId === undefined ? [] : [departmentId] })
    if (whole === undefined) throw new Problem('sheet-not-found', { id: 'officerId' in subject ? subject.officerId : subject.departmentId })
    return whole
  }

  const getSheet = async (period: AssessmentPeriod, subject: Subject, asking: Asking, named?: number) => {
    const assessment = await read(period, asking.caller)
    const whole = await readWhole(assessment, subject, asking)
    return { body: sheetView(whole, assessment, timeZone, detailFor(asking.caller), named), version: whole.kept.version }
  }

  /** The same as a workbook, with names. */
  const exportSheet = async (period: AssessmentPeriod, subject: Subject, request: Asking & Pick<ApiRequest, 'language'>): Promise<{ body: Attachment }> => {
    const { body: sheet } = await getSheet(period, subject, request, Infinity)
    const [department, officer] = await Promise.all([roster.department(sheet.departmentId), 'officerId' in subject ? roster.officer(subject.officerId) : undefined])
    const of = 'officerId' in subject ? subject.officerId : subject.departmentId
    const pen = { language: request.language, departmentName: department?.name ?? sheet.departmentId, ...('officerId' in subject ? { officerName: officer?.name ?? of } : {}) }
    return { body: { content: await wholeWorkbook(sheetBook(sheet, pen)), name: `qinshang-assessment-${period}-${of}.xlsx`, spokenName: `考核表（${periodWords(period).zh}，${of}）.xlsx` } }
  }

  /** What a command leads to, decided by the rules in force. */
  const command = async (period: AssessmentPeriod, { caller, now, seenVersion }: Commanding, decide: (before: Assessment, act: AssessmentAct, rules: Rules) => Assessment) => {
    const [before, rules] = await Promise.all([read(period, caller), readRules(table)])
    demandSeen(seenVersion, before.version)
    const after = decide(before, { caller, now, reckoning: reckoningOf(rules) }, rules)
    return { body: assessmentView(after, reckoningOf(rules), 'all'), version: after.version, writes: [assessmentWrite(after, before)] }
  }

  /** What an appeal or a decision on one leads to: the sheet and the assessment that counts them, in one transaction. */
  const commandOnSheet = async (period: AssessmentPeriod, subject: Subject, request: Commanding & Asking, decide: (assessment: Assessment, whole: WholeSheet, act: AssessmentAct) => SheetDecision | Promise<SheetDecision>) => {
    const { caller, now, seenVersion } = request
    const [before, rules] = await Promise.all([read(period, caller), readRules(table)])
    const whole = await readWhole(before, subject, request)
    demandSeen(seenVersion, whole.kept.version)
    const { assessment, sheet, mails } = await decide(before, whole, { caller, now, reckoning: reckoningOf(rules) })
    const kept = { ...sheet, hash: sheetHash(whole.inputs, sheet) }
    // The sheet itself, with every appeal, can be longer than the record of a request holds.
    return { body: sheetLine(kept), version: kept.version, writes: [...sheetWrites(kept, whole.kept), assessmentWrite(assessment, before), ...planWrites(mails, now)] }
  }

  /** The supervisors whom the sheet does not concern. */
  const officeFor = async ({ kept }: WholeSheet) => {
    const supervisors = await roster.notNear(kept, await roster.supervisors())
    return { handlers: [], directors: [], supervisors, leadingGroup: [], adminEmail }
  }

  const appeal = (subject: Subject, request: ApiRequest<typeof appealOnOfficerSheet> | ApiRequest<typeof appealOnDepartmentSheet>) =>
    commandOnSheet(request.params.period, subject, request, async (assessment, whole, act) => appealAgainstSheet(assessment, whole.kept, request.body, act, await officeFor(whole)))

  const decide = (subject: Subject, request: ApiRequest<typeof decideOnOfficerSheet> | ApiRequest<typeof decideOnDepartmentSheet>) => {
    const { decision: outcome, remark, recordId } = request.body
    return commandOnSheet(request.params.period, subject, request, async (assessment, { kept, inputs }, act) =>
      decideOnSheet(assessment, kept, inputs, { outcome, remark, recordId }, act, await roster.staff(kept.departmentId, [], adminEmail)),
    )
  }

  const demandDepartment = async (id: string): Promise<void> => {
    if ((await roster.department(id)) === undefined) throw new Problem('department-not-found', { id })
  }

  const showRankings = async (current: Rankings | undefined, beside: readonly Rankings[] = []) => {
    const kept: Rankings[] = [...beside]
    for await (const item of table.query({ ...assessmentQueries.settings, pageSize: settingsShown })) {
      if (kept.length === settingsShown) break
      kept.push(opened('rankings', item))
    }
    const setting = ({ on, reason, by, at }: Rankings) => ({ on, reason, by, at: toRfc3339(at, timeZone) })
    const last = current === undefined ? undefined : setting(current)
    return { on: last?.on ?? false, ...(last === undefined ? {} : { since: last.at, by: last.by, reason: last.reason }), history: kept.map(setting), version: current?.version ?? 0 }
  }

  return {
    listAssessmentComponents: () => ({ body: componentsView() }),

    drawUpAssessment: async ({ body: { period }, caller, now }) => {
      demandCountable(firstMonthOf(period), now, timeZone)
      const [before, rules] = await Promise.all([find(period), readRules(table)])
      const after = drawUpAssessment(period, before, rules, { caller, now, reckoning: reckoningOf(rules) })
      return { body: assessmentView(after, reckoningOf(rules), 'all'), version: after.version, writes: [assessmentWrite(after, before)] }
    },

    listAssessments: async ({ caller, paging }) => {
      const reckoning = reckoningOf(await readRules(table))
      return {
        body: await listPage(table, assessmentQueries.all, paging, cursors, item => {
          const assessment = opened('assessment', item)
          return isVisible(assessment, caller) ? assessmentView(assessment, reckoning, detailFor(caller)) : undefined
        }),
      }
    },

    getAssessment: async ({ params, caller }) => {
      const [assessment, rules] = await Promise.all([read(params.period, caller), readRules(table)])
      return { body: assessmentView(assessment, reckoningOf(rules), detailFor(caller)), version: assessment.version }
    },

    openAssessment: request => command(request.params.period, request, (before, act, { policy }) => openAssessment(before, policy, act)),
    finalizeAssessment: request => command(request.params.period, request, (before, act) => finalizeAssessment(before, act)),
    recountAssessment: request => command(request.params.period, request, (before, act) => recountAssessment(before, isCountable(firstMonthOf(before.period), act.now, timeZone), act)),

    listOfficerSheets: async ({ params: { period }, query, caller, reaches, paging }) => {
      const departmentId = query.departmentId ?? (reaches.has('any') ? undefined : caller.departmentId)
      if (departmentId !== undefined) demandWithin(reaches, caller, { departments: [departmentId] })
      const { drawing } = await read(period, caller)
      if (departmentId !== undefined) await demandDepartment(departmentId)
      const lists = departmentId === undefined ? assessmentQueries.sheets(period) : assessmentQueries.sheetsOf(period, departmentId)
      return {
        body: await listPage(table, lists, paging, cursors, item => {
          const sheet = opened('sheet', item)
          return sheet.drawing === drawing ? sheetLine(sheet) : undefined
        }),
      }
    },

    getOfficerSheet: request => getSheet(request.params.period, { officerId: request.params.officerId }, request),
    getDepartmentSheet: request => getSheet(request.params.period, { departmentId: request.params.departmentId }, request),

    exportOfficerSheet: request => exportSheet(request.params.period, { officerId: request.params.officerId }, request),
    exportDepartmentSheet: request => exportSheet(request.params.period, { departmentId: request.params.departmentId }, request),

    appealOnOfficerSheet: request => appeal({ officerId: request.params.officerId }, request),
    appealOnDepartmentSheet: request => appeal({ departmentId: request.params.departmentId }, request),
    decideOnOfficerSheet: request => decide({ officerId: request.params.officerId }, request),
    decideOnDepartmentSheet: request => decide({ departmentId: request.params.departmentId }, request),

    getRankings: async () => {
      const current = await readRankings(table)
      return { body: await showRankings(current), version: current?.version ?? 0 }
    },

    putRankings: async ({ body, caller, now, seenVersion }) => {
      const before = await readRankings(table)
      demandSeen(seenVersion, before?.version ?? 0)
      const after = setRankings(before, body, caller.officerId, now)
      const isNew = after !== before
      return { body: await showRankings(after, isNew ? [after] : []), version: after.version, writes: isNew ? rankingsWrites(after, before) : [] }
    },

    getRanking: async ({ params: { period }, query: { departmentId }, caller, reaches }) => {
      demandWithin(reaches, caller, { departments: [departmentId] })
      const [assessment, rankings] = await Promise.all([read(period, caller), readRankings(table)])
      demandRankable(rankings, assessment)
      await demandDepartment(departmentId)
      // As many as the department has; a whole district is not ranked.
      const sheets = (await all(table.query(assessmentQueries.sheetsOf(period, departmentId)))).map(item => opened('sheet', item)).filter(({ drawing }) => drawing === assessment.drawing)
      const places = placesOf(sheets)
      return { body: { period, departmentId, places: [...places], unplaced: sheets.length - places.length } }
    },
  }
}

/** A draft is for supervisors alone: what is in it may still change. */
const isVisible = ({ status }: Assessment, caller: Caller): boolean => status !== 'draft' || caller.roles.includes('supervisor')

/** Of what names others, the campaign office sees all. */
const detailFor = ({ roles }: Caller): Detail => (roles.includes('supervisor') || roles.includes('admin') ? 'all' : 'own')
