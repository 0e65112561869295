import * as z from 'zod/mini'
import { addDays } from '../calendar/date.ts'
import { clockTime, enterpriseId, instant, localDate, officerCode, prose } from '../contract/field.ts'
import { Problem, type Wording } from '../contract/problem.ts'
import { planFor, type PlannedMail, type Staff } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import type { Visit } from './visit.ts'

/**
 * 提请核查: a record that a person should look at. `overlap`: at two places at once; `same-text`: written before, word for
 * word; `late-burst`: one of many entered afterwards on one day; `denied`: the enterprise says that nobody came.
 */
export const flagKinds = ['overlap', 'same-text', 'late-burst', 'denied'] as const
export type FlagKind = (typeof flagKinds)[number]

export const flagStatuses = ['open', 'checked'] as const

const findings = ['in-order', 'irregular'] as const
const findingWords: Readonly<Record<(typeof findings)[number], Wording>> = {
  'in-order': { zh: '属实', en: 'in order' },
  irregular: { zh: '不实', en: 'irregular' },
}

/** Changes neither the visit nor what counts: what follows from it is for people to decide. */
export const flagSchema = z.strictObject({
  flagId: z.string(),
  kind: z.enum(flagKinds),
  visitId: z.string(),
  officerId: officerCode,
  enterpriseId,
  visitedOn: localDate,
  /** The officer's other visits that it was seen by. */
  seenWith: z.array(z.string()),
  raisedAt: instant,
  /** The enterprise has said since that the visit took place. */
  takenBackAt: z.optional(instant),
  status: z.enum(flagStatuses),
  finding: z.optional(z.enum(findings)),
  remark: z.optional(prose(500)),
  checkedBy: z.optional(z.string()),
  checkedAt: z.optional(instant),
})
export type Flag = z.infer<typeof flagSchema>

export const checkSchema = z.strictObject({ finding: z.enum(findings), remark: prose(500) })
export type Check = z.infer<typeof checkSchema>

/** What is remembered of a visit for those to come. */
export const entrySchema = z.strictObject({
  visitId: z.string(),
  enteredOn: localDate,
  visitedOn: localDate,
  from: z.optional(clockTime),
  until: z.optional(clockTime),
  /** Recognises the summary without keeping it. */
  text: z.string(),
})
export type Entry = z.infer<typeof entrySchema>

/** So many entries of an officer are remembered, the latest. */
const entriesAtMost = 200

/** So many other visits are named, the latest. */
const seenWithAtMost = 10

/** What a text says, however it is spaced, punctuated or typed. Marks may come to stand on what stood apart. */
export const wordsOf = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{Cf}]/gu, '').normalize('NFKC')

/** A visit has one flag of a kind. */
export const flagIdOf = (kind: FlagKind, visitId: string): string => `${kind}.${visitId}`

/** The visit that a flag is of. */
export const visitIdOfFlag = (flagId: string): string => flagId.slice(flagId.indexOf('.') + 1)

/** Why a visit should be looked at, and the visits it was seen by. */
interface Suspicion {
  readonly kind: FlagKind
  readonly seenWith: readonly string[]
}

/** Beside what is remembered of the officer, what has just been entered: what is remembered from now on, and what stands out. */
export const noteEntry = (known: readonly Entry[], entry: Entry, policy: Policy['flags']): { readonly entries: readonly Entry[]; readonly suspicions: readonly Suspicion[] } => {
  const since = addDays(entry.enteredOn, -policy.lookBackDays)
  const before = known.filter(({ enteredOn }) => enteredOn >= since)
  const seen: readonly [FlagKind, readonly Entry[], number][] = [
    ['overlap', before.filter(other => overlaps(other, entry)), 1],
    ['same-text', before.filter(({ text }) => text === entry.text), policy.sameTextVisits - 1],
    ['late-burst', isLate(entry) ? before.filter(other => isLate(other) && other.enteredOn === entry.enteredOn) : [], isLate(entry) ? policy.lateEntriesADay - 1 : Infinity],
  ]
  return {
    entries: [...before, entry].slice(-entriesAtMost),
    suspicions: seen.flatMap(([kind, others, enough]) => (others.length < enough ? [] : [{ kind, seenWith: others.slice(-seenWithAtMost).map(({ visitId }) => visitId) }])),
  }
}

/** One that ends when the other begins leaves time for both, if not for the way. */
const overlaps = (one: Entry, other: Entry): boolean =>
  one.visitedOn === other.visitedOn && isBefore(one.from, other.until) && isBefore(other.from, one.until)

const isBefore = (one: string | undefined, other: string | undefined): boolean => one !== undefined && other !== undefined && one < other

const isLate = ({ visitedOn, enteredOn }: Entry): boolean => visitedOn < enteredOn

type FlaggedVisit = Pick<Visit, 'visitId' | 'officerId' | 'enterpriseId' | 'visitedOn'>

export const raiseFlag = ({ visitId, officerId, enterpriseId: enterprise, visitedOn }: FlaggedVisit, { kind, seenWith }: Suspicion, at: string): Flag => ({
  flagId: flagIdOf(kind, visitId),
  kind,
  visitId,
  officerId,
  enterpriseId: enterprise,
  visitedOn,
  seenWith: [...seenWith],
  raisedAt: at,
  status: 'open',
})

/**
 * What the enterprise's answer makes of the flag `denied`: raised by the first denial, it notes that it was taken back until
 * the visit is denied anew, and stays for a person to look at. Undefined where nothing changes.
 */
export const flagAfterAnswer = (before: Flag | undefined, visit: FlaggedVisit, came: boolean, at: string): Flag | undefined => {
  if (before === undefined) return came ? undefined : raiseFlag(visit, { kind: 'denied', seenWith: [] }, at)
  if (came) return before.takenBackAt === undefined ? { ...before, takenBackAt: at } : undefined
  const { takenBackAt, ...denied } = before
  return takenBackAt === undefined ? undefined : denied
}

/** Whose visit it is: who made it, who was along, and who entered it. None of them judges it. */
const partyOf = ({ officerId, recordedBy, with: others = [] }: Pick<Visit, 'officerId' | 'recordedBy' | 'with'>): readonly string[] => [officerId, recordedBy, ...others]

/** The first denial is told to the supervisors, but for those whose visit it is. */
export const deniedMails = ({ flagId }: Pick<Flag, 'flagId'>, visit: Pick<Visit, 'officerId' | 'recordedBy' | 'with'>, { supervisors, adminEmail }: Pick<Staff, 'supervisors' | 'adminEmail'>): readonly PlannedMail[] => {
  const party = partyOf(visit)
  const office = { handlers: [], directors: [], supervisors: supervisors.filter(id => !party.includes(id)), leadingGroup: [], adminEmail }
  return planFor({ kind: 'visit-denied', flagId }, ['supervisors'], office, 'act')
}

/** Whether there is nothing to look into any more. */
export const isSettled = ({ status, takenBackAt }: Pick<Flag, 'status' | 'takenBackAt'>): boolean => status === 'checked' || takenBackAt !== undefined

/**
 * Writes down what somebody has found. Nobody checks a visit of their own, or one they entered, nor one it was seen with.
 * @param visits the visit that is flagged, and those it was seen with
 * @throws Problem `own-visit`, `already-checked`
 */
export const checkFlag = (flag: Flag, visits: readonly Pick<Visit, 'officerId' | 'recordedBy' | 'with'>[], { finding, remark }: Check, by: string, at: string): Flag => {
  if (visits.some(visit => partyOf(visit).includes(by))) throw new Problem('own-visit')
  if (flag.finding !== undefined) throw new Problem('already-checked', { finding: findingWords[flag.finding] })
  return { ...flag, status: 'checked', finding, remark, checkedBy: by, checkedAt: at }
}
