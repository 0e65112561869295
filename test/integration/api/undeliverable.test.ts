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

/** What a function has counted of mails that have reached nobody, as CloudWatch reads it from its log. */
const counted = (name: string): readonly unknown[] =>
  district.stack.logs
    .filter(line => line.startsWith(`${name} {"_aws"`))
    .map(line => JSON.parse(line.slice(name.length)) as Record<string, unknown>)
    .flatMap(({ UndeliverableMails, service }) => (UndeliverableMails === undefined ? [] : [[service, UndeliverableMails]]))

it('counts each mail and each report that a mail service refuses which refuses everything', async () => {
  await district.faults({ target: 'mail', fault: 'refuse', count: 100 })
  await submit()
  expect(await district.mail()).toEqual([])
  await district.clearFaults()
  // At least the handler's, the report to the director, that to the supervisor, and the last to the administrator.
  expect(counted('mailer').length).toBeGreaterThanOrEqual(4)
  expect(new Set(counted('mailer').map(each => JSON.stringify(each)))).toEqual(new Set(['["qinshang-local",1]']))
})

it('counts what is refused when it is tried again', async () => {
  await district.faults({ target: 'mail', fault: 'throttle', match: addressOf('handler') })
  await submit()
  await district.faults({ target: 'mail', fault: 'refuse', match: addressOf('handler') })
  await district.clock('2026-03-02 10:20')
  expect(counted('outbox-reconciler')).toEqual([['qinshang-local', 1]])
})

it('counts no mail that arrives', async () => {
  const before = counted('mailer').length
  await submit()
  expect((await district.mail({ kind: 'issue-dispatched', to: addressOf('handler') })).length).toBeGreaterThan(0)
  expect(counted('mailer')).toHaveLength(before)
})
