/** Plans the nudges of so many pairings (the argument) in a process of its own, and prints what it took as JSON. */
import { interleaved } from '../../functions/adapters/concurrently.ts'
import { officerMonths } from '../../functions/adapters/month-store.ts'
import { plannedItem } from '../../functions/adapters/outbox-store.ts'
import { isConcerned, remind } from '../../functions/quota-reminder/handler.ts'
import { planMail } from '../../shared/mail/notice.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { at, zone } from '../mothers/moment.ts'
import { adminEmail } from './campaign.ts'
import { generatedTable } from './generated-table.ts'

const pairings = Number(process.argv[2])
/** The 15th is a Sunday. */
const nudgeDay = at('2026-03-16 09:00')
const nudge = { stage: 'nudge', month: '2026-03' } as const

const mebibytes = (bytes: number): number => bytes / 1024 / 1024

/** As the function plans: reads the month, decides, puts each mail into the outbox. */
const remindAll = async (planned: () => void = () => undefined): Promise<number> => {
  const report = await remind(nudgeDay, { table: generatedTable(pairings, planned), timeZone: zone, adminEmail })
  return report.planned
}

/** The rules alone, over months that have been made before: a thousand officers, again and again. */
const ratePure = async (): Promise<number> => {
  const months = []
  for await (const month of interleaved(officerMonths(generatedTable(2_000, () => undefined), nudge.month))) months.push(month)
  const start = performance.now()
  let mails = 0
  while (performance.now() - start < 1_000)
    for (const month of months) {
      if (!isConcerned(month, nudge, defaultPolicy)) continue
      plannedItem(planMail({ kind: 'quota-nudge', month: nudge.month, officerId: month.officerId }, `officer:${month.officerId}`, 'scheduled'), nudgeDay)
      mails += 1
    }
  return mails / ((performance.now() - start) / 1000)
}

/** The most that was alive at once, looked at a hundred times on the way; above what was alive before. */
const peakLive = async (mails: number): Promise<number> => {
  const live = (): number => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const before = live()
  let peak = before
  let planned = 0
  await remindAll(() => {
    planned += 1
    if (planned % Math.ceil(mails / 100) === 0) peak = Math.max(peak, live())
  })
  return mebibytes(peak - before)
}

const start = performance.now()
const mails = await remindAll()
const seconds = (performance.now() - start) / 1000
const peakResident = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ mails, perSecond: mails / seconds, peakResident, purePerSecond: await ratePure(), peakLive: await peakLive(mails) }))
