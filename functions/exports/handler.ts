import { firstDayOfMonth, addMonths, type Month } from '../../shared/calendar/date.ts'
import { formatMonth } from '../../shared/calendar/wording.ts'
import { instantOf } from '../../shared/calendar/zone.ts'
import type { exportOperations } from '../../shared/contract/exports.ts'
import { listed, Problem, type Wording } from '../../shared/contract/problem.ts'
import { ledgerSheet, quotaSheet, visitSheet, type BookPen } from '../../shared/report/books.ts'
import type { Sheet } from '../../shared/report/workbook.ts'
import { rosterQueries } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { sortable } from '../adapters/shard.ts'
import { opened } from '../adapters/stored.ts'
import type { Query } from '../adapters/table.ts'
import { visitQueries } from '../adapters/visit-store.ts'
import { workbookWithin } from '../adapters/workbook.ts'
import type { ApiHandlers, ApiRequest, Attachment } from '../http/api.ts'
import { askedAbout } from '../http/asked-about.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { demandNamed, isAskedFor, ledgerFor } from '../ledger/asked-for.ts'
import { countedUpTo, countedVisitsIn, issuesIn, keysIn, ledgerRows, pairingsIn, quotaRows, quotasIn, surveyed, visitLists, visitRows, visitsIn } from './rows.ts'

/** How much one export holds: rows that are looked at for it, and bytes of its file. */
export interface ExportLimits {
  readonly ledgerRows: number
  readonly visitRows: number
  readonly quotaRows: number
  readonly bytes: number
}

/**
 * Lambda answers with 6 MB at most, and a file goes out in base64, four characters for three bytes: 4.5 MB, with room for the
 * headers. The rows are those of which so many fit with reserve, as measured (`npm run bench -- --only exports`): an issue
 * with a title of 30 characters takes 180 bytes, a visit with a summary of 200 takes 480, a line of the quota less than 100; and
 * all of them are read, counted and written in a third of the time that the gateway waits. By the limits of the schema a visit could
 * take 6,000 bytes, and a month of a district would not be given away for fear of that: rows whose texts are longer than people
 * write them meet the limit of bytes, and are refused then.
 */
export const exportLimits: ExportLimits = { ledgerRows: 10_000, visitRows: 5_000, quotaRows: 15_000, bytes: 4_500_000 }

/** What an export can be narrowed by, beside its name as a parameter. */
const filterWords = {
  month: { zh: 'month（交办月份）', en: 'month, in which it was dispatched' },
  departmentId: { zh: 'departmentId（部门）', en: 'departmentId' },
  officerId: { zh: 'officerId（干部）', en: 'officerId' },
  enterpriseId: { zh: 'enterpriseId（企业）', en: 'enterpriseId' },
} as const satisfies Record<string, Wording>
type Filter = keyof typeof filterWords

type Asking = Pick<ApiRequest, 'caller' | 'reaches'>
type Asked = Readonly<Partial<Record<Filter, string | undefined>>>

export const exportHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>, limits: ExportLimits = exportLimits): ApiHandlers<typeof exportOperations> => {
  const { allOfficers } = askedAbout({ table, cursors, timeZone })

  const penOf = ({ language, now }: Pick<ApiRequest, 'language' | 'now'>): BookPen => ({ language, timeZone, now })

  const attachment = async (sheet: Sheet, names: Pick<Attachment, 'name' | 'spokenName'>, tooLarge: () => Problem): Promise<Attachment> => {
    const content = await workbookWithin([sheet], limits.bytes)
    if (content === undefined) throw tooLarge()
    return { content, ...names }
  }

  /** The lists that hold the visits asked for: an enterprise's own, or one for each officer. @throws whatever `tooLarge` says, where they could not be held */
  const visitsAskedFor = async (request: Asking & { readonly query: Asked & { readonly month: Month } }, tooLarge: () => Problem): Promise<readonly Query[]> => {
    const { month, enterpriseId } = request.query
    const officers = await allOfficers(request)
    if (officers !== undefined) return visitLists(officers, month)
    if (enterpriseId !== undefined) return [visitQueries.toEnterprise(enterpriseId, month)]
    return visitLists(await districtWithin(month, tooLarge), month)
  }

  /**
   * The officers of the whole district, if an export can hold their month. Their lists are many and mostly short: what is
   * counted for the quota lies together, and says for little whether there are too many visits.
   */
  const districtWithin = async (month: Month, tooLarge: () => Problem): Promise<readonly string[]> => {
    if ((await countedUpTo(countedVisitsIn(table, month), limits.visitRows)) > limits.visitRows) throw tooLarge()
    const officers: string[] = []
    for await (const item of table.query(rosterQueries.officers)) {
      // No more lists are asked than there may be rows.
      if (officers.length === limits.visitRows) throw tooLarge()
      officers.push(opened('officer', item).officerId)
    }
    return officers
  }

  return {
    exportLedger: async request => {
      const { query, reaches, caller } = request
      const { month, ...asked } = query
      const queries = ledgerFor(asked, caller, reaches).map(each => ({ ...each, ...(month === undefined ? {} : withinMonth(month)), descending: false }))
      const tooLarge = (): Problem => tooMuch(limits.ledgerRows, ledgerFiltersLeft(query, request))
      const count = await countedUpTo(keysIn(table, queries), limits.ledgerRows)
      if (count > limits.ledgerRows) throw tooLarge()
      if (count === 0 && reaches.has('any')) await demandNamed(table, asked)
      const issues = only(issuesIn(table, queries), issue => isAskedFor(issue, asked, request))
      return { body: await attachment(ledgerSheet(ledgerRows(table, issues), penOf(request)), namesOf('ledger', '台账', month), tooLarge) }
    },

    exportVisits: async request => {
      const { month, enterpriseId } = request.query
      const tooLarge = (): Problem => tooMuch(limits.visitRows, visitFiltersLeft(request.query, request))
      const { count, lists } = await surveyed(table, await visitsAskedFor(request, tooLarge), limits.visitRows)
      if (count > limits.visitRows) throw tooLarge()
      const visits = only(visitsIn(table, lists), visit => enterpriseId === undefined || visit.enterpriseId === enterpriseId)
      return { body: await attachment(visitSheet(visitRows(table, visits), penOf(request)), namesOf('visits', '走访记录', month), tooLarge) }
    },

    exportQuota: async request => {
      const { month } = request.query
      const tooLarge = (): Problem => tooMuch(limits.quotaRows, visitFiltersLeft(request.query, request).filter(filter => filter !== 'enterpriseId'))
      const [officers, { policy }] = await Promise.all([allOfficers(request), readRules(table)])
      if ((await countedUpTo(pairingsIn(table, officers, month), limits.quotaRows)) > limits.quotaRows) throw tooLarge()
      return { body: await attachment(quotaSheet(quotaRows(table, quotasIn(table, officers, month, policy)), penOf(request)), namesOf('quota', '走访达标情况', month), tooLarge) }
    },
  }

  /** Whatever was dispatched in the month. */
  function withinMonth(month: Month): Pick<Query, 'from' | 'to'> {
    const begins = (each: Month): string => sortable(instantOf(firstDayOfMonth(each), '00:00', timeZone))
    return { from: begins(month), to: begins(addMonths(month, 1)) }
  }
}

async function* only<T>(items: AsyncIterable<T>, isWanted: (item: T) => boolean): AsyncGenerator<T> {
  for await (const item of items) if (isWanted(item)) yield item
}

const namesOf = (name: string, spokenName: string, month: Month | undefined): Pick<Attachment, 'name' | 'spokenName'> =>
  month === undefined ? { name: `qinshang-${name}.xlsx`, spokenName: `${spokenName}.xlsx` } : { name: `qinshang-${name}-${month}.xlsx`, spokenName: `${spokenName}（${formatMonth('zh-CN', month)}）.xlsx` }

const tooMuch = (limit: number, left: readonly Filter[]): Problem => new Problem('export-too-large', { limit, advice: adviceOn(left) })

const adviceOn = (left: readonly Filter[]): Wording => {
  if (left.length === 0) return { zh: '请改用列表接口逐页查询', en: 'Read the list itself instead, page by page' }
  const { zh, en } = listed(left.map(filter => filterWords[filter]))
  return { zh: `请增加条件缩小范围：${zh}`, en: `Narrow it by another filter: ${en}` }
}

/** What would lead to a shorter list than these filters do. Filters that are only held against each issue are none of them. */
const ledgerFiltersLeft = ({ month, departmentId, officerId, enterpriseId }: Asked, { reaches }: Asking): readonly Filter[] => {
  const dates: readonly Filter[] = month === undefined ? ['month'] : []
  // Whoever sees what they brought has one list.
  if ((!reaches.has('any') && !reaches.has('department')) || enterpriseId !== undefined) return dates
  if (officerId !== undefined) return [...dates, 'enterpriseId']
  return [...dates, ...(departmentId === undefined ? (['departmentId'] as const) : []), 'officerId', 'enterpriseId']
}

/** The same of visits and of the quota, which are listed by officer. */
const visitFiltersLeft = ({ departmentId, officerId, enterpriseId }: Asked, { reaches }: Asking): readonly Filter[] => {
  if ((!reaches.has('any') && !reaches.has('department')) || officerId !== undefined) return []
  if (departmentId !== undefined || enterpriseId !== undefined || !reaches.has('any')) return ['officerId']
  return ['departmentId', 'officerId', 'enterpriseId']
}
