import { createHash } from 'node:crypto'
import type * as z from 'zod/mini'
import { localDateOf, type Instant, type TimeZone } from '../../shared/calendar/zone.ts'
import type { newIssueForm } from '../../shared/contract/pages.ts'
import type { Category } from '../../shared/issue/category.ts'
import { theEnterprise } from '../../shared/roster/actor.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { openedMaybe, stored } from '../adapters/stored.ts'
import { triesOfMany, untilCommitted, type Pause } from '../adapters/race.ts'
import { type Key, type Table, type Write } from '../adapters/table.ts'
import { dispatchAll, readNumbering } from '../ledger/dispatch.ts'

export interface SubmissionDependencies {
  readonly table: Table
  readonly timeZone: TimeZone
  readonly adminEmail: string
  readonly pause: Pause
}

/** What becomes of a form: an issue, now or when it was sent before; or it was sent before with something else in it. */
export type Submitted = { readonly outcome: 'issue' | 'sent-before'; readonly issueId: string } | { readonly outcome: 'no-officer' }

type Form = z.output<typeof newIssueForm>

/** A second sending is recognised for so long, as with the API. */
const keptForSeconds = 7 * 24 * 3600

const hashOf = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

/** Where it is noted what became of a form. No staff number is the enterprise's name, so the API's records are others. */
const recordKey = (enterpriseId: string, once: string): Key => ({ pk: `REQUEST#${theEnterprise}#${hashOf(enterpriseId, once)}`, sk: 'REQUEST' })

/** The officer paired with the enterprise on that day, for longest where there are several. */
export const pairedOfficer = async (table: Table, enterpriseId: string, today: string): Promise<Officer | undefined> =>
  (await rosterStore(table).pairedOfficers(enterpriseId, today))[0]

/** Takes an enterprise's own issue into the ledger, once for each form, and dispatches it as if its officer had brought it. */
export const submitByForm = async (
  { table, timeZone, adminEmail, pause }: SubmissionDependencies,
  { enterpriseId, form, now }: { readonly enterpriseId: string; readonly form: Form; readonly now: Instant },
): Promise<Submitted> => {
  const key = recordKey(enterpriseId, form.once)
  const fingerprint = hashOf(form.subject, form.title, form.description)
  const today = localDateOf(now, timeZone)
  const attempt = async (): Promise<Submitted> => {
    const [record, numbering, rules, officer] = await Promise.all([table.get(key), readNumbering(table, now, timeZone), readRules(table), pairedOfficer(table, enterpriseId, today)])
    const earlier = openedMaybe('request', record)
    if (earlier !== undefined) return { outcome: earlier.fingerprint === fingerprint ? 'issue' : 'sent-before', issueId: (earlier.body as { issueId: string }).issueId }
    if (officer === undefined) return { outcome: 'no-officer' }
    const [category = '', subcategory = ''] = form.subject.split('/')
    const submitted = { enterpriseId, category: category as Category, subcategory, title: form.title, description: form.description }
    const { decisions: [decision], writes } = await dispatchAll({ table, timeZone, adminEmail }, [submitted], { officer, by: theEnterprise, now, rules, numbering })
    const { issueId } = decision.issue
    const noted: Write = { put: stored('request', key, { fingerprint, status: 303, body: { issueId } }, { expiresAt: Math.floor(now / 1000) + keptForSeconds }), when: 'new' }
    await table.commit([noted, ...writes])
    return { outcome: 'issue', issueId }
  }
  return untilCommitted(attempt, triesOfMany, pause)
}
