import type { SheetView } from '../contract/assessments.ts'
import type { Wording } from '../contract/problem.ts'
import type { Sheet, Value } from '../report/workbook.ts'
import type { SheetAppealOutcome } from './assessment.ts'
import { assessmentNotes, definitionOf } from './definition.ts'
import { periodWords } from './period.ts'
import { assessmentStatusWords } from './transition.ts'

/** 考核表: a sheet as a workbook, to be looked at, checked line by line and kept on file. It says what the sheet says to its reader, and no more. */

/** Whom the sheet is of, by name, and the language it is written in. */
export interface SheetBookPen {
  readonly language: keyof Wording
  /** Of the officer; none where the sheet is of a department. */
  readonly officerName?: string | undefined
  readonly departmentName: string
}

type Line = SheetView['components'][number]

const headings = {
  components: [
    ['指标', 'Component'], ['分子', 'Numerator'], ['分母', 'Denominator'], ['次（件）数', 'How many'], ['权重', 'Weight'], ['实际权重', 'Weight in effect'], ['得分', 'Points'], ['计算', 'How it is reckoned'],
    ['计入记录', 'Records counted'], ['不计入', 'Left out'], ['申诉剔除', 'Left out on appeal'], ['统计口径', 'What counts'], ['不计口径', 'What is left out'],
  ],
  records: [['指标', 'Component'], ['是否计入', 'Counts'], ['记录', 'Record']],
  appeals: [['指标', 'Component'], ['申诉人', 'By'], ['申诉时间', 'At'], ['理由', 'Reason'], ['结果', 'Outcome'], ['说明', 'Remark'], ['复核人', 'Decided by'], ['复核时间', 'Decided at'], ['剔除的记录', 'Record left out']],
  about: [['项目', 'Item'], ['内容', 'Content']],
} as const satisfies Record<string, readonly (readonly [zh: string, en: string])[]>

const outcomes: Readonly<Record<SheetAppealOutcome, Wording>> = { granted: { zh: '支持', en: 'granted' }, refused: { zh: '不予支持', en: 'refused' } }

/** The components with their total, the records behind them, the appeals, and what holds for all of it: a worksheet each. */
export const sheetBook = (sheet: SheetView, { language, officerName, departmentName }: SheetBookPen): readonly Sheet[] => {
  const said = (wording: Wording): string => wording[language]
  const named = (zh: string, en: string): string => said({ zh, en })
  const worksheet = (name: string, columns: readonly (readonly [string, string])[], widths: readonly number[], rows: readonly (readonly Value[])[], totals = 0): Sheet => ({
    name,
    headers: columns.map(([zh, en]) => named(zh, en)),
    widths,
    rows,
    totals,
  })
  const side = officerName === undefined ? 'department' : 'officer'
  const component = ({ component: of, words, numerator, denominator, counts, weight, share, points, formula, counted, leftOut, adjusted }: Line): readonly Value[] => {
    const definition = definitionOf(of)
    return [said(words), numerator, denominator, counts?.join('／'), weight, share === undefined ? undefined : { percent: share }, toOneDecimal(points), said(formula), counted.count, leftOut.count, adjusted.count, said(definition.counts[side]), said(definition.leavesOut)]
  }
  const total: readonly Value[] = [named('总分', 'Total'), undefined, undefined, undefined, undefined, undefined, toOneDecimal(sheet.total)]
  const appeals = sheet.appealed.map(({ component: of, by, at, reason, decision }): readonly Value[] => [
    said(definitionOf(of).words), by, momentOf(at), reason,
    ...(decision === undefined ? [named('待复核', 'waits for a decision')] : [said(outcomes[decision.outcome]), decision.remark, decision.by, momentOf(decision.at), decision.recordId]),
  ])
  const about: readonly (readonly [zh: string, en: string, value: Value])[] = [
    ['考核期', 'Period', said(periodWords(sheet.period))],
    ...(officerName === undefined ? [] : ([['干部', 'Officer', officerName], ['工号', 'Staff number', sheet.officerId]] as const)),
    ['部门', 'Department', departmentName],
    ['部门代码', 'Department code', sheet.departmentId],
    ['状态', 'Status', said(assessmentStatusWords[sheet.status])],
    ['总分', 'Total', toOneDecimal(sheet.total)],
    ...(sheet.hash === undefined ? [] : ([['校验值（SHA-256）', 'Hash (SHA-256)', sheet.hash]] as const)),
    ...[...sheet.remarks, ...assessmentNotes].map(({ zh, en }) => ['说明', 'Note', named(zh, en)] as const),
  ]
  return [
    worksheet(named('考核表', 'Sheet'), headings.components, [16, 10, 10, 12, 8, 14, 8, 60, 10, 10, 10, 50, 40], [...sheet.components.map(component), total], 1),
    worksheet(named('依据', 'Records'), headings.records, [16, 14, 60], sheet.components.flatMap(line => recordsOf(line, said))),
    worksheet(named('申诉', 'Appeals'), headings.appeals, [16, 14, 17, 40, 14, 40, 14, 17, 40], appeals),
    worksheet(named('说明', 'About'), headings.about, [22, 80], about.map(([zh, en, value]) => [named(zh, en), value])),
  ]
}

/** A row for each record that is named, and one that says how many are not. */
const recordsOf = ({ words, counted, leftOut, adjusted }: Line, said: (wording: Wording) => string): readonly (readonly Value[])[] => {
  const parts = [
    [counted, { zh: '计入', en: 'counts' }],
    [leftOut, { zh: '不计入', en: 'left out' }],
    [adjusted, { zh: '申诉剔除', en: 'left out on appeal' }],
  ] as const
  return parts.flatMap(([{ count, records }, how]) => {
    const unnamed = count - records.length
    const rows = records.map((id): readonly Value[] => [said(words), said(how), id])
    return unnamed === 0 ? rows : [...rows, [said(words), said(how), said({ zh: `另有${unnamed}条，此处不列`, en: `${unnamed} more, not named here` })]]
  })
}

const toOneDecimal = (points: number | undefined): Value => (points === undefined ? undefined : { decimal: points })

/** An instant as the API writes it, in the deployment's zone, as its clocks show it. */
const momentOf = (instant: string): Value => ({ date: instant.slice(0, 10), time: instant.slice(11, 16) })
