import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { chineseDaysData, publishedYearsSource } from '../../infra/holidays.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import { yearNoticeSchema } from '../../shared/calendar/notice.ts'

interface EveryDay {
  readonly timeZone: string
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  readonly wrongEvenings: readonly string[]
}

const everyDayUnder = (timeZone: string): EveryDay =>
  JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL('calendar-every-day.ts', import.meta.url))], {
      encoding: 'utf8',
      env: { ...process.env, TZ: timeZone, NODE_OPTIONS: '' },
      maxBuffer: 16_000_000,
    }),
  ) as EveryDay

describe('every day since 2007 against chinese-days', () => {
  // chinese-days takes its weekdays from the process's time zone and is a day out west of UTC: only its answers in
  // Shanghai are an oracle.
  const { theirs } = everyDayUnder('Asia/Shanghai')

  test.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia'])('in a process that runs on %s', (timeZone) => {
    const found = everyDayUnder(timeZone)
    expect(found.timeZone).toBe(timeZone)
    expect(found.ours).toHaveLength(theirs.length)
    expect(found.ours.filter((line, index) => line !== theirs[index])).toEqual([])
    expect(found.wrongEvenings).toEqual([])
  })

  test('covers every year from 2007 to 2026 at least', () => {
    expect(theirs[0]).toMatch(/^2007-01-01/)
    expect(theirs.length).toBeGreaterThanOrEqual(7305)
  })
})

test('the data module is what the script writes from the installed chinese-days', () => {
  const written = readFileSync(new URL('../../shared/calendar/published-years.ts', import.meta.url), 'utf8')
  expect(written).toBe(publishedYearsSource(chineseDaysData()))
})

test.each(publishedYears)('the notice for $year would be accepted as input', (notice) => {
  expect(yearNoticeSchema.parse(notice)).toEqual(notice)
})
