import * as z from 'zod/mini'
import { enterpriseId, localDate, officerCode, prose } from '../contract/field.ts'
import type { Wording } from '../contract/problem.ts'
import type { VisitMode } from '../policy/policy.ts'
import type { Visit } from './visit.ts'

/** 企业核实: what an enterprise says of a visit that was recorded. `came`: it took place, wherever they met. */
const answerSchema = z.strictObject({ came: z.boolean(), words: z.optional(prose(500)), at: z.int() })
export type Answer = z.infer<typeof answerSchema>

/** All that the enterprise has said of one visit, in order; the last holds. It changes neither the visit nor what counts: a person judges. */
export const confirmationSchema = z.strictObject({ visitId: z.string(), officerId: officerCode, enterpriseId, visitedOn: localDate, answers: z.array(answerSchema) })
export type Confirmation = z.infer<typeof confirmationSchema>

/** Whoever has changed their mind so often is asked in person. */
export const answersAtMost = 5

/** What becomes of an answer: it is kept; it has been given before; or there have been too many. */
export type Answered = { readonly outcome: 'kept'; readonly confirmation: Confirmation } | { readonly outcome: 'said-before' | 'too-many' }

export const answerOn = (before: Confirmation | undefined, visit: Pick<Visit, 'visitId' | 'officerId' | 'enterpriseId' | 'visitedOn'>, { came, words }: Omit<Answer, 'at'>, now: number): Answered => {
  const answers = before?.answers ?? []
  const last = answers.at(-1)
  if (last?.came === came && last.words === words) return { outcome: 'said-before' }
  if (answers.length >= answersAtMost) return { outcome: 'too-many' }
  const { visitId, officerId, enterpriseId: enterprise, visitedOn } = visit
  const answer = { came, ...(words === undefined ? {} : { words }), at: now }
  return { outcome: 'kept', confirmation: { visitId, officerId, enterpriseId: enterprise, visitedOn, answers: [...answers, answer] } }
}

/** How an enterprise calls the ways in which officers see it. */
export const modeWords: Readonly<Record<VisitMode, Wording>> = {
  onsite: { zh: '上门走访', en: 'visit at your premises' },
  office: { zh: '贵单位到部门办公室面谈', en: "meeting at the department's office" },
  session: { zh: '现场办公', en: 'on-site session' },
  phone: { zh: '电话联系', en: 'telephone call' },
  online: { zh: '线上联系', en: 'online meeting' },
}
