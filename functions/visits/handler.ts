import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import type { RaisedView, visitOperations } from '../../shared/contract/visits.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { isProvisional } from '../../shared/issue/deadline.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { planMail } from '../../shared/mail/notice.ts'
import { demandWithin, isWithin } from '../../shared/roster/caller.ts'
import { demandPairingOn } from '../../shared/roster/pairing.ts'
import { decideExemption, demandOpenMonth, exempted, exemptionStakes, requestExemption, timesRefused, type Exemption } from '../../shared/visit/exemption.ts'
import { everyEnterprise, quotasOf, touchesMonth } from '../../shared/visit/quota.ts'
import { demandCompanionsPaired, demandInRoster, demandOthers, jointMails } from '../../shared/visit/joint.ts'
import { demandExplainable } from '../../shared/visit/measure.ts'
import { demandEnterable, type Visit } from '../../shared/visit/visit.ts'
import { deliveriesOf, deliveryWrites, measuresOf } from '../adapters/measure-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Item, Write } from '../adapters/table.ts'
import { exemptionIdOf, exemptionKey, exemptionsOf, exemptionWrites, quotaKey, quotaRecordsOf, quotaWrite, visitQueries } from '../adapters/visit-store.ts'
import { actingOfficer } from '../http/acting-officer.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { dispatchAll, readNumbering } from '../ledger/dispatch.ts'
import { askedAbout } from '../http/asked-about.ts'
import { entryOf, readEntrant, spanOf } from './entry.ts'

export const visitHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof visitOperations> => {
  const roster = rosterStore(table)
  const { demandOfficerWithin, ownUnlessNamed, demandDepartment, pageOfOfficers } = askedAbout({ table, cursors, timeZone })

  /** Marks the month as exempt: of the one enterprise, or of all. */
  const exemptWrite = async (exemption: Exemption): Promise<Write> => {
    const item = await table.get(quotaKey(exemption.officerId, exemption.enterpriseId ?? everyEnterprise, exemption.month))
    return quotaWrite(exempted(openedMaybe('quota', item), exemption), item)
  }

  const readExemption = async (exemptionId: string, { caller, reaches }: Pick<ApiRequest, 'caller' | 'reaches'>) => {
    const item = await table.get(exemptionKey(exemptionId))
    if (item === undefined) throw new Problem('exemption-not-found', { id: exemptionId })
    const exemption = opened('exemption', item)
    demandWithin(reaches, caller, exemptionStakes(exemption))
    return { item, exemption }
  }

  return {
    recordVisit: async ({ body, caller, reaches, now, mark }) => {
      const officer = await actingOfficer(roster, caller, reaches, body.officerId)
      const { officerId } = officer
      const { enterpriseId, visitedOn, mode, summary, companions = [], measures = [] } = body
      demandOthers(companions, officerId)
      const today = localDateOf(now, timeZone)
      const [rules, numbering, entrant, catalogue, delivered, ...along] = await Promise.all([
        readRules(table),
        body.issues === undefined ? undefined : readNumbering(table, now, timeZone),
        readEntrant(table, officerId, body),
        measuresOf(table, measures),
        deliveriesOf(table, measures, enterpriseId),
        ...companions.map(companion => readEntrant(table, companion, body)),
      ])
      const { policy, calendar } = rules
      const { pairings } = entrant
      demandEnterable({ ...body, officerId }, { today, time: toRfc3339(now, timeZone).slice(11, 16), calendar, policy, pairings })
      demandCompanionsPaired(along, body)
      if (companions.length > 0) demandInRoster(companions, await roster.officers(companions))
      demandExplainable(measures, catalogue, visitedOn)
      // An issue is brought by whoever is paired with the enterprise when it is dispatched, as it is by itself.
      if (body.issues !== undefined) demandPairingOn(pairings, { officerId, enterpriseId }, today)

      const shared = {
        enterpriseId, visitedOn, ...spanOf(body), mode, summary,
        ...(measures.length === 0 ? {} : { measures }), recordedAt: toRfc3339(now, timeZone), recordedBy: caller.officerId,
      }
      const given = { officers: [officerId, ...companions], mark, policy, today } as const
      const { visit, quota, writes } = entryOf(entrant, shared, given)
      const others = along.map(each => entryOf(each, shared, given))
      const { visitId } = visit
      const raised = (body.issues ?? []).map(issue => ({ ...issue, enterpriseId, visitId }))
      const dispatched =
        numbering && (await dispatchAll({ table, timeZone, adminEmail }, raised, { officer, by: caller.officerId, now, rules, numbering, listedIn: 'issues' }))
      const [line] = quotasOf(pairings.filter(each => each.enterpriseId === enterpriseId), [quota], quota.month, policy)
      return {
        body: {
          ...outcomeOf(visit), quota: { month: quota.month, required: line?.required ?? 0, counted: line?.counted ?? 0 },
          ...(body.companions === undefined ? {} : { companions: others.map(each => ({ officerId: each.visit.officerId, ...outcomeOf(each.visit) })) }),
          ...(dispatched === undefined ? {} : { issues: dispatched.decisions.map(({ issue }) => raisedView(issue, timeZone)) }),
        },
        writes: [
          ...[{ writes }, ...others].flatMap(each => each.writes),
          ...deliveryWrites(visit, measures, delivered),
          ...planWrites(jointMails(others.map(each => each.visit)), now),
          ...(dispatched?.writes ?? []),
        ],
      }
    },

    listVisits: async ({ query, caller, reaches, paging }) => {
      // An enterprise's visits by all officers are for those who reach beyond their own; an officer sees their own.
      const officerId =
        query.officerId === undefined && query.enterpriseId !== undefined && reaches.has('any')
          ? undefined
          : ownUnlessNamed(query.officerId, caller, reaches, ['officerId', 'enterpriseId'])
      if (officerId !== undefined) await demandOfficerWithin(officerId, caller, reaches)
      const source =
        officerId !== undefined ? visitQueries.ofOfficer(officerId, query.month) : visitQueries.toEnterprise(query.enterpriseId ?? '', query.month)
      return {
        body: await listPage(table, source, paging, cursors, item => {
          const visit = opened('visit', item)
          return query.enterpriseId === undefined || visit.enterpriseId === query.enterpriseId ? visit : undefined
        }),
      }
    },

    getQuota: async request => {
      const { month } = request.query
      const { policy } = await readRules(table)
      const linesOf = async (officerId: string) => {
        const [pairings, records] = await Promise.all([roster.pairingsOf(officerId), quotaRecordsOf(table, officerId, month)])
        return quotasOf(pairings, records, month, policy)
      }
      const officers = await pageOfOfficers(request)
      const lines = await Promise.all(officers.items.map(linesOf))
      return { body: { ...officers, items: lines.flat() } }
    },

    requestExemption: async ({ body, caller, reaches, now }) => {
      const officer = await actingOfficer(roster, caller, reaches, body.officerId)
      demandOpenMonth(body.month, localDateOf(now, timeZone))
      const [pairings, earlier] = await Promise.all([roster.pairingsOf(officer.officerId), exemptionsOf(table, officer.officerId)])
      const concerned = pairings.filter(
        pairing => touchesMonth(pairing, body.month) && (body.enterpriseId === undefined || pairing.enterpriseId === body.enterpriseId),
      )
      if (concerned.length === 0 && body.enterpriseId !== undefined) throw new Problem('not-paired-in-month', { enterpriseId: body.enterpriseId, officerId: officer.officerId, month: body.month })
      if (concerned.length === 0) throw new Problem('nothing-owed', { month: body.month })
      const scope = { officerId: officer.officerId, month: body.month, enterpriseId: body.enterpriseId }
      const exemptionId = exemptionIdOf(scope, timesRefused(scope, earlier))
      const staff = await roster.staff(officer.departmentId, [], adminEmail)
      const { exemption, mails } = requestExemption(body, { exemptionId, officer, by: caller.officerId, at: toRfc3339(now, timeZone), staff })
      return { body: exemption, writes: [...exemptionWrites(exemption, undefined), ...planWrites(mails, now)] }
    },

    decideExemption: async request => {
      const { item, exemption } = await readExemption(request.params.exemptionId, request)
      const decided = decideExemption(exemption, request.body, request.caller, toRfc3339(request.now, timeZone))
      const mail = planMail({ kind: 'exemption-decided', exemptionId: exemption.exemptionId }, `officer:${exemption.officerId}`, 'act')
      return {
        body: decided,
        writes: [
          ...exemptionWrites(decided, item),
          ...(decided.status === 'approved' ? [await exemptWrite(decided)] : []),
          ...planWrites([mail], request.now),
        ],
      }
    },

    getExemption: async request => ({ body: (await readExemption(request.params.exemptionId, request)).exemption }),

    listExemptions: async ({ query, caller, reaches, paging }) => {
      const shown = (item: Item) => {
        const exemption = opened('exemption', item)
        const wanted =
          (query.month === undefined || exemption.month === query.month) &&
          (query.status === undefined || exemption.status === query.status) &&
          (query.officerId === undefined || exemption.officerId === query.officerId) &&
          // As for reading one: it stays with the department it was asked in.
          isWithin(reaches, caller, exemptionStakes(exemption))
        return wanted ? exemption : undefined
      }
      if (query.departmentId !== undefined) {
        demandWithin(reaches, caller, { departments: [query.departmentId] })
        const exemptions = await listPage(table, visitQueries.exemptionsOfDepartment(query.departmentId), paging, cursors, shown)
        if (exemptions.items.length === 0) await demandDepartment(query.departmentId, paging)
        return { body: exemptions }
      }
      const officerId = ownUnlessNamed(query.officerId, caller, reaches, ['officerId', 'departmentId'])
      await demandOfficerWithin(officerId, caller, reaches)
      return { body: await listPage(table, visitQueries.exemptionsOfOfficer(officerId), paging, cursors, shown) }
    },
  }
}

/** Whether a visit counts, as its entry is answered. */
const outcomeOf = ({ visitId, counted, reasonNotCounted }: Visit) => ({ visitId, counted, ...(reasonNotCounted === undefined ? {} : { reasonNotCounted }) })

/** An issue as it has just been dispatched. */
const raisedView = (issue: Issue, timeZone: string): RaisedView => ({
  issueId: issue.issueId,
  number: issue.issueId,
  leadDepartmentId: issue.leadDepartmentId,
  acceptBy: toRfc3339(issue.clocks.accept.by, timeZone),
  replyBy: toRfc3339(issue.clocks.reply.by, timeZone),
  resolveBy: toRfc3339(issue.clocks.resolve.by, timeZone),
  provisional: isProvisional(issue),
})
