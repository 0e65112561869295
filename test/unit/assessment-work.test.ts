import { beforeEach, describe, expect, test } from 'vitest'
import { assessmentKey, assessmentWrite, hashOf, readSheet, sheetHash } from '../../functions/adapters/assessment-store.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { departmentItem, identityKey, moveWrites, newPairingWrites, officerKey, officerWrites } from '../../functions/adapters/roster-store.ts'
import { policyWrites, readRules } from '../../functions/adapters/rules-store.ts'
import { opened } from '../../functions/adapters/stored.ts'
import type { Item, Table, Write } from '../../functions/adapters/table.ts'
import { quotaWrite } from '../../functions/adapters/visit-store.ts'
import { workOnAssessments } from '../../functions/assessment-work/handler.ts'
import { drawUpAssessment, finalizeAssessment, openAssessment, recountAssessment, type Assessment, type AssessmentAct } from '../../shared/assessment/assessment.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { MemoryTable } from '../simulation/memory-table.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'

const period = '2026-H1'
const departmentIds = ['D-01', 'D-02', 'D-03']
const policy = aPolicy()
const act = (local: string): AssessmentAct => ({ caller: { officerId: 's1', departmentId: 'D-00', roles: ['supervisor'] }, now: at(local), reckoning: { calendar: shippedCalendar, timeZone: zone } })

let table: MemoryTable
/** Three departments with an officer each, paired since January, and nobody has visited anybody. */
beforeEach(async () => {
  table = new MemoryTable()
  for (const [nth, departmentId] of departmentIds.entries()) {
    const officerId = `100${nth + 1}`
    await table.commit([{ put: departmentItem({ departmentId, name: departmentId }, 1), when: 'new' }])
    await table.commit(officerWrites(anOfficer({ officerId, email: `o${officerId}@example.org`, departmentId }), undefined, undefined))
    await table.commit(newPairingWrites(aPairing({ officerId, enterpriseId: creditCodeOf(nth + 1), startsOn: '2026-01-01' }), undefined))
  }
  await put(drawUpAssessment(period, undefined, { policy, policyVersion: 0 }, act('2026-07-06 10:00')), undefined)
})

const put = (assessment: Assessment, before: Assessment | undefined): Promise<void> => table.commit([assessmentWrite(assessment, before)])
const current = async (): Promise<Assessment> => {
  const item = await table.get(assessmentKey(period))
  if (item === undefined) throw new Error('it is gone')
  return opened('assessment', item)
}
const command = async (change: (before: Assessment) => Assessment): Promise<void> => {
  const before = await current()
  await put(change(before), before)
}
const run = (over: Table = table) => workOnAssessments(at('2026-07-06 10:15'), { table: over, timeZone: zone, adminEmail: 'admin@example.org' })

/** The table until it has committed so often; then it answers no more. */
const failingAfter = (commits: number): Table => {
  let left = commits
  return {
    get: key => table.get(key),
    getAll: keys => table.getAll(keys),
    query: query => table.query(query),
    putNew: item => table.putNew(item),
    commit: writes => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('the table is gone')) : table.commit(writes)
    },
  }
}

describe('the work on an assessment', () => {
  test('is done department by department, and is over', async () => {
    expect(await run()).toEqual({ done: [{ period, task: 'draw-up', departments: 3 }] })
    expect(await current()).toMatchObject({ officers: 3, departments: 3 })
    expect((await current()).work).toBeUndefined()
    expect(await run()).toEqual({ done: [] })
  })

  test.each([1, 2, 4, 6, 9, 11, 14, 15])('goes on after the last department that is done, wherever it breaks off (after %i writes)', async commits => {
    await run(failingAfter(commits)).catch(() => undefined)
    const { work } = await current()
    const left = work === undefined ? 0 : departmentIds.filter(id => id > (work.after ?? '')).length
    expect((await run()).done.map(({ departments }) => departments)).toEqual(work === undefined ? [] : [left])
    expect(await current()).toMatchObject({ officers: 3, departments: 3 })
    for (const officerId of ['1001', '1002', '1003']) expect((await readSheet(table, await current(), { officerId }))?.kept).toMatchObject({ version: 1, sheet: { total: 0 } })
  })

  test('of a drawing that was begun anew changes nothing of the later one', async () => {
    let drawnAnew = false
    const slow: Table = {
      ...failingAfter(Infinity),
      commit: async writes => {
        if (!drawnAnew) {
          drawnAnew = true
          await command(before => drawUpAssessment(period, before, { policy, policyVersion: 0 }, act('2026-07-06 10:20')))
          await run()
        }
        await table.commit(writes)
      },
    }
    await run(slow)
    expect(await current()).toMatchObject({ drawing: 2, officers: 3, departments: 3 })
    for (const officerId of ['1001', '1002', '1003']) expect((await readSheet(table, await current(), { officerId }))?.kept.drawing).toBe(2)
  })

  test.each([['1003', 'D-01', 'D-03'], ['1001', 'D-03', 'D-01']])('meets %s once who goes over to %s meanwhile, where they belonged', async (officerId, toDepartment, belongedTo) => {
    let hasMoved = false
    const meanwhile: Table = {
      get: key => table.get(key),
      getAll: keys => table.getAll(keys),
      query: query => table.query(query),
      putNew: item => table.putNew(item),
      commit: async writes => {
        await table.commit(writes)
        // The first department is done.
        if (hasMoved || (await current()).work?.after !== 'D-01') return
        hasMoved = true
        const [item, identity] = await table.getAll([officerKey(officerId), identityKey(`o${officerId}@example.org`)])
        const moved = { ...anOfficer({ officerId, email: `o${officerId}@example.org` }), departmentId: toDepartment }
        await table.commit([...officerWrites(moved, item, identity), ...moveWrites(moved, item, '2026-07-06')])
      },
    }
    await run(meanwhile)
    expect([hasMoved, (await current()).officers]).toEqual([true, 3])
    const sheet = await readSheet(table, await current(), { officerId })
    expect([sheet?.kept.departmentId, sheet?.kept.version]).toEqual([belongedTo, 1])
  })

  test('that is drawn up anew leaves nothing of what was frozen for the drawing before, and all of its own', async () => {
    await run()
    const inputs = (): unknown => Object.fromEntries(table.items().filter(({ shape, pk }) => shape === 'sheet-input' && pk.endsWith('#1002')).map(item => [item.sk, { empty: opened('sheet-input', item).text === '', expiresAt: item['expiresAt'] }]))
    expect(inputs()).toEqual({ 'INPUT#0001#0000': { empty: false } })
    await command(before => drawUpAssessment(period, before, { policy, policyVersion: 0 }, act('2026-07-06 10:10')))
    await sealed()
    expect(inputs()).toEqual({ 'INPUT#0001#0000': { empty: true, expiresAt: at('2026-07-06 10:15') / 1000 }, 'INPUT#0002#0000': { empty: false } })
    expect(await recounted()).toMatchObject({ sheets: 6, failed: 0, sealed: true })
  })

  const sealed = async (): Promise<void> => {
    await run()
    await command(before => openAssessment(before, policy, act('2026-07-06 10:20')))
    await run()
    await command(before => finalizeAssessment(before, act('2026-07-14 10:00')))
    await run()
  }
  const recounted = async (isCountable = true): Promise<Assessment['recount']> => {
    await command(before => recountAssessment(before, isCountable, act('2026-07-14 10:30')))
    await run()
    expect((await current()).work).toBeUndefined()
    return (await current()).recount
  }

  test('compares what was frozen with the records only where they can still be counted', async () => {
    await sealed()
    await table.commit([quotaWrite({ officerId: '1002', enterpriseId: creditCodeOf(2), month: '2026-03', countedVisits: {}, exempt: 'health' }, undefined)])
    expect(await recounted()).toMatchObject({ sheets: 6, failed: 0, sealed: true, compared: true, differing: 2 })
    expect(await recounted(false)).toMatchObject({ sheets: 6, failed: 0, sealed: true, compared: false, differing: 0, differences: [] })
  })

  test('names who has records of the period today, and no sheet', async () => {
    await sealed()
    for (const officerId of ['2001', '2002']) await table.commit(officerWrites(anOfficer({ officerId, departmentId: 'D-02', email: `o${officerId}@example.org` }), undefined, undefined))
    await table.commit([{ put: departmentItem({ departmentId: 'D-04', name: 'D-04' }, 1), when: 'new' }])
    expect(await recounted()).toMatchObject({ omitted: 0, omissions: [], differing: 0 })
    // Entered after the assessment was sealed, from a day of its period on.
    await table.commit(newPairingWrites(aPairing({ officerId: '2001', enterpriseId: creditCodeOf(9), startsOn: '2026-05-01' }), undefined))
    expect(await recounted()).toMatchObject({ sheets: 6, failed: 0, sealed: true, omitted: 1, omissions: [{ officerId: '2001' }], differing: 1, differences: [{ subject: { departmentId: 'D-02' } }] })
    expect(await recounted(false)).toMatchObject({ omitted: 0, omissions: [] })
  })

  test('names a department that leads an issue of the period today, and was none then', async () => {
    await sealed()
    await table.commit([{ put: departmentItem({ departmentId: 'D-04', name: 'D-04' }, 1), when: 'new' }])
    const decision = dispatch()
    await table.commit(decisionWrites({ ...decision, issue: { ...decision.issue, leadDepartmentId: 'D-04' } }, undefined))
    expect(await recounted()).toMatchObject({ omitted: 1, omissions: [{ departmentId: 'D-04' }] })
  })

  test('goes by the policy it was drawn up under, whatever has come into force since', async () => {
    const idle = aPolicy({ quota: { visitsPerMonth: 0 } })
    const enact = async (version: number, given: Policy): Promise<void> => table.commit(policyWrites({ version, policy: given, changedAt: '2026-07-06T10:05:00+08:00', changedBy: 'admin' }, (await readRules(table)).policyItem))
    await enact(1, idle)
    await run()
    expect(await current()).toMatchObject({ policyVersion: 0, officers: 3 })
    await command(before => drawUpAssessment(period, before, { policy: idle, policyVersion: 1 }, act('2026-07-06 10:20')))
    await enact(2, policy)
    await sealed()
    expect(await current()).toMatchObject({ policyVersion: 1, officers: 0 })
    expect(await recounted()).toMatchObject({ sheets: 3, failed: 0, differing: 0 })
  })

  test('finds a sheet that somebody has tampered with, by its numbers or its hash', async () => {
    await sealed()
    const { hash } = await current()
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const whole = await readSheet(table, await current(), { officerId: '1002' })
    if (whole === undefined) throw new Error('there is no sheet')
    expect(whole.kept.hash).toBe(sheetHash(whole.inputs, whole.kept))
    const item = table.items().find(({ pk, sk }) => pk === `ASSESSMENT#${period}#OFFICER#1002` && sk === 'SHEET')
    if (item === undefined) throw new Error('there is no item')
    const better = { ...whole.kept, sheet: { ...whole.kept.sheet, total: 99 } }
    await table.commit([{ put: { ...item, data: better }, when: 'always' }])
    expect(await recounted()).toMatchObject({ sheets: 6, failed: 1, failures: [{ officerId: '1002' }], sealed: true })
    // Nor does a forged hash hide it.
    await table.commit([{ put: { ...item, data: { ...better, hash: hashOf('forged') } }, when: 'always' }])
    expect(await recounted()).toMatchObject({ failed: 1 })
  })

  const lies = ['SHEET', 'INPUT#0001#0000'] as const
  test.each<[string, (typeof lies)[number], (item: Item) => Write, object]>([
    ['inputs changed', lies[1], item => ({ put: { ...item, data: { text: opened('sheet-input', item).text.replace('pairingsOwed":1', 'pairingsOwed":2') } }, when: 'always' }), { sheets: 6, failures: [{ officerId: '1002' }] }],
    ['inputs emptied', lies[1], item => ({ put: { ...item, data: { text: '' } }, when: 'always' }), { sheets: 6, failures: [{ officerId: '1002' }] }],
    ['inputs in another shape', lies[1], item => ({ put: { ...item, data: { text: '{}' } }, when: 'always' }), { sheets: 6, failures: [{ officerId: '1002' }] }],
    ['inputs taken away', lies[1], ({ pk, sk }) => ({ delete: { pk, sk }, when: 'always' }), { sheets: 6, failures: [{ officerId: '1002' }] }],
    ['sheet emptied', lies[0], item => ({ put: { ...item, data: {} }, when: 'always' }), { sheets: 5, failures: [] }],
    ['sheet taken away', lies[0], ({ pk, sk }) => ({ delete: { pk, sk }, when: 'always' }), { sheets: 5, failures: [] }],
  ])('counts a sheet as failed that has its %s, and comes to its end', async (_, sk, tamper, expected) => {
    await sealed()
    const item = table.items().find(each => each.pk === `ASSESSMENT#${period}#OFFICER#1002` && each.sk === sk)
    if (item === undefined) throw new Error('there is no item')
    await table.commit([tamper(item)])
    expect(await recounted()).toMatchObject({ failed: 1, sealed: false, ...expected })
  })

  test('of one assessment does not wait for another that cannot be worked on', async () => {
    await put(drawUpAssessment('2026-H2', undefined, { policy, policyVersion: 0 }, act('2027-01-11 10:00')), undefined)
    const broken: Table = { ...failingAfter(Infinity), get: key => (key.pk === assessmentKey('2026-H2').pk ? Promise.reject(new Error('it cannot be read')) : table.get(key)) }
    await expect(run(broken)).rejects.toThrow('it cannot be read')
    expect(await current()).toMatchObject({ officers: 3, departments: 3 })
    expect((await current()).work).toBeUndefined()
  })
})
