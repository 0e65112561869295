import type { AssessmentTask } from '../../shared/assessment/assessment.ts'
import type { AssessmentPeriod } from '../../shared/assessment/period.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import { assessmentQueries } from '../adapters/assessment-store.ts'
import { opened } from '../adapters/stored.ts'
import { workOn, type AssessingDependencies } from './work.ts'

/** What a run has done. */
export interface AssessingReport {
  readonly done: readonly { readonly period: AssessmentPeriod; readonly task?: AssessmentTask; readonly departments: number }[]
}

/**
 * Goes on with whatever is to be done on the sheets of assessments. Run again, it does nothing a second time. One that cannot
 * be worked on keeps none of the others waiting.
 * @throws whatever was in the way of the first such assessment, once the others are done
 */
export const workOnAssessments = async (now: Instant, deps: AssessingDependencies): Promise<AssessingReport> => {
  const done: AssessingReport['done'][number][] = []
  const errors: unknown[] = []
  for await (const item of deps.table.query(assessmentQueries.all)) {
    const assessment = opened('assessment', item)
    if (assessment.work === undefined) continue
    try {
      done.push({ period: assessment.period, ...(await workOn(assessment, now, deps)) })
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return { done }
}
