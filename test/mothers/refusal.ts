import { FieldFaults, Problem } from '../../shared/contract/problem.ts'
import { detailsOf, detailsOfFaults, faultsOf } from '../../functions/http/problem-details.ts'
import * as z from 'zod'

/** The problem a rule refuses with. Its words must be complete in both languages. */
export const refusal = (act: () => unknown): Problem => {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    for (const language of ['zh', 'en'] as const) {
      const { title, detail } = detailsOf(error, language)
      if (/[{}]/.test(title + detail)) throw new Error(`${error.code} lacks a value: ${detail}`, { cause: error })
    }
    return error
  }
  throw new Error('it was not refused')
}

/** What a schema finds wrong, as `path code`, in the words of the API. Nothing when it is content. */
export const faultsIn = (schema: z.core.$ZodType, input: unknown): string[] => {
  const result = z.safeParse(schema, input, { reportInput: true })
  if (result.success) return []
  const found = faultsOf(result.error)
  for (const language of ['zh', 'en'] as const) {
    const { detail } = detailsOfFaults(new FieldFaults(found), language)
    if (/\{\w+\}/.test(detail)) throw new Error(`a fault lacks a value: ${detail}`)
  }
  return found.map(({ path, code }) => `${path} ${code}`.trim())
}
