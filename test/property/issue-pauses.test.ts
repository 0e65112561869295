import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { acceptIssue } from '../../shared/issue/decision.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aStaff } from '../mothers/staff.ts'
import { afterWorkingDays, isWorked } from '../mothers/working-days.ts'

/**
 * The deadline of an issue that is paused, extended and put into other tiers, against a plain model: office hours are
 * counted in steps of a quarter of an hour on the days of the State Council's lists, from 2007 to 2026.
 */

const reckoning = { calendar, timeZone: zone }
const minute = 60_000
const step = 15 * minute
const asker = (now: number) => ({ by: 'h1', now })
const director = (now: number) => ({ by: 'd1', now })
const workingDays = { A: 5, B: 10, C: 15, D: 20 } as const

const isOfficeTime = (instant: number): boolean => {
  const [date = '', time = ''] = shown(instant).split(' ')
  return isWorked(date) && time >= '09:00' && time < '18:00'
}

const officeSteps = (from: number, until: number): number => {
  let steps = 0
  for (let instant = from; instant < until; instant += step) if (isOfficeTime(instant)) steps += 1
  return steps
}

const afterOfficeSteps = (from: number, count: number): number => {
  let instant = from
  for (let left = count; left > 0; instant += step) if (isOfficeTime(instant)) left -= 1
  return instant
}

const approved = (issue: Issue, now: number): Issue => decideRequest(issue, { decision: 'approved' }, undefined, director(now), reckoning).issue
const paused = (issue: Issue, now: number): Issue =>
  approved(askForPause(issue, { waitingFor: 'enterprise', reason: '待企业确认。' }, aStaff(), asker(now), reckoning).issue, now)
const resumed = (issue: Issue, now: number): Issue => resumeIssue(issue, undefined, asker(now), reckoning).issue

const moment = fc
  .date({ min: new Date(at('2007-01-01 00:00')), max: new Date(at('2026-08-31 23:45')), noInvalidDate: true })
  .map(date => Math.floor(date.getTime() / step) * step)
const span = (most: number) => fc.integer({ min: 1, max: most }).map(steps => steps * step)

test('a deadline is later by exactly the office time that was left when the clocks stopped', () => {
  const life = fc.record({
    on: moment,
    tier: fc.constantFrom('A', 'B', 'C', 'D'),
    extension: fc.option(fc.integer({ min: 1, max: 5 })),
    toTier: fc.option(fc.constantFrom('A', 'B', 'C', 'D')),
    pauses: fc.array(fc.record({ running: span(200), standing: span(700) }), { maxLength: 3 }),
  })
  let moved = 0
  fc.assert(
    fc.property(life, ({ on, tier, extension, toTier, pauses }) => {
      let now = on
      let issue = acceptIssue(anIssue({ on: shown(on), submitted: { tier } }), asker(now)).issue
      const stops: [number, number][] = []
      const expected = (): number => {
        const days = workingDays[issue.tier] + (issue.extension?.workingDays ?? 0)
        const unpaused = at(`${afterWorkingDays(shown(on).slice(0, 10), days)} 18:00`)
        return stops.reduce((by, [from, until]) => (from < by ? afterOfficeSteps(until, officeSteps(from, by)) : by), unpaused)
      }
      for (const { running, standing } of pauses) {
        now += running
        if (now > issue.clocks.resolve.by) return
        issue = paused(issue, now)
        expect(issue.clocks.resolve.by, 'while they stand still nothing moves').toBe(expected())
        const from = now
        now = Math.min(now + standing, issue.pauses.at(-1)?.endsBy ?? now)
        issue = resumed(issue, now)
        stops.push([from, now])
        expect(shown(issue.clocks.resolve.by)).toBe(shown(expected()))
        moved += 1
      }
      if (extension !== null && now <= issue.clocks.resolve.by) {
        issue = approved(askForExtension(issue, { workingDays: extension, reason: '须重新勘测。' }, aStaff(), asker(now), reckoning).issue, now)
        expect(issue.clocks.resolve.by).toBe(expected())
      }
      if (toTier !== null && toTier !== issue.tier) {
        issue = changeTier(issue, { tier: toTier, reason: '涉及市管道路。' }, undefined, { by: 's1', now }, reckoning).issue
        expect(issue.clocks.resolve.by).toBe(expected())
      }
    }),
    { numRuns: 150 },
  )
  expect(moved).toBeGreaterThan(75)
})

test('stopping and going on at once, or between closing and opening, changes no deadline', () => {
  fc.assert(
    fc.property(moment, fc.boolean(), (on, atNight) => {
      const issue = acceptIssue(anIssue({ on: shown(on), submitted: { tier: 'C' } }), asker(on)).issue
      const night = at(`${shown(on).slice(0, 10)} 18:00`)
      const stop = atNight ? Math.max(on, night) : on
      const back = resumed(paused(issue, stop), atNight ? Math.max(stop, night + 15 * 60 * minute) : stop)
      expect(back.clocks.resolve.by).toBe(issue.clocks.resolve.by)
      expect(back.deadlineVersion).toBe(issue.deadlineVersion + 1)
    }),
    { numRuns: 300 },
  )
})
