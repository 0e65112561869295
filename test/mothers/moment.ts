import { parseInstant, type Instant } from '../../shared/calendar/zone.ts'

export const zone = 'Asia/Shanghai'

/** The instant at which clocks in China show this, as `2026-03-06 19:30`. */
export const at = (local: string): Instant => parseInstant(`${local.replace(' ', 'T')}:00+08:00`)

/** What clocks in China show at an instant, as `2026-03-06 19:30`: eight hours ahead in every year that tests speak of. */
export const shown = (instant: Instant): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
