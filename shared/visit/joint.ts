import * as z from 'zod/mini'
import type { LocalDate } from '../calendar/date.ts'
import { fault, officerCode } from '../contract/field.ts'
import { FieldFaults, Problem } from '../contract/problem.ts'
import { planMail, type PlannedMail } from '../mail/notice.ts'
import { pairingOn } from '../roster/pairing.ts'
import type { Officer, Pairing } from '../roster/roster.ts'
import type { Visit } from './visit.ts'

/** Who else was along on a joint visit 联合走访; recorded once, it is a visit of each of them. */
const companionsAtMost = 4
export const companionsSchema = z.array(officerCode).check(z.maxLength(companionsAtMost), z.refine(ids => new Set(ids).size === ids.length, fault('duplicate-value')))

/** @throws FieldFaults where the officer is named among those who came along */
export const demandOthers = (companions: readonly string[], officerId: string): void => {
  const at = companions.indexOf(officerId)
  if (at >= 0) throw new FieldFaults([{ path: `companions.${at}`, code: 'duplicate-value' }])
}

/**
 * Of a visit that the officer can enter, whether those along can, too: they were paired with the enterprise on that day.
 * @throws Problem `not-paired`, with the path of the first who was not
 */
export const demandCompanionsPaired = (
  companions: readonly { readonly officerId: string; readonly pairings: readonly Pairing[] }[],
  { enterpriseId, visitedOn }: { readonly enterpriseId: string; readonly visitedOn: LocalDate },
): void => {
  for (const [at, { officerId, pairings }] of companions.entries())
    if (pairingOn(pairings, { officerId, enterpriseId }, visitedOn) === undefined)
      throw new Problem('not-paired', { enterpriseId, officerId, date: visitedOn }, { path: `companions.${at}` })
}

/**
 * Whoever has left hears nothing of what is recorded in their name.
 * @throws Problem `officer-left`, with the path of the first who has
 */
export const demandInRoster = (companions: readonly string[], officers: ReadonlyMap<string, Pick<Officer, 'active'>>): void => {
  for (const [at, id] of companions.entries()) if (officers.get(id)?.active !== true) throw new Problem('officer-left', { id }, { path: `companions.${at}` })
}

/** What one visit of a joint one says of the others; nothing of a visit made alone. */
export const togetherness = (officerId: string, officers: readonly string[], jointId: string): Pick<Visit, 'with' | 'jointId'> =>
  officers.length === 1 ? {} : { with: officers.filter(other => other !== officerId), jointId }

/** Whoever has a visit recorded in their name is told of it, and by whom; but for who recorded it. */
export const jointMails = (companions: readonly Pick<Visit, 'visitId' | 'officerId' | 'recordedBy'>[]): readonly PlannedMail[] =>
  companions
    .filter(({ officerId, recordedBy }) => officerId !== recordedBy)
    .map(({ visitId, officerId }) => planMail({ kind: 'visit-joint', visitId }, `officer:${officerId}`, 'act'))
