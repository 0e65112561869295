/**
 * Prints, for every day of every shipped year, what this calendar and what chinese-days says of it. A program of its
 * own, because a process takes its time zone from its environment when it starts.
 */
import chineseDays from 'chinese-days'
import { addDays, dayOfWeek, type LocalDate } from '../../shared/calendar/date.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import { shippedCalendar, walk } from '../../shared/calendar/working-day.ts'
import { instantOf, localDateOf } from '../../shared/calendar/zone.ts'

/** `2016-10-08 6 works 国庆`: date, weekday, whether it is worked, and the start of the festival's name if it has one. */
const ours = (date: LocalDate): string => {
  const [day] = walk(shippedCalendar, date, 0)
  return line(date, dayOfWeek(date), day.working, 'name' in day ? day.name : '')
}

const theirs = (date: LocalDate): string => {
  const { work, name } = chineseDays.getDayDetail(date)
  // The name is `English,中文,n` on a day that a notice names, and otherwise the weekday's.
  return line(date, new Date(`${date}T00:00Z`).getUTCDay(), work, name.split(',')[1] ?? '')
}

const line = (date: LocalDate, weekday: number, working: boolean, festival: string): string =>
  `${date} ${weekday} ${working ? 'works' : 'rests'} ${festival.slice(0, 2)}`

const everyDay = (first: LocalDate, last: LocalDate): LocalDate[] => {
  const dates = [first]
  for (let date = first; date < last; dates.push(date)) date = addDays(date, 1)
  return dates
}

const dates = everyDay(`${publishedYears.at(0)?.year ?? 0}-01-01`, `${publishedYears.at(-1)?.year ?? 0}-12-31`)

/** Whether clocks in China agree with UTC+8 about the late evening of a date, whatever the process's own clock shows. */
const eveningIsRight = (date: LocalDate): boolean => {
  const evening = Date.parse(`${date}T23:30:00+08:00`)
  return instantOf(date, '23:30', 'Asia/Shanghai') === evening && localDateOf(evening, 'Asia/Shanghai') === date
}

process.stdout.write(
  JSON.stringify({
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    ours: dates.map(ours),
    theirs: dates.map(theirs),
    wrongEvenings: dates.filter((date) => !eveningIsRight(date)),
  }),
)
