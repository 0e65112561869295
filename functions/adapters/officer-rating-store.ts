import type { OfficerRating } from '../../shared/officer-rating/officer-rating.ts'
import type { Round } from '../../shared/officer-rating/round.ts'
import { opened, stored } from './stored.ts'
import { all, type Key, type Table, type Write } from './table.ts'

const ratingKey = ({ round, officerId, enterpriseId }: Pick<OfficerRating, 'round' | 'officerId' | 'enterpriseId'>): Key => ({ pk: `RATING#${officerId}#${round}`, sk: enterpriseId })

/** The last answer takes the place of the one before. */
export const officerRatingWrite = (rating: OfficerRating): Write => ({ put: stored('officer-rating', ratingKey(rating), rating), when: 'always' })

export const hasRated = async (table: Table, of: Pick<OfficerRating, 'round' | 'officerId' | 'enterpriseId'>): Promise<boolean> => (await table.get(ratingKey(of))) !== undefined

/** Every answer about an officer in a round; for sums alone. */
export const officerRatingsOf = async (table: Table, officerId: string, round: Round): Promise<readonly OfficerRating[]> =>
  (await all(table.query({ partition: `RATING#${officerId}#${round}` }))).map(item => opened('officer-rating', item))
