import { beforeEach, describe, expect, test } from 'vitest'
import { newPairingWrites, officerWrites } from '../../functions/adapters/roster-store.ts'
import { opened } from '../../functions/adapters/stored.ts'
import { workOnAssessments } from '../../functions/assessment-work/handler.ts'
import { appealOnDepartmentSheet, appealOnOfficerSheet, decideOnOfficerSheet, drawUpAssessment, getAssessment, getDepartmentSheet, getOfficerSheet, openAssessment } from '../../shared/contract/assessments.ts'
import { getSupervisorWorklist, listSupervisorTasks } from '../../shared/contract/worklists.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { adminEmail, apiOver, foundDistrict, staff } from '../bench/campaign.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const { officer, supervisor, otherDirector } = staff
const person = (officerId: string, departmentId: string, ...roles: Officer['roles']): Officer => anOfficer({ officerId, email: `s${officerId}@example.org`, departmentId, roles })
/** Supervisors of the other department: one who helps an enterprise too, and one who directs it. */
const [helping, directing] = [person('2006', 'D-02', 'officer', 'supervisor'), person('2007', 'D-02', 'director', 'supervisor')]

const now = at('2026-07-06 10:00')
const params = { period: '2026-H1' }
const appeal = { component: 'quota', reason: '当月住院。' }

let table: MemoryTable
let ask: ReturnType<typeof apiOver>
/** An assessment that is open for appeals. */
beforeEach(async () => {
  table = new MemoryTable()
  await foundDistrict(table)
  for (const each of [helping, directing]) await table.commit(officerWrites(each, undefined, undefined))
  await table.commit(newPairingWrites(aPairing({ officerId: helping.officerId, enterpriseId: creditCodeOf(2), startsOn: '2026-01-01' }), undefined))
  ask = apiOver(table)
  const work = () => workOnAssessments(now, { table, timeZone: zone, adminEmail })
  await ask(drawUpAssessment, { as: supervisor, now, body: params })
  await work()
  await ask(openAssessment, { as: supervisor, now, params, ifMatch: (await ask(getAssessment, { as: supervisor, now, params })).etag, body: {} })
  await work()
})

const appealOfOfficer = async (as: Officer) => {
  const of = { as, now, params: { ...params, officerId: as.officerId } }
  return ask(appealOnOfficerSheet, { ...of, ifMatch: (await ask(getOfficerSheet, of)).etag, body: appeal })
}
const appealOfDepartment = async (as: Officer) => {
  const of = { as, now, params: { ...params, departmentId: as.departmentId } }
  return ask(appealOnDepartmentSheet, { ...of, ifMatch: (await ask(getDepartmentSheet, of)).etag, body: appeal })
}

describe('an appeal', () => {
  const mailedTo = () =>
    table.items().filter(({ shape }) => shape === 'outbox').map(item => opened('outbox', item)).filter(({ about }) => about.kind === 'assessment-appealed').map(({ to }) => to).sort()
  const mailTo = (...supervisors: readonly Officer[]) => supervisors.map(({ officerId }) => `officer:${officerId}`)

  test('is mailed to every supervisor where it concerns none', async () => {
    await appealOfOfficer(officer)
    expect(mailedTo()).toEqual(mailTo(supervisor, helping, directing))
  })

  test('of a supervisor is mailed to the others, who do not direct the department', async () => {
    await appealOfOfficer(helping)
    expect(mailedTo()).toEqual(mailTo(supervisor))
  })

  test('of a department is mailed to the supervisors of others', async () => {
    await appealOfDepartment(otherDirector)
    expect(mailedTo()).toEqual(mailTo(supervisor))
  })

  test('stands in the worklist of the office until it is decided', async () => {
    const section = async () => ((await ask(getSupervisorWorklist, { as: supervisor, now })).body['sections'] as { section: string }[]).find(each => each.section === 'assessments')
    const since = '2026-07-06T10:00:00+08:00'
    const [ofOfficer, ofDepartment] = [
      { kind: 'sheet', period: '2026-H1', officerId: officer.officerId, departmentId: 'D-01', component: 'quota', since },
      { kind: 'sheet', period: '2026-H1', departmentId: 'D-02', component: 'quota', since },
    ]
    const { etag } = await appealOfOfficer(officer)
    await appealOfDepartment(otherDirector)
    expect(await section()).toEqual({ section: 'assessments', count: 2, more: false, items: [ofDepartment, ofOfficer] })
    await ask(decideOnOfficerSheet, { as: helping, now, params: { ...params, officerId: officer.officerId }, ifMatch: etag, body: { decision: 'refused', remark: '数据无误。' } })
    expect(await section()).toEqual({ section: 'assessments', count: 1, more: false, items: [ofDepartment] })
    expect((await ask(listSupervisorTasks, { as: supervisor, now, params: { section: 'assessments' } })).body).toEqual({ items: [ofDepartment] })
  })
})
