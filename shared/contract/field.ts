import * as z from 'zod/mini'
import type { FaultCode } from './problem.ts'
import { isRealDate } from '../calendar/date.ts'
import { rfc3339Pattern } from '../calendar/zone.ts'
import { hasValidCheckCharacter } from '../roster/credit-code.ts'

/** Attaches one of our fault codes to a zod issue. */
export const fault = (code: FaultCode, values: Record<string, string | number> = {}) => ({ params: { fault: code, values } })

/**
 * What cannot be seen or deceives the eye: controls, halves of surrogate pairs, separators of lines, overrides of the
 * direction, tags, fillers, selectors, the blank of Braille. What browsers and word processors leave where a line may
 * break is none of it, and is nothing to trouble people with; nor is the joiner of which emoji are made.
 */
const unseen = /(?![\u00ad\u200b-\u200d\u2060])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb]/u

/** What chooses a form of the character before it: of an emoji, of an ideograph (people's names need that), of a Mongolian letter. */
const forms = /(?<=\p{Emoji})[\ufe0e\ufe0f]|(?<=\p{Ideographic})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=[\u1820-\u18aa][\u180b-\u180f]?)[\u180b-\u180f]/gu

const lineBreaks = /\r\n|[\n\t\u2028\u2029]/g

/** Line breaks and tab are allowed in prose. */
const hiddenIn = (text: string, multiline: boolean): string | undefined =>
  unseen.exec((multiline ? text.replace(lineBreaks, ' ') : text).replace(forms, ' '))?.[0]

/** `U+200E`, by which somebody can find what nobody sees. */
const nameOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Nothing to see: blanks, characters of no width, such as U+200B, and marks that stand on nothing. */
const isBlank = (text: string): boolean => !/[^\s\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/** Characters as a person counts them: 𠮷 and an emoji are one each, not two. */
const length = (text: string): number => Array.from(text).length

const words = (limit: number, multiline: boolean) =>
  z
    .string()
    .check(z.superRefine((value, ctx) => {
      const hidden = hiddenIn(value, multiline)
      if (isBlank(value)) ctx.addIssue({ code: 'custom', ...fault('required') })
      else if (length(value) > limit) ctx.addIssue({ code: 'custom', ...fault('too-long', { limit }) })
      else if (hidden !== undefined) ctx.addIssue({ code: 'custom', ...fault('control-character', { character: nameOf(hidden) }) })
    }))
    .register(z.globalRegistry, { minLength: 1, maxLength: limit })

/** Text of any kind, as long as there is some. */
export const someText = z.string().check(z.minLength(1))

/** How long it can be between two runs of a schedule, in minutes, as the environment has it. */
export const longestGapMinutes = z.string().check(z.regex(/^[1-9]\d{0,5}$/))

/** Text that nobody but the system reads into: an id, a cursor. */
export const opaque = (limit: number) => z.string().check(z.maxLength(limit))

/** What a link has in its path: 256 random bits in base64url. What is none is refused before anything is read. */
export const linkToken = z.string().check(z.regex(/^[\w-]{43}$/))

export const wholeNumber = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))

/** Digits alone: JavaScript would read `0x10`, `1e1` and ` 5` as numbers too. A minus is read so that it is too small. */
const readNumber = (text: unknown): unknown => (typeof text === 'string' && /^-?\d+$/.test(text) ? Number(text) : text)

/** A whole number as a path or a query writes it. */
export const writtenNumber = (least: number, most: number) => z.pipe(z.transform(readNumber), wholeNumber(least, most))

/** One line of text: a name, a title. Length in characters. */
export const line = (limit: number) => words(limit, false)

/** Text of several lines. Length in characters. */
export const prose = (limit: number) => words(limit, true)

/** Text of a fixed form. Whoever writes it otherwise is shown an example. */
export const written = (form: RegExp, example: string, { checks = [], ...known }: { checks?: readonly z.core.$ZodCheck<string>[]; format?: string } = {}) =>
  z
    .string()
    .check(
      z.superRefine<string>((text, ctx) => {
        if (!form.test(text)) ctx.addIssue({ code: 'custom', ...fault('bad-format', { example }), continue: false })
      }),
      ...checks,
    )
    .register(z.globalRegistry, { pattern: form.source, ...known, example })

/** How the district writes codes of its own. */
const codeForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/

/** 部门代码: the code of a department. */
export const code = written(codeForm, 'D-01')

/** 工号: the staff number of an officer. */
export const officerCode = written(codeForm, '1001')

/** 政策编号: the code of a support measure. */
export const measureCode = written(codeForm, 'M-01')

/** 节点编号: the code of a project's milestone. */
export const milestoneCode = written(codeForm, 'topping-out')

/** A date that exists, and lies where reckoning with it stays within four-digit years. */
const reckonable = (dateOf: (text: string) => string, first: string, last: string) =>
  z.superRefine<string>((text, ctx) => {
    if (!isRealDate(dateOf(text))) ctx.addIssue({ code: 'custom', ...fault('impossible-date') })
    else if (text < first) ctx.addIssue({ code: 'custom', ...fault('too-small', { limit: first }) })
    else if (text > last) ctx.addIssue({ code: 'custom', ...fault('too-large', { limit: last }) })
  })

/** Local calendar day, `YYYY-MM-DD`. */
export const localDate = written(/^\d{4}-\d{2}-\d{2}$/, '2026-03-02', { format: 'date', checks: [reckonable(date => date, '1900-01-01', '2199-12-31')] })

/** Calendar month, `YYYY-MM`. */
export const month = written(/^\d{4}-\d{2}$/, '2026-03', { checks: [reckonable(value => `${value}-01`, '1900-01', '2199-12')] })

/** Time of day, `HH:MM`. */
export const clockTime = written(/^([01]\d|2[0-3]):[0-5]\d$/, '09:00')

/** RFC 3339 instant with offset. */
export const instant = z.string().register(z.globalRegistry, { format: 'date-time', example: '2026-03-02T09:00:00+08:00' })

/** The same, as a client writes it. */
export const writtenInstant = written(rfc3339Pattern, '2026-03-02T09:00:00+08:00', {
  format: 'date-time',
  checks: [reckonable(text => text.slice(0, 10), '1900-01-01', '2199-12-31')],
})

/** Written in small letters, so that one person's address reads the same everywhere. */
export const email = z.email().check(z.maxLength(254), z.toLowerCase())

const creditCodeForm = /^[0-9A-HJ-NPQRTUWXY]{18}$/
export const creditCodeExample = '91610133MA6TX0001X'
const projectCodeForm = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/
export const projectCodeExample = '2026-610133-47-03-012345'

/** Unified social credit code 统一社会信用代码 (GB 32100-2015), check character included. */
export const creditCode = written(creditCodeForm, creditCodeExample, { checks: [z.refine(hasValidCheckCharacter, fault('bad-check-character'))] })

/** Code of an investment project on the national approval platform 项目代码: year-region-kind-type-number. */
export const projectCode = written(projectCodeForm, projectCodeExample)

/** Key of an enterprise: its credit code, or a project code. */
export const enterpriseId = z
  .string()
  .check(
    z.superRefine((value, ctx) => {
      if (projectCodeForm.test(value)) return
      if (!creditCodeForm.test(value)) ctx.addIssue({ code: 'custom', ...fault('bad-format', { example: creditCodeExample }) })
      else if (!hasValidCheckCharacter(value)) ctx.addIssue({ code: 'custom', ...fault('bad-check-character') })
    }),
  )
  .register(z.globalRegistry, { example: creditCodeExample })

/** `limit` and `cursor` of every list. */
export const paging = {
  limit: z._default(writtenNumber(1, 200), 50),
  cursor: z.optional(opaque(2000)),
}

export const listOf = <T extends z.ZodMiniType>(item: T) => z.strictObject({ items: z.array(item), nextCursor: z.optional(z.string()) })
