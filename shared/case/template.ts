import * as z from 'zod/mini'
import { code, fault, line, wholeNumber } from '../contract/field.ts'
import type { Wording } from '../contract/problem.ts'
import { subcategoriesOf } from '../issue/category.ts'

/** How staff help with a step: 帮办 with advice, 陪办 by going along, 代办 in the enterprise's place. */
export const serviceModes = ['guide', 'accompany', 'act-for'] as const
export type ServiceMode = (typeof serviceModes)[number]

export const serviceModeWords: Readonly<Record<ServiceMode, Wording>> = {
  guide: { zh: '帮办', en: 'guided' },
  accompany: { zh: '陪办', en: 'accompanied' },
  'act-for': { zh: '代办', en: 'done for the enterprise' },
}

/** The approvals that a green channel is kept for. */
export const approvals = Object.keys(subcategoriesOf('approvals')) as [string, ...string[]]

/** So many steps a template has at most, so that a case stays one item and its opening one transaction. */
export const stepsAtMost = 20

/** 送达企业: the last step of every case, which no template lists. */
export const handoverStep = 'handover'
export const handoverTitle: Wording = { zh: '送达企业', en: 'Handing over to the enterprise' }

const workingDays = wholeNumber(1, 250)

/** One step of an approval, as a template has it. */
const templateStepSchema = z.strictObject({
  stepId: code,
  title: line(100),
  departmentId: code,
  /** The steps that have to be finished before; none: it can begin at once. */
  after: z.array(code).check(z.maxLength(stepsAtMost)),
  /** 法定时限 and 承诺时限: what the law allows, and what the district promises. */
  statutoryWorkingDays: workingDays,
  promisedWorkingDays: workingDays,
  mode: z.enum(serviceModes),
})

/** 绿色通道办理流程: the steps of an approval, their departments and their limits. */
export const templateSchema = z.strictObject({
  templateId: code,
  title: line(100),
  subcategory: z.enum(approvals),
  steps: z.array(templateStepSchema).check(z.minLength(1), z.maxLength(stepsAtMost)),
  /** Who brings the result to the enterprise, within how many working days after the last of the steps. */
  handover: z.strictObject({ departmentId: code, workingDays }),
})
export type CaseTemplate = z.infer<typeof templateSchema>

/**
 * A template as somebody enters it. A step follows only steps that are listed before it, so that none ever waits for itself;
 * and no more is promised than the law allows.
 */
export const enteredTemplateSchema = z.omit(templateSchema, { templateId: true }).check(
  z.superRefine(({ steps }, ctx) => {
    const before = new Set<string>()
    for (const [at, { stepId, after, statutoryWorkingDays, promisedWorkingDays }] of steps.entries()) {
      const refuse = (path: readonly (string | number)[], found: ReturnType<typeof fault>): void => {
        ctx.addIssue({ code: 'custom', path: ['steps', at, ...path], ...found })
      }
      if (stepId === handoverStep) refuse(['stepId'], fault('reserved'))
      if (before.has(stepId)) refuse(['stepId'], fault('duplicate-value'))
      for (const [nth, id] of after.entries()) {
        if (!before.has(id)) refuse(['after', nth], fault('not-listed-before'))
        else if (after.indexOf(id) < nth) refuse(['after', nth], fault('duplicate-value'))
      }
      if (promisedWorkingDays > statutoryWorkingDays) refuse(['promisedWorkingDays'], fault('too-large', { limit: statutoryWorkingDays }))
      before.add(stepId)
    }
  }),
)

/** Each department that a template names, and where it does first. */
export const departmentsNamed = ({ steps, handover }: Pick<CaseTemplate, 'steps' | 'handover'>): ReadonlyMap<string, string> => {
  const places = [...steps.map(({ departmentId }, at) => [departmentId, `steps.${at}.departmentId`] as const), [handover.departmentId, 'handover.departmentId'] as const]
  return new Map(places.toReversed())
}
