import * as z from 'zod/mini'
import { locales } from '../../shared/calendar/wording.ts'

export const env = z.object({
  LOCALE: z.enum(locales),
})
