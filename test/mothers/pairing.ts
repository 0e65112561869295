import { pairingIdOf } from '../../shared/roster/pairing.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { creditCodeOf } from './enterprise.ts'

export const aPairing = (but: Partial<Pairing> = {}): Pairing => {
  const pairing = { officerId: '1001', enterpriseId: creditCodeOf(1), startsOn: '2016-01-01', ...but }
  return { pairingId: pairingIdOf(pairing), ...pairing }
}
