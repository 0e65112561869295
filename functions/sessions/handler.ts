import { addDays } from '../../shared/calendar/date.ts'
import { instantOf, localDateOf, parseInstant, toRfc3339 } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { sessionOperations } from '../../shared/contract/sessions.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { numberOf, type Decision } from '../../shared/issue/decision.ts'
import { directIssue, raiseDirected } from '../../shared/issue/direct.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { demandWithin, isWithin, type Caller } from '../../shared/roster/caller.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import { agendaOfOne, byCategory, isForAgenda } from '../../shared/session/agenda.ts'
import { decisionsAtMost, verdictOf, withDecision } from '../../shared/session/decide.ts'
import { callSession, callStakes, cancelSession, changeSession, enterMinutes, holdStakes, sessionStakes, type Call, type Invitees, type Session, type SessionChange } from '../../shared/session/session.ts'
import { counterWrite, issueKey, issueQueries } from '../adapters/issue-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { departmentKey, enterpriseKey, rosterStore } from '../adapters/roster-store.ts'
import { readRules, type Rules } from '../adapters/rules-store.ts'
import { decisionKey, decisionWrite, sessionKey, sessionsFrom, sessionWrite } from '../adapters/session-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Query } from '../adapters/table.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { writesOf } from '../ledger/change-issue.ts'
import { readNumbering } from '../ledger/dispatch.ts'
import { decidedForAll } from '../ledger/followers.ts'
import { agendaView, decisionView, sessionView } from './view.ts'

type Asking = Pick<ApiRequest, 'caller' | 'reaches' | 'now'>
type Request = Asking & Pick<ApiRequest, 'seenVersion'> & { readonly params: { readonly sessionId: string } }

/** Of one enterprise's issues, newest first, the agenda looks at so many. */
const examinedOfOne = 200

export const sessionHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof sessionOperations> => {
  const roster = rosterStore(table)
  const shown = (at: number): string => toRfc3339(at, timeZone)

  const readSession = async (sessionId: string): Promise<Session> => {
    const session = openedMaybe('session', await table.get(sessionKey(sessionId)))
    if (session === undefined) throw new Problem('session-not-found', { id: sessionId })
    return session
  }

  /** The enterprises that the caller is paired with today, where that bears on what they see. */
  const pairedWith = async ({ caller, reaches, now }: Asking): Promise<ReadonlySet<string>> => {
    const pairings = reaches.has('own') ? await roster.pairingsOf(caller.officerId) : []
    const today = localDateOf(now, timeZone)
    return new Set(pairings.filter(pairing => isInForce(pairing, today)).map(({ enterpriseId }) => enterpriseId))
  }

  const stakesFor = (session: Session, { officerId }: Caller, paired: ReadonlySet<string>) =>
    sessionStakes(session, session.enterpriseIds.some(id => paired.has(id)) ? [officerId] : [])

  /** The enterprises whose issues the caller sees: all that come, or, of an officer, those they are paired with. */
  const agendaFor = async (session: Session, request: Request): Promise<readonly string[]> => {
    if (isWithin(request.reaches, request.caller, sessionStakes(session))) return session.enterpriseIds
    const paired = await pairedWith(request)
    return session.enterpriseIds.filter(id => paired.has(id))
  }

  /** When a session can begin at the earliest. */
  const earliestFor = ({ reaches, now }: Pick<ApiRequest, 'reaches' | 'now'>): number => (reaches.has('any') ? now : instantOf(addDays(localDateOf(now, timeZone), 1), '00:00', timeZone))

  const readVisible = async (request: Request): Promise<Session> => {
    const [session, paired] = await Promise.all([readSession(request.params.sessionId), pairedWith(request)])
    demandWithin(request.reaches, request.caller, stakesFor(session, request.caller, paired))
    return session
  }

  /** The session a command is given for: within reach, and still as the client has seen it. */
  const readForCommand = async ({ params, reaches, caller, seenVersion }: Request): Promise<Session> => {
    const session = await readSession(params.sessionId)
    demandWithin(reaches, caller, callStakes(session))
    demandSeen(seenVersion, session.version)
    return session
  }

  const answerWith = ({ session, mails }: SessionChange, before: Session | undefined, now: number) => ({
    body: sessionView(session, timeZone),
    version: session.version,
    writes: [sessionWrite(session, before), ...planWrites(mails, now)],
  })

  /** Whoever a call names, as the roster has them. */
  const inviteesOf = async ({ enterpriseIds, departmentIds, startsAt }: Call, departmentId: string): Promise<Invitees> => {
    const departments = [...new Set([departmentId, ...departmentIds])]
    const on = localDateOf(startsAt, timeZone)
    const [enterprises, known, staff, paired] = await Promise.all([
      table.getAll(enterpriseIds.map(enterpriseKey)),
      table.getAll(departments.map(departmentKey)),
      Promise.all(departments.map(roster.staffOf)),
      Promise.all(enterpriseIds.map(enterpriseId => roster.pairedOfficers(enterpriseId, on))),
    ])
    for (const [at, id] of enterpriseIds.entries()) if (enterprises[at] === undefined) throw new Problem('enterprise-not-found', { id })
    for (const [at, id] of departments.entries()) if (known[at] === undefined) throw new Problem('department-not-found', { id })
    return {
      enterprises: enterprises.flatMap(item => openedMaybe('enterprise', item) ?? []),
      officerIds: [...staff.flatMap(({ directors, handlers }) => [...directors, ...handlers]), ...paired.flat().map(({ officerId }) => officerId)],
    }
  }

  const reckoningOf = ({ calendar }: Rules): Reckoning => ({ calendar, timeZone })

  const decisionAndIssue = async ({ sessionId, decision, issueId }: { readonly sessionId: string; readonly decision: number; readonly issueId: string }) => {
    const [record, issue] = await table.getAll([decisionKey({ sessionId, decision }), issueKey(issueId)])
    return record === undefined || issue === undefined ? undefined : { record: opened('decision', record), issue: opened('issue', issue) }
  }

  /** To those who see everything a department that is nobody's is a mistake of theirs. */
  const demandDepartment = async (departmentId: string | undefined): Promise<void> => {
    if (departmentId !== undefined && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
  }

  return {
    callSession: async ({ body, caller, reaches, now }) => {
      const { directorId = caller.officerId, startsAt, endsAt, ...rest } = body
      const holder = await roster.officer(directorId)
      demandWithin(reaches, caller, { departments: holder === undefined ? [] : [holder.departmentId] })
      if (holder === undefined) throw new Problem('officer-not-found', { id: directorId })
      const call = { ...rest, startsAt: parseInstant(startsAt), endsAt: parseInstant(endsAt) }
      const [numbering, invitees] = await Promise.all([readNumbering(table, now, timeZone, 'SESSIONS'), inviteesOf(call, holder.departmentId)])
      const sessionId = numberOf(numbering.year, numbering.last + 1, 'S')
      const answer = answerWith(callSession(call, { sessionId, holder, invitees, by: caller.officerId, now, earliest: earliestFor({ reaches, now }) }), undefined, now)
      return { ...answer, writes: [...answer.writes, counterWrite('SESSIONS', numbering, 1)] }
    },

    listSessions: async request => {
      const { query, caller, reaches, paging } = request
      const paired = await pairedWith(request)
      const from = query.from === undefined ? undefined : parseInstant(query.from)
      const sessions = await listPage(table, sessionsFrom(from), paging, cursors, item => {
        const session = opened('session', item)
        const wanted =
          isWithin(reaches, caller, stakesFor(session, caller, paired)) &&
          (query.status === undefined || session.status === query.status) &&
          (query.departmentId === undefined || [session.departmentId, ...session.departmentIds].includes(query.departmentId))
        return wanted ? sessionView(session, timeZone) : undefined
      })
      if (sessions.items.length === 0 && paging.cursor === undefined && reaches.has('any')) await demandDepartment(query.departmentId)
      return { body: sessions }
    },

    getSession: async request => {
      const session = await readVisible(request)
      return { body: sessionView(session, timeZone), version: session.version }
    },

    changeSession: async request => {
      const before = await readForCommand(request)
      const { startsAt, endsAt, ...rest } = request.body
      const { title, place, enterpriseIds, departmentIds, remark } = before
      const call: Call = {
        title: rest.title ?? title,
        place: rest.place ?? place,
        enterpriseIds: rest.enterpriseIds ?? enterpriseIds,
        departmentIds: rest.departmentIds ?? departmentIds,
        remark: rest.remark ?? remark,
        startsAt: startsAt === undefined ? before.startsAt : parseInstant(startsAt),
        endsAt: endsAt === undefined ? before.endsAt : parseInstant(endsAt),
      }
      return answerWith(changeSession(before, call, await inviteesOf(call, before.departmentId), { now: request.now, earliest: earliestFor(request) }), before, request.now)
    },

    cancelSession: async request => {
      const before = await readForCommand(request)
      return answerWith(cancelSession(before, request.body.reason, request.caller.officerId, request.now), before, request.now)
    },

    enterMinutes: async request => {
      const before = await readForCommand(request)
      return answerWith(enterMinutes(before, request.body.text, request.caller.officerId, request.now, shown), before, request.now)
    },

    getAgenda: async request => {
      const enterpriseIds = await agendaFor(await readVisible(request), request)
      const ofEach = await Promise.all(enterpriseIds.map(unresolvedOf))
      const categories = byCategory(ofEach.flatMap(({ issues }) => issues))
      return {
        body: {
          complete: ofEach.every(({ complete }) => complete),
          categories: categories.map(({ category, issues }) => ({ category, issues: issues.map(issue => agendaView(issue, request.now, timeZone)) })),
        },
      }
    },

    decideOnTheSpot: async request => {
      const { params, reaches, caller, body, now } = request
      const before = await readSession(params.sessionId)
      demandWithin(reaches, caller, holdStakes(before))
      const { issueId, issueVersion, issue: submitted } = body
      const [rules, department] = await Promise.all([readRules(table), roster.department(body.departmentId)])
      if (department === undefined) throw new Problem('department-not-found', { id: body.departmentId })
      const staff = await roster.staff(body.departmentId, rules.policy.leadingGroup, adminEmail)
      const act = { by: caller.officerId, now }
      const { verdict, decision, writes } = await decide()
      const after = withDecision(before, verdict, decision.issue, caller.officerId, now)
      return { body: decisionView(after.decision, decision.issue, now, timeZone), writes: [...writes, sessionWrite(after.session, before), decisionWrite(after.decision)] }

      async function decide() {
        if (submitted === undefined && issueId !== undefined && issueVersion !== undefined) return onKnown(issueId, issueVersion)
        if (submitted === undefined || issueId !== undefined || issueVersion !== undefined) throw new Problem('one-issue-required')
        return onNew(submitted)
      }

      async function onKnown(id: string, version: number) {
        const issue = openedMaybe('issue', await table.get(issueKey(id)))
        // Whose issues there are beside those of the session is not for everybody who calls one.
        if (issue === undefined || !before.enterpriseIds.includes(issue.enterpriseId)) throw new Problem('issue-not-of-session', { id })
        const given = verdictOf(before, body, issue.enterpriseId, reaches.has('any'), now, shown)
        if (version !== issue.version) throw new Problem('issue-changed', { id, current: issue.version })
        const former = issue.leadDepartmentId
        const [contact, formerStaff] = await Promise.all([
          roster.enterprise(issue.enterpriseId),
          former === body.departmentId ? undefined : roster.staff(former, rules.policy.leadingGroup, adminEmail),
        ])
        const directed = directIssue(issue, given, { staff, formerStaff, contact }, act, reckoningOf(rules), decisionsAtMost)
        const forAll = await decidedForAll(table, directed, issue, act, () => Promise.resolve({ staff, reckoning: reckoningOf(rules) }))
        return { verdict: given, decision: forAll, writes: writesOf(forAll, issue, now) }
      }

      async function onNew(raised: NonNullable<typeof submitted>) {
        const given = verdictOf(before, body, raised.enterpriseId, reaches.has('any'), now, shown)
        const [numbering, contact, [officer]] = await Promise.all([
          readNumbering(table, now, timeZone),
          roster.enterprise(raised.enterpriseId),
          roster.pairedOfficers(raised.enterpriseId, localDateOf(now, timeZone)),
        ])
        if (officer === undefined) throw new Problem('enterprise-unpaired', { enterpriseId: raised.enterpriseId })
        const { policy, policyVersion } = rules
        const dispatching = { ...act, ...reckoningOf(rules), numbering, officer, policy, policyVersion }
        const issued: Decision = raiseDirected(raised, given, { staff, contact }, dispatching, decisionsAtMost)
        return { verdict: given, decision: issued, writes: [counterWrite('ISSUES', numbering, 1), ...writesOf(issued, undefined, now)] }
      }
    },

    listDecisions: async request => {
      const { query, caller, reaches, now, paging } = request
      const decisions = await listPage(table, decisionQueries(query, caller, reaches), paging, cursors, async item => {
        const found = await decisionAndIssue(opened('direction', item))
        if (found === undefined) return undefined
        const { record, issue } = found
        const departments = [record.departmentId, record.calledByDepartmentId]
        const wanted =
          isWithin(reaches, caller, { officers: [record.officerId], departments }) && (query.departmentId === undefined || departments.includes(query.departmentId))
        return wanted ? decisionView(record, issue, now, timeZone) : undefined
      })
      if (decisions.items.length === 0 && paging.cursor === undefined && reaches.has('any'))
        await Promise.all([demandDepartment(query.departmentId), query.sessionId === undefined ? undefined : readSession(query.sessionId)])
      return { body: decisions }
    },
  }

  async function unresolvedOf(enterpriseId: string): Promise<{ readonly issues: readonly Issue[]; readonly complete: boolean }> {
    const issues: Issue[] = []
    let examined = 0
    for await (const item of table.query({ ...issueQueries.ofEnterprise(enterpriseId), pageSize: examinedOfOne })) {
      const issue = opened('issue', item)
      if (examined === examinedOfOne || (isForAgenda(issue) && issues.length === agendaOfOne)) return { issues, complete: false }
      if (isForAgenda(issue)) issues.push(issue)
      examined += 1
    }
    return { issues, complete: true }
  }
}

interface DecisionFilters {
  readonly sessionId?: string | undefined
  readonly status: 'open' | 'all'
  readonly departmentId?: string | undefined
}

/** The lists that hold what the query asks for and the caller may see, and little else: of one session, its part of each. */
const decisionQueries = ({ sessionId, status, departmentId }: DecisionFilters, caller: Caller, reaches: ApiRequest['reaches']): readonly Query[] => {
  const states = status === 'open' ? (['open'] as const) : (['open', 'ended'] as const)
  const within = sessionId === undefined ? {} : { from: `${sessionId}#`, to: `${sessionId}#~` }
  const listsOf = (state: 'open' | 'ended'): readonly Query[] => {
    const ofDepartment = (id: string) => [issueQueries.directionsFor(state, id), issueQueries.directionsBy(state, id)]
    if (reaches.has('any')) return departmentId === undefined ? [issueQueries.directions(state)] : ofDepartment(departmentId)
    return [
      ...(reaches.has('department') && caller.departmentId !== undefined ? ofDepartment(caller.departmentId) : []),
      ...(reaches.has('own') ? [issueQueries.directionsOn(state, caller.officerId)] : []),
    ]
  }
  return states.flatMap(listsOf).map(query => ({ ...query, ...within }))
}
