import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SheetView } from '../../shared/contract/assessments.ts'
import type { ApiClient } from './api-client.ts'
import { departmentId, officerIdsOf } from './august-2016.ts'
import { eachOf } from './each-of.ts'
import type { LocalStack } from './stack.ts'
import { padded } from './terminal.ts'

/** The department whose sheet is shown, and the half-year that the demo's month lies in. */
const shownDepartment = departmentId(2)
const period = '2016-H2'

/** The half-year can be assessed once none of its visits can be entered any more. */
const settled = new Date('2017-01-09T10:00:00+08:00')

/** A run works for as long as a schedule may; more than these means that it comes to no end. */
const runsAtMost = 50

/**
 * Draws up the assessment of the half-year, leaping to its end. The pairings of the department that is shown end with the demo,
 * so that its officers owe nothing for the months in which nobody plays them.
 */
export const assessHalfYear = async (stack: LocalStack, supervisor: ApiClient, { endsOn, folder }: { readonly endsOn: string; readonly folder: string }): Promise<{ readonly text: string; readonly path: string }> => {
  await eachOf(officerIdsOf(shownDepartment), async officer => {
    const { body } = await supervisor.get(`/v1/pairings?officerId=${officer}`)
    for (const { pairingId } of body['items'] as readonly { readonly pairingId: string }[]) await supervisor.post(`/v1/pairings/${pairingId}/end`, { endsOn })
  })
  stack.clock.hold(settled)
  await supervisor.post('/v1/assessments', { period })
  for (let runs = 0; (await supervisor.get(`/v1/assessments/${period}`)).body['work'] !== undefined; runs++) {
    if (runs === runsAtMost) throw new Error('the assessment is not drawn up')
    await stack.scheduler.runNow('assessment-work')
  }
  const sheet = (await supervisor.get(`/v1/assessments/${period}/departments/${shownDepartment}`)).body as unknown as SheetView
  const path = join(folder, `assessment-${period}-${shownDepartment}.xlsx`)
  writeFileSync(path, await supervisor.download(`/v1/assessments/${period}/departments/${shownDepartment}/workbook`))
  return { text: tableOf(sheet), path: relative(process.cwd(), path) }
}

/** The sheet as lines: each component, what it is reckoned from, and the total. */
const tableOf = ({ departmentId: id, components, total }: SheetView): string =>
  [
    `${period} ${id} 考核表 assessment`,
    ...components.map(({ words, formula }) => `${padded(`${words.zh} ${words.en}`, 34)} ${formula.zh}`),
    `${padded('总分 total', 34)} ${total === undefined ? '–' : total.toFixed(1)}`,
  ].join('\n')
