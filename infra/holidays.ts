/**
 * Writes `shared/calendar/published-years.ts` anew from the `chinese-days` package. Run it after that package has
 * taken in the State Council's notice for a new year: `node infra/holidays.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** The shape of chinese-days' data: date → `English name,中文名,statutory days`. */
interface ChineseDays {
  readonly holidays: Record<string, string>
  readonly workdays: Record<string, string>
}

/** The system promises every year from here on. The earlier notices regulated other festivals. */
const firstYear = 2007

const target = new URL('../shared/calendar/published-years.ts', import.meta.url)

/** chinese-days shortens some names; these are the ones the State Council's notices print. */
const officialNames: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' }

/** The source text of the data module. */
export const publishedYearsSource = (data: ChineseDays): string => {
  const years = new Set(Object.keys(data.holidays).map(noticeYear))
  const rows = [...years]
    .filter((year) => year >= firstYear)
    .sort((a, b) => a - b)
    .map((year) => yearRow(year, data))
  return `${header}${rows.join('')}]\n`
}

const header = `// Written by infra/holidays.ts from the package chinese-days (MIT, https://github.com/vsme/chinese-days).
import { yearNotice, type YearNotice } from './notice.ts'

/**
 * The State Council's notices on public holidays, year by year: each festival's days off, then the days worked
 * instead. Days of December under 元旦 are those of the year before.
 */
export const publishedYears: readonly YearNotice[] = [
`

const yearRow = (year: number, data: ChineseDays): string => {
  const holidays = daysOfYear(year, data.holidays)
  const workdays = daysOfYear(year, data.workdays)
  const festivals = [...new Set([...holidays, ...workdays].map(([, name]) => name))]
  const rows = festivals.map((name) => {
    const daysOff = ranges(datesNamed(name, holidays)).join(' ')
    const makeUpDays = datesNamed(name, workdays).map(monthAndDay).join(' ')
    return `    ['${name}', '${daysOff}'${makeUpDays && `, '${makeUpDays}'`}],\n`
  })
  return `  yearNotice(${year}, [\n${rows.join('')}  ]),\n`
}

type NamedDay = readonly [date: string, name: string]

const daysOfYear = (year: number, days: Record<string, string>): NamedDay[] =>
  Object.entries(days)
    .filter(([date]) => noticeYear(date) === year)
    .map(([date, text]): NamedDay => [date, nameIn(text)])
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** A day about the turn of the year is regulated by the notice of the year whose 元旦 it belongs to. */
const noticeYear = (date: string): number => Number(date.slice(0, 4)) + (date.slice(5) >= '12-20' ? 1 : 0)

const nameIn = (text: string): string => {
  const name = text.split(',')[1]
  if (!name) throw new Error(`chinese-days has changed its format: ${text}`)
  return officialNames[name] ?? name
}

const datesNamed = (wanted: string, days: readonly NamedDay[]): string[] =>
  days.filter(([, name]) => name === wanted).map(([date]) => date)

/** `01-01`, or `02-07/02-13` for days in a row. */
const ranges = (dates: readonly string[]): string[] => {
  const runs: string[][] = []
  for (const date of dates) {
    const run = runs.at(-1)
    if (run && Date.parse(date) - Date.parse(run.at(-1) ?? '') === 86_400_000) run.push(date)
    else runs.push([date])
  }
  return runs.map((run) =>
    run.length === 1 ? monthAndDay(run[0] ?? '') : `${monthAndDay(run[0] ?? '')}/${monthAndDay(run.at(-1) ?? '')}`,
  )
}

const monthAndDay = (date: string): string => date.slice(5)

/** The data that the installed version of chinese-days carries. */
export const chineseDaysData = (): ChineseDays => {
  const file = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json')
  return JSON.parse(readFileSync(file, 'utf8')) as ChineseDays
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(target, publishedYearsSource(chineseDaysData()))
