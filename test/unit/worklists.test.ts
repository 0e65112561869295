import { beforeEach, describe, expect, test } from 'vitest'
import { markUnreached } from '../../functions/adapters/contact-store.ts'
import { flagWrite } from '../../functions/adapters/flag-store.ts'
import { issueKey } from '../../functions/adapters/issue-store.ts'
import { enterpriseItem, officerKey, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { noteRun } from '../../functions/adapters/run-store.ts'
import { stored } from '../../functions/adapters/stored.ts'
import { taskKey } from '../../functions/adapters/task-store.ts'
import { traceOfAddress } from '../../functions/adapters/trace.ts'
import { sweep } from '../../functions/escalation-sweep/handler.ts'
import { openCase, putTemplate } from '../../shared/contract/cases.ts'
import { acceptIssue, acknowledgeIssue, askForAssistance, askForExtension, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import { appealAgainstNotice, draftNotice, dropNotice } from '../../shared/contract/notices.ts'
import { putCalendar } from '../../shared/contract/policy.ts'
import { requestExemption } from '../../shared/contract/visits.ts'
import { directorSections, getDirectorWorklist, getSupervisorWorklist, listDirectorTasks, listSupervisorTasks, supervisorSections, type WorklistEntry } from '../../shared/contract/worklists.ts'
import type { Listed } from '../../shared/supervision/task.ts'
import { raiseFlag } from '../../shared/visit/flag.ts'
import { adminEmail, apiOver, foundDistrict, monday, staff } from '../bench/campaign.ts'
import { aTemplate } from '../mothers/case.ts'
import { anEnterprise, creditCodeOf } from '../mothers/enterprise.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const { officer, handler, director, supervisor, otherHandler, otherDirector } = staff

let table: MemoryTable
let ask: ReturnType<typeof apiOver>
beforeEach(async () => {
  table = new MemoryTable()
  await foundDistrict(table)
  ask = apiOver(table)
})

interface Section {
  readonly section: string
  readonly count: number
  readonly more: boolean
  readonly items: readonly WorklistEntry[]
}

const sectionsOf = (body: Readonly<Record<string, unknown>>) => body['sections'] as readonly Section[]
const office = async (on = '2026-03-02 10:00') => sectionsOf((await ask(getSupervisorWorklist, { as: supervisor, now: at(on) })).body)
const department = async (as = director, on = '2026-03-02 10:00') => sectionsOf((await ask(getDirectorWorklist, { as, now: at(on) })).body)
const of = (sections: readonly Section[], name: string): Section => sections.find(({ section }) => section === name) ?? { section: name, count: -1, more: false, items: [] }
const sweepAt = (on: string) => sweep(at(on), { table, timeZone: zone, adminEmail, failed: (id, error) => { throw new Error(id, { cause: error }) } })

const submit = async (title = '园区供水压力不足', now = monday) => {
  const { body, etag } = await ask(submitIssue, { as: officer, now, body: aNewIssue({ tier: 'A', title }) })
  return { issueId: String(body['issueId']), etag }
}
const accepted = async () => {
  const { issueId, etag } = await submit()
  const { etag: next } = await ask(acceptIssue, { as: handler, params: { issueId }, ifMatch: etag, body: {} })
  return { issueId, etag: next }
}

describe('the worklist of the office', () => {
  test('of a new district has nothing but schedules that never ran', async () => {
    const sections = await office()
    expect(sections.map(({ section }) => section)).toEqual([...supervisorSections])
    expect(sections.filter(({ count }) => count > 0)).toEqual([{
      section: 'schedules', count: 5, more: false,
      items: [{ kind: 'schedule', schedule: 'quota-reminder' }, { kind: 'schedule', schedule: 'monthly-bulletin' }, { kind: 'schedule', schedule: 'escalation-sweep' }, { kind: 'schedule', schedule: 'outbox-reconciler' }, { kind: 'schedule', schedule: 'assessment-work' }],
    }])
  })

  test('shows an issue that is late at its level, and whether somebody has signed for that, until it is resolved', async () => {
    const { issueId, etag } = await submit()
    await sweepAt('2026-03-04 09:00')
    const entry = { kind: 'issue', issueId, title: '园区供水压力不足', departmentId: 'D-01', level: 1, awaitsAcknowledgement: true, since: '2026-03-04T09:00:00+08:00' }
    expect(of(await office(), 'level-1')).toEqual({ section: 'level-1', count: 1, more: false, items: [entry] })
    expect(etag).toBe('"1"')
    const now = at('2026-03-04 10:00')
    const params = { issueId }
    const signed = await ask(acknowledgeIssue, { as: handler, now, params, ifMatch: '"2"', body: {} })
    expect(of(await office(), 'level-1').items).toEqual([{ ...entry, awaitsAcknowledgement: false }])
    const taken = await ask(acceptIssue, { as: handler, now, params, ifMatch: signed.etag, body: {} })
    expect(of(await office(), 'level-1').count).toBe(1)
    await ask(resolveIssue, { as: handler, now, params, ifMatch: taken.etag, body: { message: '已办结。' } })
    expect(of(await office(), 'level-1').count).toBe(0)
  })

  test('leads to issues that are to be called back, once that is due', async () => {
    const { issueId, etag } = await accepted()
    await ask(resolveIssue, { as: handler, params: { issueId }, ifMatch: etag, body: { message: '已办结。' } })
    expect(of(await office(), 'call-backs').count).toBe(0)
    await sweepAt('2026-03-10 09:00')
    expect(of(await office(), 'call-backs').items).toMatchObject([{ kind: 'issue', issueId, since: '2026-03-10T09:00:00+08:00', awaitsAcknowledgement: false }])
  })

  test('leads to pieces and steps that are late, by themselves', async () => {
    const { issueId, etag } = await accepted()
    await ask(askForAssistance, { as: handler, params: { issueId }, ifMatch: etag, body: { departmentId: 'D-02', message: '请出具意见。', workingDays: 1 } })
    const { templateId, ...template } = aTemplate({ steps: aTemplate().steps.slice(1, 2).map(step => ({ ...step, promisedWorkingDays: 1 })) })
    await ask(putTemplate, { as: supervisor, params: { templateId }, body: template })
    const { body } = await ask(openCase, { as: officer, body: { templateId, enterpriseId: creditCodeOf(1), title: '施工许可' } })
    await sweepAt('2026-03-03 09:00')
    await sweepAt('2026-03-04 09:00')
    const late = { departmentId: 'D-02', level: 1, awaitsAcknowledgement: true }
    const piece = { kind: 'piece', issueId, piece: 1, title: '园区供水压力不足', ...late }
    const step = { kind: 'case-step', caseId: body['caseId'], stepId: 'drawings', title: '施工许可', stepTitle: '施工图审查', ...late }
    expect(of(await office(), 'level-1').items).toEqual([piece, step].map(each => ({ ...each, since: '2026-03-04T09:00:00+08:00' })))
    expect(of(await department(otherDirector), 'overdue').items).toEqual([piece, step].map(each => ({ ...each, since: '2026-03-03T18:00:00+08:00' })))
    expect(of(await department(director), 'overdue').count).toBe(0)
  })

  test('shows what can be published, and appeals to be decided, and no criticism while there is time to appeal', async () => {
    const draft = async (kind: string, title: string) => String((await ask(draftNotice, { as: supervisor, body: { kind, officerId: '1001', title, text: '内容' } })).body['noticeId'])
    const [criticised, praised] = [await draft('criticism', '未按期走访'), await draft('commendation', '服务周到')]
    const shown = async (on: string) => of(await office(on), 'notices')
    const entry = { kind: 'notice', officerId: '1001', departmentId: 'D-01' }
    const praise = { ...entry, noticeId: praised, notice: 'commendation', title: '服务周到', status: 'draft', since: '2026-03-02T10:00:00+08:00' }
    expect(await shown('2026-03-09 17:59')).toEqual({ section: 'notices', count: 1, more: false, items: [praise] })
    const ripe = { ...entry, noticeId: criticised, notice: 'criticism', title: '未按期走访', status: 'draft', since: '2026-03-09T18:00:00+08:00' }
    expect(await shown('2026-03-09 18:01')).toEqual({ section: 'notices', count: 2, more: false, items: [praise, ripe] })
    const { body } = await ask(listSupervisorTasks, { as: supervisor, now: at('2026-03-09 18:01'), params: { section: 'notices' } })
    expect(body['items']).toEqual([praise, ripe])
    // Of an appeal it is the appeal that waits, since it was made.
    await ask(appealAgainstNotice, { as: officer, now: at('2026-03-04 09:00'), params: { noticeId: criticised }, ifMatch: '"1"', body: { reason: '住院。' } })
    expect((await shown('2026-03-04 10:00')).items).toEqual([praise, { ...ripe, status: 'appealed', since: '2026-03-04T09:00:00+08:00' }])
    await ask(dropNotice, { as: supervisor, params: { noticeId: praised }, ifMatch: '"1"', body: { reason: '有误。' } })
    expect((await shown('2026-03-04 10:00')).items).toMatchObject([{ noticeId: criticised }])
  })

  test('waits with a notice as long as a calendar that was entered since leaves to appeal', async () => {
    await ask(draftNotice, { as: supervisor, now: at('2026-12-30 10:00'), body: { kind: 'criticism', departmentId: 'D-02', title: '逾期未办结', text: '内容' } })
    const shown = async (on: string) => of(await office(on), 'notices').items
    expect(await shown('2027-01-06 18:01')).toMatchObject([{ kind: 'notice', departmentId: 'D-02', since: '2027-01-06T18:00:00+08:00' }])
    await ask(putCalendar, { as: supervisor, params: { year: '2027' }, body: { holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} } })
    expect([await shown('2027-01-06 18:01'), await shown('2027-01-08 18:01')]).toMatchObject([[], [{ kind: 'notice' }]])
  })

  test('holds the open flags, the oldest first', async () => {
    const flag = (day: string) => raiseFlag({ visitId: `1001.202603${day}.a`, officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn: `2026-03-${day}` }, { kind: 'late-burst', seenWith: [] }, `2026-03-${day}T10:00:00+08:00`)
    await table.commit([flagWrite(flag('05'), undefined), flagWrite(flag('03'), undefined), flagWrite({ ...flag('04'), status: 'checked' }, undefined)])
    const { count, items } = of(await office(), 'flags')
    expect([count, items]).toMatchObject([2, [{ kind: 'flag', flag: 'late-burst', officerId: '1001', since: '2026-03-03T10:00:00+08:00' }, { since: '2026-03-05T10:00:00+08:00' }]])
  })

  test('names staff and enterprises that mail does not reach, and none whose address has changed meanwhile', async () => {
    const mark = (address: string, since: string) => ({ address: traceOfAddress(address), reason: 'bounced', since: at(since) }) as const
    await markUnreached(table, 'officer:1002', mark(handler.email, '2026-03-02 09:00'))
    const { contactEmail = '' } = anEnterprise()
    await markUnreached(table, `enterprise:${creditCodeOf(1)}`, mark(contactEmail, '2026-03-01 09:00'))
    expect(of(await office(), 'unreachable')).toEqual({
      section: 'unreachable', count: 2, more: false,
      items: [
        { kind: 'enterprise', enterpriseId: creditCodeOf(1), reason: 'bounced', since: '2026-03-01T09:00:00+08:00' },
        { kind: 'officer', officerId: '1002', departmentId: 'D-01', reason: 'bounced', since: '2026-03-02T09:00:00+08:00' },
      ],
    })
    // As if the mark had been set just as the address was changed.
    await table.commit([{ put: { ...stored('officer', officerKey('1002'), { ...handler, email: 'other@example.org' }, { version: 2 }) }, when: 'always' }])
    expect(of(await office(), 'unreachable').items).toMatchObject([{ kind: 'enterprise' }])
  })

  test('counts by year what waits for a notice', async () => {
    await submit('年底的问题', at('2026-12-25 10:00'))
    await submit('年底的又一问题', at('2026-12-25 11:00'))
    expect(of(await office('2026-12-25 12:00'), 'provisional')).toEqual({ section: 'provisional', count: 1, more: false, items: [{ kind: 'year', year: 2027, count: 2, more: false }] })
  })

  test('names a schedule whose next run is missing, and not one that runs', async () => {
    await noteRun(table, 'escalation-sweep', at('2026-03-02 10:00'), 15)
    await noteRun(table, 'quota-reminder', at('2026-03-01 09:00'), 24 * 60)
    await noteRun(table, 'outbox-reconciler', at('2026-03-02 10:00'), 15)
    await noteRun(table, 'monthly-bulletin', at('2026-03-02 07:30'), 24 * 60)
    await noteRun(table, 'assessment-work', at('2026-03-02 10:15'), 15)
    expect(of(await office('2026-03-02 10:30'), 'schedules').items).toEqual([{ kind: 'schedule', schedule: 'quota-reminder', lastRun: '2026-03-01T09:00:00+08:00', since: '2026-03-02T09:00:00+08:00' }])
  })
})

describe('the worklist of a department', () => {
  test('has a director’s sections, of the own department', async () => {
    const { body } = await ask(getDirectorWorklist, { as: director })
    expect([body['departmentId'], sectionsOf(body).map(({ section }) => section)]).toEqual(['D-01', [...directorSections]])
  })

  test('shows who was short last month, and who was not', async () => {
    const second = anOfficer({ officerId: '1006', email: 's1006@example.org' })
    await table.commit([...officerWrites(second, undefined, undefined), { put: enterpriseItem(anEnterprise({ enterpriseId: creditCodeOf(2) }), 1), when: 'new' }])
    await table.commit([{ put: pairingItem(aPairing({ officerId: '1006', enterpriseId: creditCodeOf(2), startsOn: '2026-03-01' }), 1), when: 'new' }])
    const missed = (month: string, since: string, officerId = '1001') => ({ kind: 'quota', officerId, departmentId: 'D-01', month, enterprises: 1, since })
    expect(of(await department(director, '2026-03-31 23:59'), 'misses').items).toEqual([missed('2026-02', '2026-03-01T00:00:00+08:00')])
    expect(of(await department(director, '2026-04-01 00:00'), 'misses').items).toEqual([missed('2026-03', '2026-04-01T00:00:00+08:00'), missed('2026-03', '2026-04-01T00:00:00+08:00', '1006')])
    expect(of(await department(otherDirector, '2026-04-01 00:00'), 'misses').count).toBe(0)
  })

  test('shows what is to be decided', async () => {
    const { issueId, etag } = await accepted()
    await ask(askForExtension, { as: handler, params: { issueId }, ifMatch: etag, body: { workingDays: 3, reason: '须重新勘测。' } })
    const { body } = await ask(requestExemption, { as: officer, body: { month: '2026-03', reason: 'health', remark: '住院' } })
    const sections = await department()
    const since = '2026-03-02T10:00:00+08:00'
    expect(of(sections, 'requests').items).toEqual([{ kind: 'issue', issueId, title: '园区供水压力不足', departmentId: 'D-01', level: 0, awaitsAcknowledgement: false, request: 'extension', since }])
    // What somebody entered beside a title stays where it is.
    expect(of(sections, 'exemptions').items).toEqual([{ kind: 'exemption', exemptionId: body['exemptionId'], officerId: '1001', departmentId: 'D-01', month: '2026-03', since }])
    expect(of(await department(otherDirector), 'requests').count).toBe(0)
  })

  test('is its director’s and the office’s, who have to name it', async () => {
    const refused = async (as: typeof director, query: Record<string, string>) => ask(getDirectorWorklist, { as, query }).then(() => 'given', (error: unknown) => /"code":"([^"]+)"/.exec(String(error))?.[1])
    expect(await Promise.all([
      refused(director, {}), refused(director, { departmentId: 'D-01' }), refused(director, { departmentId: 'D-02' }), refused(supervisor, {}), refused(supervisor, { departmentId: 'D-02' }), refused(supervisor, { departmentId: 'D-99' }), refused(otherHandler, {}),
    ])).toEqual(['given', 'given', 'out-of-reach', 'filter-required', 'given', 'department-not-found', 'role-not-allowed'])
  })
})

describe('a section', () => {
  const late = async (count: number): Promise<void> => {
    const { issueId } = await submit()
    await sweepAt('2026-03-04 09:00')
    const item = await table.get(issueKey(issueId))
    if (item === undefined) throw new Error('there is no issue')
    for (let nth = 2; nth <= count; nth++) {
      const copy = { ...(item['data'] as object), issueId: `2026-${String(nth).padStart(6, '0')}` } as { issueId: string; raisedAt: number }
      const listed: Listed = { list: { office: 'level-1' }, task: { kind: 'issue', issueId: copy.issueId, since: copy.raisedAt } }
      await table.commit([{ put: { ...item, ...issueKey(copy.issueId), data: copy }, when: 'always' }, { put: stored('task', taskKey(listed), listed.task), when: 'always' }])
    }
  }

  test.each([[100, false], [101, true]])('of %i shows the first five and counts the others, up to a hundred', async (there, more) => {
    await late(there)
    const { items, ...counted } = of(await office(), 'level-1')
    expect([counted, items.length]).toEqual([{ section: 'level-1', count: 100, more }, 5])
  })

  test('is there as a whole page by page', async () => {
    await late(7)
    const seen: WorklistEntry[] = []
    let cursor: string | undefined
    do {
      const { body } = await ask(listSupervisorTasks, { as: supervisor, params: { section: 'level-1' }, query: { limit: '3', ...(cursor === undefined ? {} : { cursor }) } })
      seen.push(...(body['items'] as WorklistEntry[]))
      cursor = body['nextCursor'] as string | undefined
    } while (cursor !== undefined)
    expect(seen.map(entry => 'issueId' in entry && entry.issueId)).toEqual(Array.from({ length: 7 }, (_, nth) => `2026-00000${nth + 1}`))
  })

  test('that is read as a whole is there page by page as well', async () => {
    const page = async (query: Record<string, string>) => (await ask(listSupervisorTasks, { as: supervisor, params: { section: 'schedules' }, query: { limit: '2', ...query } })).body
    const first = await page({})
    const second = await page({ cursor: String(first['nextCursor']) })
    const third = await page({ cursor: String(second['nextCursor']) })
    expect([first['items'], second['items'], third['items'], third['nextCursor']]).toMatchObject([[{ schedule: 'quota-reminder' }, { schedule: 'monthly-bulletin' }], [{ schedule: 'escalation-sweep' }, { schedule: 'outbox-reconciler' }], [{ schedule: 'assessment-work' }], undefined])
    await expect(ask(listSupervisorTasks, { as: supervisor, params: { section: 'provisional' }, query: { cursor: String(first['nextCursor']) } })).rejects.toThrow('cursor-not-valid')
  })

  test('of a department is bound to it', async () => {
    const second = anOfficer({ officerId: '1006', email: 's1006@example.org' })
    await table.commit([...officerWrites(second, undefined, undefined), { put: pairingItem(aPairing({ officerId: '1006' }), 1), when: 'new' }])
    const page = (departmentId: string, cursor = {}) => ask(listDirectorTasks, { as: supervisor, params: { section: 'misses' }, query: { departmentId, limit: '1', ...cursor } })
    const { body } = await page('D-01')
    expect(body['items']).toMatchObject([{ kind: 'quota', officerId: '1001' }])
    await expect(page('D-02', { cursor: String(body['nextCursor']) })).rejects.toThrow('cursor-not-valid')
  })

  test('does not show what was left behind in it, however much there is before what waits', async () => {
    await late(1)
    for (let day = 1; day <= 12; day++) {
      const gone: Listed = { list: { office: 'level-1' }, task: { kind: 'issue', issueId: '2026-000001', since: at(`2026-02-${String(day).padStart(2, '0')} 09:00`) } }
      await table.commit([{ put: stored('task', taskKey(gone), gone.task), when: 'always' }])
    }
    expect(of(await office(), 'level-1').items).toMatchObject([{ since: '2026-03-04T09:00:00+08:00' }])
    const { body } = await ask(listSupervisorTasks, { as: supervisor, params: { section: 'level-1' } })
    expect(body['items']).toHaveLength(1)
  })
})
