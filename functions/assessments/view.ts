import { adjustmentsOf, appealsUntil, type Assessment, type KeptSheet, type SheetAppeal } from '../../shared/assessment/assessment.ts'
import { componentNames, isRate, type Component } from '../../shared/assessment/component.ts'
import { assessmentNotes, definitionOf, ratioWords } from '../../shared/assessment/definition.ts'
import type { AssessmentRules } from '../../shared/assessment/rules.ts'
import { isCountedFor, isSpread, leftOutOf, type MarkLine, type RateLine } from '../../shared/assessment/sheet.ts'
import { toRfc3339, type Instant, type TimeZone } from '../../shared/calendar/zone.ts'
import type { AssessmentView, SheetLineView, SheetView } from '../../shared/contract/assessments.ts'
import type { Wording } from '../../shared/contract/problem.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import type { WholeSheet } from '../adapters/assessment-store.ts'

/**
 * How much is shown: everything, to the campaign office; to others everything but which visits were flagged, for that would
 * tell what an enterprise has said of them, and the hash, of which so few inputs would be unknown that they can be guessed.
 */
export type Detail = 'all' | 'own'

/** An assessment, instants in the deployment's zone. What a recount has found names officers, and is for the office. */
export const assessmentView = (assessment: Assessment, reckoning: Reckoning, detail: Detail): AssessmentView => {
  const { drawing: _drawing, appeal: _appeal, drawnAt, openedAt, finalizedAt, work, recount, ...shown } = assessment
  const at = (instant: Instant): string => toRfc3339(instant, reckoning.timeZone)
  const window = appealsUntil(assessment, reckoning)
  return {
    ...shown,
    drawnAt: at(drawnAt),
    ...(openedAt === undefined ? {} : { openedAt: at(openedAt) }),
    ...(window === undefined ? {} : { appealBy: at(window.until) }),
    provisional: window?.provisional === true,
    ...(finalizedAt === undefined ? {} : { finalizedAt: at(finalizedAt) }),
    ...(work === undefined ? {} : { work: { task: work.task, ...(work.after === undefined ? {} : { after: work.after }) } }),
    ...(recount === undefined || detail !== 'all' ? {} : { recount: { ...recount, at: at(recount.at) } }),
  }
}

/** A sheet as a list shows it. */
export const sheetLine = ({ period, subject, departmentId, sheet: { total }, appeals, version }: KeptSheet): SheetLineView => ({
  period,
  ...('officerId' in subject ? { officerId: subject.officerId } : {}),
  departmentId,
  ...(total === undefined ? {} : { total }),
  appeals: appeals.length,
  appealWaits: appeals.some(({ decision }) => decision === undefined),
  version,
})

/** So many records of a component are named in an answer: of an officer all, of a large department the first. A workbook has them all. */
const recordsNamed = 500

/** A sheet with every component, as it came about. */
export const sheetView = ({ kept, inputs }: WholeSheet, { status }: Pick<Assessment, 'status'>, timeZone: TimeZone, detail: Detail, named = recordsNamed): SheetView => {
  const adjustments = adjustmentsOf(kept)
  const isNamed = (component: Component): boolean => detail === 'all' || component !== 'flags'
  const besides = (component: Component) => {
    const naming = (ids: readonly string[]) => ({ count: ids.length, records: isNamed(component) ? ids.slice(0, named) : [] })
    return {
      leftOut: naming(leftOutOf(inputs, component)),
      adjusted: naming(adjustments.filter(each => each.component === component).map(({ recordId }) => recordId)),
      counted: naming(inputs.records.filter(record => isCountedFor(record, component, adjustments)).map(({ id }) => id)),
    }
  }
  const decisionOf = (component: Component, { recordId, at, ...decided }: NonNullable<SheetAppeal['decision']>) => ({ ...decided, at: toRfc3339(at, timeZone), ...(recordId === undefined || !isNamed(component) ? {} : { recordId }) })
  return {
    ...sheetLine(kept),
    status,
    components: [
      ...kept.sheet.rates.map(line => ({ component: line.component, words: definitionOf(line.component).words, ...numbersOf(line), formula: rateFormula(line), ...besides(line.component) })),
      ...kept.sheet.marks.map(line => ({ component: line.component, words: definitionOf(line.component).words, counts: line.counts, points: line.points, formula: markFormula(line, inputs.rules), ...besides(line.component) })),
    ],
    remarks: remarksOn(kept),
    appealed: kept.appeals.map(({ decision, ...appeal }) => ({ ...appeal, at: toRfc3339(appeal.at, timeZone), ...(decision === undefined ? {} : { decision: decisionOf(appeal.component, decision) }) })),
    ...(detail === 'all' ? { hash: kept.hash } : {}),
  }
}

const numbersOf = ({ numerator, denominator, weight, share, points }: RateLine) => ({ numerator, denominator, weight, share, ...(points === undefined ? {} : { points }) })

const rateFormula = ({ component, numerator, denominator, share, points }: RateLine): Wording => {
  const words = ratioWords(component)
  if (points === undefined) return { zh: `${words.denominator.zh}为0，不计分`, en: `no ${words.denominator.en}, so no points` }
  return {
    zh: `${words.numerator.zh}${numerator}÷${words.denominator.zh}${denominator}＝${points.toFixed(1)}分，权重${share.toFixed(1)}%`,
    en: `${words.numerator.en} ${numerator} ÷ ${words.denominator.en} ${denominator} = ${points.toFixed(1)} points, weight ${share.toFixed(1)}%`,
  }
}

const markFormula = ({ component, counts, points, bounded }: MarkLine, { marks }: AssessmentRules): Wording => {
  const { each, atMost } = marks[component]
  const worth = typeof each === 'number' ? [each] : each
  const sum = counts.map((count, at) => `${count}×${worth[at] ?? 0}`).join('＋')
  const sign = component === 'commendations' ? { zh: '加', en: 'added' } : { zh: '扣', en: 'taken' }
  return {
    zh: `${sum}，${sign.zh}${Math.abs(points)}分${bounded ? `（以${atMost}分为限）` : ''}`,
    en: `${sum.replaceAll('＋', ' + ')}: ${Math.abs(points)} points ${sign.en}${bounded ? `, which is the limit (${atMost})` : ''}`,
  }
}

/** What has to be said of this sheet beside its numbers. */
const remarksOn = ({ sheet }: KeptSheet): Wording[] => {
  const spread = sheet.rates.filter(isSpread).map(({ component }) => definitionOf(component).words)
  if (sheet.total === undefined) return [{ zh: '各项比率均无考核基数，不计总分。', en: 'None of the rates has anything to divide by, so there is no total.' }]
  if (spread.length === 0) return []
  return [
    {
      zh: `${spread.map(({ zh }) => zh).join('、')}没有考核基数，其权重已按比例分摊给其他指标。`,
      en: `There is nothing to divide by for: ${spread.map(({ en }) => en).join(', ')}. What it weighs is spread over the others in proportion.`,
    },
  ]
}

/** Every component's definition. */
export const componentsView = () => ({
  components: componentNames.map(component => ({ component, ...definitionOf(component), ...(isRate(component) ? ratioWords(component) : {}) })),
  notes: [...assessmentNotes],
})
