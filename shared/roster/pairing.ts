import type { LocalDate } from '../calendar/date.ts'
import { Problem } from '../contract/problem.ts'
import type { Pairing } from './roster.ts'

/** A pairing's key says what it is, so that entering it twice is entering it once. */
export const pairingIdOf = (pairing: Pick<Pairing, 'officerId' | 'enterpriseId' | 'startsOn'>): string =>
  `${pairing.officerId}.${pairing.enterpriseId}.${pairing.startsOn.replaceAll('-', '')}`

/** A pairing as it is entered. @throws Problem `pairing-ends-before-start` */
export const newPairing = (entered: Omit<Pairing, 'pairingId'>): Pairing => {
  if (entered.endsOn !== undefined) demandNotBeforeStart(entered, entered.endsOn)
  return { ...entered, pairingId: pairingIdOf(entered) }
}

const demandNotBeforeStart = ({ startsOn }: Pick<Pairing, 'startsOn'>, endsOn: LocalDate): void => {
  if (endsOn < startsOn) throw new Problem('pairing-ends-before-start', { startsOn })
}

/** Whether the pairing is in force on that day. */
export const isInForce = ({ startsOn, endsOn }: Pick<Pairing, 'startsOn' | 'endsOn'>, date: LocalDate): boolean =>
  startsOn <= date && (endsOn === undefined || date <= endsOn)

/** The pairing in force between this officer and this enterprise on that day, if any. */
export const pairingOn = <P extends Pairing>(pairings: readonly P[], { officerId, enterpriseId }: Pair, date: LocalDate): P | undefined =>
  pairings.find(pairing => pairing.officerId === officerId && pairing.enterpriseId === enterpriseId && isInForce(pairing, date))

/** The same, where something is entered that only a paired officer enters. @throws Problem `not-paired` */
export const demandPairingOn = <P extends Pairing>(pairings: readonly P[], pair: Pair, date: LocalDate): P => {
  const pairing = pairingOn(pairings, pair, date)
  if (pairing === undefined) throw new Problem('not-paired', { enterpriseId: pair.enterpriseId, officerId: pair.officerId, date })
  return pairing
}

type Pair = Pick<Pairing, 'officerId' | 'enterpriseId'>

/** Another pairing of the same two that shares a day with this one, if any. */
export const overlapping = (pairing: Pick<Pairing, 'enterpriseId' | 'startsOn' | 'endsOn'>, others: readonly Pairing[]): Pairing | undefined =>
  others.find(
    other =>
      other.enterpriseId === pairing.enterpriseId &&
      other.startsOn <= (pairing.endsOn ?? '9999-12-31') &&
      pairing.startsOn <= (other.endsOn ?? '9999-12-31'),
  )

/** No two are paired twice for one day. @throws Problem `pairing-overlaps` */
export const demandNoOverlap = (pairing: Pairing, others: readonly Pairing[]): void => {
  const clash = overlapping(pairing, others)
  if (clash !== undefined) throw new Problem('pairing-overlaps', { pairingId: clash.pairingId })
}

/**
 * The pairing with its last day, and not so early that a visit would be left outside it. A last day still to come can be
 * brought forward; what has ended stays as it was.
 * @param lastVisitedOn the day of the officer's last visit to the enterprise
 * @throws Problem `pairing-ended`, `pairing-ends-before-start`, `pairing-has-visits`
 */
export const endPairing = (pairing: Pairing, endsOn: LocalDate, lastVisitedOn: LocalDate | undefined, today: LocalDate): Pairing => {
  const isSettled = pairing.endsOn !== undefined && (pairing.endsOn < today || endsOn >= pairing.endsOn)
  if (isSettled) throw new Problem('pairing-ended', { endsOn: pairing.endsOn ?? '' })
  demandNotBeforeStart(pairing, endsOn)
  if (lastVisitedOn !== undefined && lastVisitedOn > endsOn) throw new Problem('pairing-has-visits', { visitedOn: lastVisitedOn })
  return { ...pairing, endsOn }
}
