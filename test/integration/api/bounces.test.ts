import { afterAll, beforeAll, expect, it } from 'vitest'
import { submitIssue } from '../../../shared/contract/issues.ts'
import { addressOf, enterpriseOf, foundDistrict, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District

beforeAll(async () => {
  district = await foundDistrict(await startWorld())
})
afterAll(async () => {
  await district.close()
})

const submit = () =>
  district.officer.ask(submitIssue, {
    body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路不通', description: '门前道路不通。' },
  })

it('reports mail that came back from a handler to the director, once', async () => {
  await district.faults({ target: 'mail', fault: 'bounce', match: addressOf('handler') })
  await submit()
  const reports = await district.mail({ kind: 'mail-undeliverable' })
  expect(reports.map(({ to }) => to)).toEqual([[addressOf('director')]])
  expect(reports[0]?.text).toContain('2026-000001')
  expect(reports[0]?.text).toContain('示例handler')
  expect(await district.mail({ to: addressOf('handler') })).toEqual([])
})

it('reports mail that came back from the director to the supervisors', async () => {
  await district.faults({ target: 'mail', fault: 'bounce', match: addressOf('director') })
  await submit()
  const reports = await district.mail({ kind: 'mail-undeliverable', to: addressOf('supervisor') })
  expect(reports).toHaveLength(1)
})

it('finds a report that could not go out at once, on a clock that is not the wall clock', async () => {
  const before = (await district.mail({ kind: 'mail-undeliverable', to: addressOf('director') })).length
  await district.faults({ target: 'mail', fault: 'bounce', match: addressOf('handler') })
  // The director's own copy, and then the report.
  await district.faults({ target: 'mail', fault: 'throttle', count: 2, match: addressOf('director') })
  await submit()
  const reports = async () => (await district.mail({ kind: 'mail-undeliverable', to: addressOf('director') })).length
  expect(await reports()).toBe(before)
  expect(await district.clearFaults()).toBe(0)
  await district.clock('2026-03-02 10:20')
  expect(await reports()).toBe(before + 1)
})
