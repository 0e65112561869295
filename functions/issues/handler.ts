import { localDateOf, parseInstant } from '../../shared/calendar/zone.ts'
import type { issueOperations } from '../../shared/contract/issues.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { acknowledgePiece, answerPiece, askForAssistance, pieceOf } from '../../shared/issue/assistance.ts'
import { callBackIssue, overrideIssue } from '../../shared/issue/closing.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { acceptIssue, acknowledgeIssue, owingDepartments, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { clockNames, type Issue } from '../../shared/issue/issue.ts'
import { mergeIssue, separateIssue } from '../../shared/issue/merge.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { pieceStakes, readStakes, transferStakes, workStakes } from '../../shared/issue/stakes.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { demandWithin, type Stakes } from '../../shared/roster/caller.ts'
import { demandPairingOn } from '../../shared/roster/pairing.ts'
import { eventKey, issueKey, issueQueries } from '../adapters/issue-store.ts'
import { enterpriseKey, rosterStore } from '../adapters/roster-store.ts'
import { readCalendar, readRules, type Rules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Item } from '../adapters/table.ts'
import { readVisit } from '../adapters/visit-store.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { actingOfficer } from '../http/acting-officer.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { writesOf } from '../ledger/change-issue.ts'
import { demandNamed, isAskedFor, ledgerFor } from '../ledger/asked-for.ts'
import { dispatchAll, readNumbering } from '../ledger/dispatch.ts'
import { decidedForAll } from '../ledger/followers.ts'
import { clockDeadlineView, pieceDeadlineView } from './deadline-view.ts'
import { eventView, issueView } from './view.ts'

type PieceRequest = Request & { readonly params: { readonly piece: number } }

type Request = Pick<ApiRequest, 'caller' | 'reaches' | 'now' | 'seenVersion'> & { readonly params: { readonly issueId: string } }

export const issueHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof issueOperations> => {
  const roster = rosterStore(table)

  const reckoningOf = ({ calendar }: Rules): Reckoning => ({ calendar, timeZone })

  const demandIssue = (item: Item | undefined, issueId: string): Issue => {
    const issue = openedMaybe('issue', item)
    if (issue === undefined) throw new Problem('issue-not-found', { id: issueId })
    return issue
  }

  const readIssue = async (issueId: string): Promise<Issue> => demandIssue(await table.get(issueKey(issueId)), issueId)

  const demandVisible = (issue: Issue, { reaches, caller }: Request): Issue => {
    demandWithin(reaches, caller, readStakes(issue))
    return issue
  }

  const readVisible = async (request: Request): Promise<Issue> => demandVisible(await readIssue(request.params.issueId), request)

  /** The issue a command is given for: within reach, and still as the client has seen it. */
  const readForCommand = async ({ params, reaches, caller, seenVersion }: Request, stakesOf: (issue: Issue) => Stakes = workStakes): Promise<Issue> => {
    const issue = await readIssue(params.issueId)
    demandWithin(reaches, caller, stakesOf(issue))
    demandSeen(seenVersion, issue.version)
    return issue
  }

  /** The issue whose piece a department answers for: within reach by that piece. */
  const readForPiece = (request: PieceRequest): Promise<Issue> =>
    readForCommand(request, issue => pieceStakes(pieceOf(demandVisible(issue, request), request.params.piece)))

  const settlePiece = async (request: PieceRequest, given: Parameters<typeof answerPiece>[2]) => {
    const issue = await readForPiece(request)
    const { staff } = await rulesAndStaff(issue)
    return answerWith(answerPiece(issue, request.params.piece, given, staff, actOf(request)), issue, request)
  }

  const actOf = ({ caller, now }: Request) => ({ by: caller.officerId, now })

  const enterpriseOf = (issue: Issue) => roster.enterprise(issue.enterpriseId)

  const rulesAndStaff = async (issue: Issue) => {
    const rules = await readRules(table)
    return { rules, staff: await roster.staff(issue.leadDepartmentId, rules.policy.leadingGroup, adminEmail) }
  }

  /** A decision as an answer: what the client sees, and the one transaction that makes it so, here and for the issues merged into this one. */
  const answerWith = async (decision: Decision, before: Issue, request: Request) => {
    const forAll = await decidedForAll(table, decision, before, actOf(request), async () => {
      const { rules, staff } = await rulesAndStaff(before)
      return { staff, reckoning: reckoningOf(rules) }
    })
    return { body: issueView(forAll.issue, request.now, timeZone), version: forAll.issue.version, writes: writesOf(forAll, before, request.now) }
  }

  const demandVisit = async (visitId: string, officerId: string, enterpriseId: string): Promise<void> => {
    const visit = await readVisit(table, visitId)
    if (visit === undefined) throw new Problem('visit-not-found', { id: visitId })
    if (visit.officerId !== officerId || visit.enterpriseId !== enterpriseId) throw new Problem('visit-mismatch', { visitId })
  }

  return {
    submitIssue: async ({ body, caller, reaches, now }) => {
      const officer = await actingOfficer(roster, caller, reaches, body.officerId)
      const [rules, numbering, enterprise, pairings] = await Promise.all([
        readRules(table),
        readNumbering(table, now, timeZone),
        table.get(enterpriseKey(body.enterpriseId)),
        roster.pairingsOf(officer.officerId),
        body.visitId === undefined ? undefined : demandVisit(body.visitId, officer.officerId, body.enterpriseId),
      ])
      if (enterprise === undefined) throw new Problem('enterprise-not-found', { id: body.enterpriseId })
      demandPairingOn(pairings, { officerId: officer.officerId, enterpriseId: body.enterpriseId }, localDateOf(now, timeZone))
      const { decisions: [decision], writes } = await dispatchAll({ table, timeZone, adminEmail }, [body], { officer, by: caller.officerId, now, rules, numbering })
      return { body: issueView(decision.issue, now, timeZone), version: decision.issue.version, writes }
    },

    listIssues: async ({ query, caller, reaches, now, paging }) => {
      const issues = await listPage(table, ledgerFor(query, caller, reaches), paging, cursors, async item => {
        const issue = item['shape'] === 'assist' ? await readIssue(opened('assist', item).issueId) : opened('issue', item)
        return isAskedFor(issue, query, { caller, reaches, now }) ? issueView(issue, now, timeZone) : undefined
      })
      if (issues.items.length === 0 && paging.cursor === undefined && reaches.has('any')) await demandNamed(table, query)
      return { body: issues }
    },

    getIssue: async request => {
      const { issueId } = request.params
      const [item, first] = await table.getAll([issueKey(issueId), eventKey(issueId, 1)])
      const issue = demandVisible(demandIssue(item, issueId), request)
      const dispatched = openedMaybe('event', first)
      const description = dispatched?.event === 'dispatched' ? dispatched.description : ''
      return { body: { ...issueView(issue, request.now, timeZone), description }, version: issue.version }
    },

    getTimeline: async request => {
      const issue = await readVisible(request)
      return { body: await listPage(table, issueQueries.timeline(issue.issueId), request.paging, cursors, item => eventView(opened('event', item), timeZone)) }
    },

    getDeadlines: async request => {
      const issue = await readVisible(request)
      const { calendar: inForce } = await readRules(table)
      // The days as they were reckoned: a notice changed since has not moved what is over.
      const reckonedBy = async (reckoned: Pick<Issue, 'calendarVersion' | 'shippedUntil'>): Promise<Reckoning> => {
        const isInForce = reckoned.calendarVersion === inForce.version && reckoned.shippedUntil === inForce.shippedUntil
        return { calendar: isInForce ? inForce : await readCalendar(table, reckoned), timeZone }
      }
      const reckoning = await reckonedBy(issue)
      return {
        body: {
          items: clockNames.map(clock => clockDeadlineView(clock, issue, reckoning, request.language)),
          pieces: await Promise.all(issue.pieces.map(async piece => pieceDeadlineView(piece, issue, await reckonedBy(piece), request.language))),
        },
      }
    },

    acceptIssue: async request => {
      const issue = await readForCommand(request)
      return answerWith(acceptIssue(issue, actOf(request)), issue, request)
    },

    replyToIssue: async request => {
      const issue = await readForCommand(request)
      const decision = replyToIssue(issue, request.body.message, await enterpriseOf(issue), actOf(request))
      return answerWith(decision, issue, request)
    },

    askForAssistance: async request => {
      const issue = await readForCommand(request)
      const { departmentId } = request.body
      const [department, rules] = await Promise.all([roster.department(departmentId), readRules(table)])
      if (department === undefined) throw new Problem('department-not-found', { id: departmentId })
      const staff = await roster.staff(departmentId, rules.policy.leadingGroup, adminEmail)
      return answerWith(askForAssistance(issue, request.body, staff, actOf(request), reckoningOf(rules)), issue, request)
    },

    answerPiece: request => settlePiece(request, request.body),
    refusePiece: request => settlePiece(request, request.body),

    acknowledgePiece: async request => {
      const issue = await readForPiece(request)
      return answerWith(acknowledgePiece(issue, request.params.piece, actOf(request), reckoningOf(await readRules(table))), issue, request)
    },

    transferIssue: async request => {
      const issue = await readForCommand(request, transferStakes)
      const { departmentId } = request.body
      const [department, rules] = await Promise.all([roster.department(departmentId), readRules(table)])
      if (department === undefined) throw new Problem('department-not-found', { id: departmentId })
      const staff = await roster.staff(departmentId, rules.policy.leadingGroup, adminEmail)
      return answerWith(transferIssue(issue, request.body, staff, actOf(request)), issue, request)
    },

    resolveIssue: async request => {
      const issue = await readForCommand(request)
      const [enterprise, rules] = await Promise.all([enterpriseOf(issue), readRules(table)])
      const staffOf = await roster.staffOfEach(owingDepartments(issue), rules.policy.leadingGroup, adminEmail)
      const decision = resolveIssue(issue, request.body, enterprise, actOf(request), reckoningOf(rules), staffOf)
      return answerWith(decision, issue, request)
    },

    askForExtension: async request => {
      const issue = await readForCommand(request)
      const { rules, staff } = await rulesAndStaff(issue)
      return answerWith(askForExtension(issue, request.body, staff, actOf(request), reckoningOf(rules)), issue, request)
    },

    askForPause: async request => {
      const issue = await readForCommand(request)
      const { rules, staff } = await rulesAndStaff(issue)
      return answerWith(askForPause(issue, request.body, staff, actOf(request), reckoningOf(rules)), issue, request)
    },

    askForExplanation: async request => {
      const issue = await readForCommand(request)
      const { staff } = await rulesAndStaff(issue)
      return answerWith(askForExplanation(issue, request.body.message, staff, actOf(request)), issue, request)
    },

    decideRequest: async request => {
      const issue = await readForCommand(request)
      const [enterprise, rules] = await Promise.all([enterpriseOf(issue), readRules(table)])
      const decision = decideRequest(issue, request.body, enterprise, actOf(request), reckoningOf(rules))
      return answerWith(decision, issue, request)
    },

    resumeIssue: async request => {
      const issue = await readForCommand(request)
      const [enterprise, rules] = await Promise.all([enterpriseOf(issue), readRules(table)])
      return answerWith(resumeIssue(issue, enterprise, actOf(request), reckoningOf(rules)), issue, request)
    },

    changeTier: async request => {
      const issue = await readForCommand(request)
      const [enterprise, rules] = await Promise.all([enterpriseOf(issue), readRules(table)])
      return answerWith(changeTier(issue, request.body, enterprise, actOf(request), reckoningOf(rules)), issue, request)
    },

    mergeIssue: async request => {
      const issue = await readForCommand(request)
      const { intoIssueId, reason } = request.body
      const target = demandVisible(await readIssue(intoIssueId), request)
      const [{ rules, staff }, enterprise] = await Promise.all([rulesAndStaff(target), enterpriseOf(issue)])
      const staffOf = await roster.staffOfEach(owingDepartments(issue), rules.policy.leadingGroup, adminEmail)
      return answerWith(mergeIssue(issue, { issue: target, staff }, reason, enterprise, actOf(request), staffOf), issue, request)
    },

    separateIssue: async request => {
      const issue = await readForCommand(request)
      // One that is not merged is refused by the rule, whatever it is separated from.
      const target = issue.mergedInto === undefined ? issue : await readIssue(issue.mergedInto)
      const [{ rules, staff }, enterprise] = await Promise.all([rulesAndStaff(issue), enterpriseOf(issue)])
      return answerWith(separateIssue(issue, { issue: target, staff }, request.body.reason, enterprise, actOf(request), reckoningOf(rules)), issue, request)
    },

    callBackIssue: async request => {
      const issue = await readForCommand(request)
      const { rules, staff } = await rulesAndStaff(issue)
      const said = { ...request.body, askedAt: parseInstant(request.body.askedAt) }
      return answerWith(callBackIssue(issue, said, staff, actOf(request), reckoningOf(rules)), issue, request)
    },

    overrideIssue: async request => {
      const issue = await readForCommand(request)
      const { staff } = await rulesAndStaff(issue)
      return answerWith(overrideIssue(issue, request.body.reason, staff, actOf(request)), issue, request)
    },

    acknowledgeIssue: async request => {
      const issue = await readForCommand(request)
      return answerWith(acknowledgeIssue(issue, actOf(request), reckoningOf(await readRules(table))), issue, request)
    },
  }
}
