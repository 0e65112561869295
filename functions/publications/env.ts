import * as z from 'zod/mini'
import { locales } from '../../shared/calendar/wording.ts'
import { someText } from '../../shared/contract/field.ts'

export const env = z.object({ TABLE_NAME: someText, TIME_ZONE: someText, LOCALE: z.enum(locales) })
