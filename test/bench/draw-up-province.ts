/** Counts the month of a province of so many officers (the argument) in a process of its own, and prints what it took as JSON. */
import { drawUp } from '../../functions/month-records/draw-up.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { at, zone } from '../mothers/moment.ts'
import { generatedProvince, leastUnits, provinceMonth } from './generated-province.ts'

const officers = Number(process.argv[2])
/** Lists have so many items together, about. */
const items = officers * 12

const live = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const before = live()
let [peak, taken, looking] = [before, 0, 0]
/** Looks three hundred times on the way at what is alive; looking takes no part of the time. */
const look = (): void => {
  taken += 1
  if (taken % Math.ceil(items / 300) !== 0) return
  const start = performance.now()
  peak = Math.max(peak, live())
  looking += performance.now() - start
}

const table = generatedProvince(officers, look)
const start = performance.now()
const { all } = await drawUp(table, provinceMonth, { policy: defaultPolicy, calendar: shippedCalendar, timeZone: zone, now: at('2026-04-01 07:30') })
const seconds = (performance.now() - start - looking) / 1_000
console.log(JSON.stringify({ visits: all.visits, projects: all.projectsPlanned, records: taken, units: table.units(), least: leastUnits(officers), peakHeap: (peak - before) / 1_024 / 1_024, seconds }))
