import { yearOf } from '../../shared/calendar/date.ts'
import { yearNoticeSchema, type YearNotice } from '../../shared/calendar/notice.ts'
import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import type { policyOperations } from '../../shared/contract/policy.ts'
import { FieldFaults, Problem } from '../../shared/contract/problem.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { calendarFrom, calendarWrites, policyWrites, readRules } from '../adapters/rules-store.ts'
import { openedMaybe, type Stored } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { faultsOf } from '../http/problem-details.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { recompute } from '../ledger/recompute.ts'
import { demandCountable, demandOver } from '../month-records/months.ts'
import { rehearsalView, rehearse, rehearsedAtMost } from './rehearsal.ts'

/** The first year whose notice ships with the code, and how far ahead a notice can be entered. */
const firstYear = 2007
const yearsAhead = 2

/** As many issues are reckoned anew while the client waits; the next sweep takes the rest. */
const recomputedAtOnce = 500

/** The calendar stands already; to fail now would have the client enter it a second time. */
const leaveToTheSweep = (): void => undefined

const noticeFrom = (entered: YearNotice): YearNotice => {
  const parsed = yearNoticeSchema.safeParse(entered, { reportInput: true })
  if (!parsed.success) throw new FieldFaults(faultsOf(parsed.error))
  return parsed.data
}

export const policyHandlers = ({ table, timeZone }: HandlerDependencies): ApiHandlers<typeof policyOperations> => {
  const roster = rosterStore(table)

  return {
    getPolicy: async () => {
      const { policy, policyVersion, policyItem } = await readRules(table)
      const { changedAt, changedBy } = openedMaybe('policy', policyItem) ?? {}
      return { body: { version: policyVersion, policy, ...(changedAt === undefined ? {} : { changedAt, changedBy }) }, version: policyVersion }
    },

    putPolicy: async ({ body, caller, now, seenVersion }) => {
      const { policyVersion, policyItem } = await readRules(table)
      demandSeen(seenVersion, policyVersion)
      const ids = [...new Set(body.routing.map(route => route.departmentId))]
      const departments = await Promise.all(ids.map(id => roster.department(id)))
      const missing = ids.find((_, at) => departments[at] === undefined)
      if (missing !== undefined) throw new Problem('department-not-found', { id: missing })
      const change = { version: policyVersion + 1, policy: body, changedAt: toRfc3339(now, timeZone), changedBy: caller.officerId }
      return { body: change, version: change.version, writes: policyWrites(change, policyItem) }
    },

    rehearsePolicy: async ({ body: { month, departmentId, policy }, now }) => {
      demandOver(month, now, timeZone)
      demandCountable(month, now, timeZone)
      const [rules, department] = await Promise.all([readRules(table), departmentId === undefined ? undefined : roster.department(departmentId)])
      if (departmentId !== undefined && department === undefined) throw new Problem('department-not-found', { id: departmentId })
      const rehearsing = { month, departmentId, proposed: policy, rules, timeZone, most: rehearsedAtMost }
      return { body: rehearsalView(await rehearse(table, rehearsing), rehearsing) }
    },

    getCalendar: async ({ params: { year } }) => {
      const { calendar, calendarItem } = await readRules(table)
      const notice = calendar.noticeOf(year)
      if (notice === undefined) throw new Problem('calendar-not-found', { year })
      const { version = 0, changedAt, changedBy } = openedMaybe('calendar', calendarItem)?.years[year] ?? {}
      return { body: { version, ...notice, ...(changedAt === undefined ? {} : { changedAt, changedBy }) }, version }
    },

    putCalendar: async ({ params: { year }, body, caller, now, seenVersion }) => {
      const until = yearOf(localDateOf(now, timeZone)) + yearsAhead
      if (year < firstYear || year > until) throw new Problem('year-not-enterable', { from: firstYear, until })
      const notice = noticeFrom({ year, ...body })
      const { calendar: before, calendarItem } = await readRules(table)
      const entered = openedMaybe('calendar', calendarItem)?.years ?? {}
      const version = (entered[year]?.version ?? 0) + 1
      demandSeen(seenVersion, version - 1)
      const change = { version, changedAt: toRfc3339(now, timeZone), changedBy: caller.officerId }
      const after: Stored<'calendar'> = { version: before.version + 1, years: { ...entered, [year]: { ...change, notice } } }
      // Deadlines can be reckoned anew only once the calendar stands, so it is committed first. If that breaks off,
      // the next sweep goes on with it.
      await table.commit(calendarWrites(after, calendarItem, before.noticeOf(year) === undefined ? undefined : { year, at: now }))
      await recompute(table, now, { calendar: calendarFrom(after), timeZone }, leaveToTheSweep, recomputedAtOnce).catch(leaveToTheSweep)
      return { body: { ...change, ...notice }, version }
    },
  }
}
