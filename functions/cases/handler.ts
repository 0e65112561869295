import { localDateOf, parseInstant } from '../../shared/calendar/zone.ts'
import type { Case, NewCase } from '../../shared/case/case.ts'
import { departmentsAfter, departmentsAtOnce, departmentsAtWork, handoverOf, openCase, stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { withdrawCase } from '../../shared/case/ending.ts'
import { isOverdue } from '../../shared/case/limits.ts'
import { callBackOnCase } from '../../shared/case/receipt.ts'
import { reassignCase } from '../../shared/case/reassign.ts'
import { readStakes, stepStakes, withdrawalStakes } from '../../shared/case/stakes.ts'
import { acknowledgeStep, finishStep, refuseStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import type { caseOperations } from '../../shared/contract/cases.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { hasEnded, type CaseStatus } from '../../shared/case/transition.ts'
import { demandWithin, isWithin, type Caller } from '../../shared/roster/caller.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { demandPairingOn } from '../../shared/roster/pairing.ts'
import { caseKey, caseQueries, templateKey } from '../adapters/case-store.ts'
import { counterWrite } from '../adapters/issue-store.ts'
import { departmentKey, enterpriseKey, officerKey, rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Key, Query } from '../adapters/table.ts'
import { actingOfficer } from '../http/acting-officer.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { readNumbering } from '../ledger/dispatch.ts'
import { writesOfCase } from '../ledger/change-case.ts'
import type { templateHandlers } from './templates.ts'
import { caseEventView, caseView } from './view.ts'

type Request = Pick<ApiRequest, 'caller' | 'reaches' | 'now' | 'seenVersion'> & { readonly params: { readonly caseId: string } }
type StepRequest = Request & { readonly params: { readonly stepId: string } }

type Handlers = Omit<ApiHandlers<typeof caseOperations>, keyof ReturnType<typeof templateHandlers>>

export const caseHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): Handlers => {
  const roster = rosterStore(table)

  const readRulesNow = async () => {
    const rules = await readRules(table)
    const reckoning: Reckoning = { calendar: rules.calendar, timeZone }
    return { ...rules, reckoning, staffOf: (ids: readonly string[]) => roster.staffOfEach(ids, rules.policy.leadingGroup, adminEmail) }
  }

  const readCase = async (caseId: string): Promise<Case> => {
    const it = openedMaybe('case', await table.get(caseKey(caseId)))
    if (it === undefined) throw new Problem('case-not-found', { id: caseId })
    return it
  }

  const readVisible = async ({ params, reaches, caller }: Request): Promise<Case> => {
    const it = await readCase(params.caseId)
    demandWithin(reaches, caller, readStakes(it))
    return it
  }

  /** The case of a step that is the caller's department's, still as the client has seen it; and the rules in force. */
  const forStep = async (request: StepRequest) => {
    const [it, rules] = await Promise.all([readVisible(request), readRulesNow()])
    demandWithin(request.reaches, request.caller, stepStakes(stepOf(it, request.params.stepId)))
    demandSeen(request.seenVersion, it.version)
    return { it, ...rules, act: actOf(request), stepId: request.params.stepId }
  }

  const actOf = ({ caller, now }: Pick<Request, 'caller' | 'now'>) => ({ by: caller.officerId, now })

  /** A decision as an answer: what the client sees, and the one transaction that makes it so. */
  const answerWith = (decision: CaseDecision, before: Case | undefined, now: number, reckoning: Reckoning) => ({
    body: caseView(decision.changed, now, reckoning),
    version: decision.changed.version,
    writes: writesOfCase(decision, before, now),
  })

  /** Officers that are to follow the case, or to go along with single steps. @throws Problem `officer-not-found`, `officer-left`, `not-an-officer` */
  const demandOfficers = async (caller: Caller, { officerId = caller.officerId, steps = [] }: Pick<NewCase, 'officerId' | 'steps'>): Promise<void> => {
    const places = [{ id: officerId, path: 'officerId' }, ...steps.map((step, at) => ({ id: step.officerId, path: `steps.${at}.officerId` }))]
    const named = places.flatMap(({ id, path }) => (id === undefined ? [] : [{ id, path }]))
    const others = [...new Set(named.map(({ id }) => id))].filter(id => id !== caller.officerId)
    const known = others.length === 0 ? [] : await roster.officers(others)
    const officers = new Map<string, Pick<Officer, 'active' | 'roles'>>([[caller.officerId, { active: true, roles: [...caller.roles] }], ...known])
    for (const { id, path } of named) demandOfficer(officers.get(id), id, path)
  }

  /** Whoever a list was about that has come out empty, for those who see all cases; others would learn from the answer who is there. */
  const demandNamed = async ({ departmentId, officerId, enterpriseId }: Filters): Promise<void> => {
    const found = async (id: string | undefined, code: 'department-not-found' | 'officer-not-found' | 'enterprise-not-found', keyOf: (id: string) => Key): Promise<void> => {
      if (id !== undefined && (await table.get(keyOf(id))) === undefined) throw new Problem(code, { id })
    }
    await found(departmentId, 'department-not-found', departmentKey)
    await found(officerId, 'officer-not-found', officerKey)
    await found(enterpriseId, 'enterprise-not-found', enterpriseKey)
  }

  return {
    openCase: async ({ body, caller, reaches, now }) => {
      const officer = await actingOfficer(roster, caller, reaches, body.officerId)
      const today = localDateOf(now, timeZone)
      const [rules, numbering, template, enterpriseItem, pairings] = await Promise.all([
        readRulesNow(),
        readNumbering(table, now, timeZone, 'CASES'),
        table.get(templateKey(body.templateId)),
        table.get(enterpriseKey(body.enterpriseId)),
        reaches.has('any') ? undefined : roster.pairingsOf(officer.officerId),
        demandOfficers(caller, body),
      ])
      if (template === undefined) throw new Problem('template-not-found', { id: body.templateId })
      const enterprise = openedMaybe('enterprise', enterpriseItem)
      if (enterprise === undefined) throw new Problem('enterprise-not-found', { id: body.enterpriseId })
      if (pairings !== undefined) demandPairingOn(pairings, { officerId: officer.officerId, enterpriseId: body.enterpriseId }, today)
      const frozen = opened('case-template', template)
      const staffOf = await rules.staffOf(departmentsAtOnce(frozen))
      const decision = openCase(body, {
        ...rules.reckoning, ...actOf({ caller, now }), numbering, template: frozen, officerId: officer.officerId,
        policy: rules.policy, policyVersion: rules.policyVersion, contact: enterprise, staffOf,
      })
      const answer = answerWith(decision, undefined, now, rules.reckoning)
      return { ...answer, writes: [counterWrite('CASES', numbering, 1), ...answer.writes] }
    },

    listCases: async ({ query, caller, reaches, now, paging }) => {
      const { reckoning } = await readRulesNow()
      const cases = await listPage(table, casesFor(query, caller, reaches), paging, cursors, async item => {
        const it = item['shape'] === 'concern' ? await readCase(opened('concern', item).caseId) : opened('case', item)
        const { officers = [], departments = [] } = readStakes(it)
        const wanted =
          isWithin(reaches, caller, readStakes(it)) &&
          (query.status === undefined || it.status === query.status) &&
          (query.enterpriseId === undefined || it.enterpriseId === query.enterpriseId) &&
          (query.officerId === undefined || officers.includes(query.officerId)) &&
          (query.departmentId === undefined || departments.includes(query.departmentId)) &&
          (query.overdue === undefined || isOverdue(it, now) === (query.overdue === 'true'))
        return wanted ? caseView(it, now, reckoning) : undefined
      })
      if (cases.items.length === 0 && paging.cursor === undefined && reaches.has('any')) await demandNamed(query)
      return { body: cases }
    },

    getCase: async request => {
      const [it, { reckoning }] = await Promise.all([readVisible(request), readRulesNow()])
      return { body: caseView(it, request.now, reckoning), version: it.version }
    },

    getCaseTimeline: async request => {
      const it = await readVisible(request)
      return { body: await listPage(table, caseQueries.timeline(it.caseId), request.paging, cursors, item => caseEventView(opened('case-event', item), timeZone)) }
    },

    startStep: async request => {
      const { it, stepId, act, reckoning } = await forStep(request)
      return answerWith(startStep(it, stepId, act, reckoning), it, act.now, reckoning)
    },

    waitInStep: async request => {
      const { it, stepId, act, reckoning } = await forStep(request)
      const enterprise = await roster.enterprise(it.enterpriseId)
      return answerWith(waitForEnterprise(it, stepId, request.body, enterprise, act, reckoning), it, act.now, reckoning)
    },

    resumeStep: async request => {
      const { it, stepId, act, reckoning } = await forStep(request)
      const enterprise = await roster.enterprise(it.enterpriseId)
      return answerWith(resumeStep(it, stepId, enterprise, act, reckoning), it, act.now, reckoning)
    },

    finishStep: async request => {
      const { it, stepId, act, reckoning, staffOf } = await forStep(request)
      const [contact, ofNext] = await Promise.all([roster.enterprise(it.enterpriseId), staffOf(departmentsAfter(it, stepId))])
      return answerWith(finishStep(it, stepId, request.body.words, { contact, staffOf: ofNext }, act, reckoning), it, act.now, reckoning)
    },

    refuseStep: async request => {
      const { it, stepId, act, reckoning, staffOf } = await forStep(request)
      const [contact, ofThose] = await Promise.all([roster.enterprise(it.enterpriseId), staffOf(departmentsAtWork(it))])
      return answerWith(refuseStep(it, stepId, request.body.reason, contact, ofThose, act, reckoning), it, act.now, reckoning)
    },

    acknowledgeStep: async request => {
      const { it, stepId, act, reckoning } = await forStep(request)
      return answerWith(acknowledgeStep(it, stepId, act, reckoning), it, act.now, reckoning)
    },

    withdrawCase: async request => {
      const it = await readCase(request.params.caseId)
      demandWithin(request.reaches, request.caller, withdrawalStakes(it))
      demandSeen(request.seenVersion, it.version)
      const { reckoning, staffOf } = await readRulesNow()
      const [contact, ofThose] = await Promise.all([roster.enterprise(it.enterpriseId), staffOf(departmentsAtWork(it))])
      return answerWith(withdrawCase(it, request.body.reason, { contact, staffOf: ofThose }, actOf(request)), it, request.now, reckoning)
    },

    reassignCase: async request => {
      const it = await readVisible(request)
      demandSeen(request.seenVersion, it.version)
      const { from = it.officerId, officerId, reason } = request.body
      const [{ reckoning }, contact, officers] = await Promise.all([readRulesNow(), roster.enterprise(it.enterpriseId), roster.officers([...new Set([from, officerId])])])
      demandOfficer(officers.get(officerId), officerId, 'officerId')
      const hasLeft = officers.get(from)?.active !== true
      return answerWith(reassignCase(it, { from, officerId, reason }, { contact, hasLeft }, actOf(request)), it, request.now, reckoning)
    },

    callBackOnCase: async request => {
      const it = await readVisible(request)
      demandSeen(request.seenVersion, it.version)
      const { reckoning, staffOf } = await readRulesNow()
      const { departmentId } = handoverOf(it)
      const staff = (await staffOf([departmentId]))(departmentId)
      const said = { ...request.body, askedAt: parseInstant(request.body.askedAt) }
      return answerWith(callBackOnCase(it, said, staff, actOf(request), reckoning), it, request.now, reckoning)
    },
  }
}

/** An officer who is to go along with a case, named at `path`. @throws Problem `officer-not-found`, `officer-left`, `not-an-officer` */
const demandOfficer = (officer: Pick<Officer, 'active' | 'roles'> | undefined, id: string, path: string): void => {
  if (officer === undefined) throw new Problem('officer-not-found', { id }, { path })
  if (!officer.active) throw new Problem('officer-left', { id }, { path })
  if (!officer.roles.includes('officer')) throw new Problem('not-an-officer', { id }, { path })
}

interface Filters {
  readonly departmentId?: string | undefined
  readonly officerId?: string | undefined
  readonly enterpriseId?: string | undefined
  readonly status?: CaseStatus | undefined
  readonly overdue?: string | undefined
}

/** The narrowest indexes that hold everything the query asks for and the caller may see, and little else. */
const casesFor = (filters: Filters, { officerId, departmentId }: ApiRequest['caller'], reaches: ApiRequest['reaches']): readonly Query[] => {
  const own = reaches.has('own') ? [caseQueries.followedBy(officerId)] : []
  const isOfDepartment = reaches.has('department') && departmentId !== undefined
  if (!reaches.has('any') && !isOfDepartment) return own
  if (filters.enterpriseId !== undefined) return [caseQueries.ofEnterprise(filters.enterpriseId)]
  if (filters.officerId !== undefined) return [caseQueries.followedBy(filters.officerId)]
  if (filters.departmentId !== undefined && (reaches.has('any') || filters.departmentId === departmentId)) return ofDepartment(filters.departmentId, filters)
  if (reaches.has('any')) return [caseQueries.all]
  return [...(departmentId === undefined ? [] : ofDepartment(departmentId, filters)), ...own]
}

/** A department's cases: those that are still to end, those that have, or both, by what is asked for. */
const ofDepartment = (departmentId: string, { status, overdue }: Filters): readonly Query[] => {
  const [open, ended] = [caseQueries.ofDepartment(departmentId, 'open'), caseQueries.ofDepartment(departmentId, 'ended')]
  if (overdue === 'true') return [open]
  return status === undefined ? [open, ended] : [hasEnded(status) ? ended : open]
}
