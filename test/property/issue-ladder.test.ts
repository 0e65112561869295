import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { isWorkingTime, nextActionAt } from '../../shared/issue/deadline.ts'
import { clockNames, type ClockName, type Issue } from '../../shared/issue/issue.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'
import { afterWorkingDays, dayAfter, isWorked } from '../mothers/working-days.ts'

const reckoning = { calendar, timeZone: zone }
const staff = aStaff()

interface Numbers {
  readonly days: Readonly<Record<ClockName, number>>
  readonly warningBefore: number
  readonly levelAfter: [number, number, number]
  readonly holds: number
}
const usual: Numbers = { days: { accept: 1, reply: 2, resolve: 5 }, warningBefore: 1, levelAfter: [1, 3, 5], holds: 2 }

const policyOf = ({ days, warningBefore, levelAfter, holds }: Numbers) =>
  aPolicy({
    deadlines: { acceptWorkingDays: days.accept, replyWorkingDays: days.reply, resolveWorkingDays: { A: days.resolve, B: 99, C: 99, D: 99 } },
    escalation: { warningBefore, levelAfter, acknowledgementHolds: holds },
  })

/** The ladder in plain days: what a person with a calendar on the wall would keep on a sheet of paper. */
class PlainLadder {
  readonly due: Record<ClockName, string>
  readonly done = new Set<ClockName>()
  readonly missed = new Set<ClockName>()
  status = 'dispatched'
  warned = false
  resolvedOn = ''
  asked = false
  level = 0
  resolveLevel = 0
  /** On which clocks the last level has not been signed for. */
  unsigned = new Set<ClockName>()
  /** The day on which the resolve clock's next level comes. */
  nextOn: string

  readonly numbers: Numbers

  constructor(on: string, numbers: Numbers) {
    const due = (clock: ClockName) => afterWorkingDays(on, numbers.days[clock])
    this.numbers = numbers
    this.due = { accept: due('accept'), reply: due('reply'), resolve: due('resolve') }
    this.nextOn = afterWorkingDays(this.due.resolve, numbers.levelAfter[0])
    // A warning for the day of dispatch or before it is none.
    this.warned = this.warningOn <= on
  }

  get warningOn(): string {
    return afterWorkingDays(this.due.resolve, -this.numbers.warningBefore)
  }

  /** What a sweep during the working hours of a day must say. */
  sweep(today: string): string[] {
    if (this.status === 'resolved') return this.askForRating(today)
    const said: string[] = []
    const raise = (clock: ClockName, level: number) => {
      said.push(`${clock} ${level}`)
      this.level = Math.max(this.level, level)
      this.unsigned.add(clock)
    }
    for (const clock of ['accept', 'reply'] as const)
      if (!this.done.has(clock) && !this.missed.has(clock) && afterWorkingDays(this.due[clock], this.numbers.levelAfter[0]) <= today) {
        this.missed.add(clock)
        raise(clock, 1)
      }
    if (!this.warned && this.warningOn <= today) {
      this.warned = true
      if (today <= this.due.resolve) said.push('resolve warning')
    }
    if (this.resolveLevel < 3 && this.nextOn <= today) {
      this.resolveLevel += 1
      raise('resolve', this.resolveLevel)
      this.nextOn = afterWorkingDays(today, this.numbers.levelAfter[this.resolveLevel] ?? 0)
    }
    return said
  }

  /** After five whole working days of silence, once. */
  askForRating(today: string): string[] {
    if (this.asked || afterWorkingDays(this.resolvedOn, 6) > today) return []
    this.asked = true
    return ['call-back-due']
  }

  acknowledge(today: string): boolean {
    if (this.status === 'resolved' || this.unsigned.size === 0) return false
    if (this.unsigned.has('resolve')) this.nextOn = afterWorkingDays(this.nextOn > today ? this.nextOn : today, this.numbers.holds)
    this.unsigned.clear()
    return true
  }

  command(command: 'accept' | 'reply' | 'resolve' | 'transfer', today: string): boolean {
    const legal = { dispatched: ['accept', 'transfer'], accepted: ['reply', 'resolve', 'transfer'], resolved: [] }[this.status] ?? []
    if (!legal.includes(command)) return false
    if (command === 'accept' || command === 'reply') this.done.add(command)
    if (command === 'resolve') this.resolvedOn = today
    this.status = command === 'accept' ? 'accepted' : command === 'transfer' ? 'dispatched' : command === 'resolve' ? 'resolved' : this.status
    return true
  }
}

const deeds = ['sweep', 'sweep', 'sweep', 'sweep', 'sweep', 'accept', 'reply', 'acknowledge', 'acknowledge', 'transfer', 'resolve'] as const
type Deed = (typeof deeds)[number]

const perform = (deed: Exclude<Deed, 'sweep'>, issue: Issue, now: number): Decision | undefined => {
  const act = { by: 'd1', now }
  try {
    switch (deed) {
      case 'accept':
        return acceptIssue(issue, act)
      case 'reply':
        return replyToIssue(issue, '正在协调。', undefined, act)
      case 'resolve':
        return resolveIssue(issue, { message: '已恢复。' }, undefined, act, reckoning)
      case 'transfer':
        return transferIssue(issue, { departmentId: issue.leadDepartmentId === 'D-01' ? 'D-02' : 'D-01', reason: '职责所在' }, staff, act)
      case 'acknowledge':
        return acknowledgeIssue(issue, act, reckoning)
    }
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** A life: a deed every so many minutes, mostly sweeps, with a gap now and then. */
const life = fc.record({
  startsOn: fc.integer({ min: 0, max: 4300 }).map(days => dayAfter('2015-01-01', days)),
  numbers: fc.oneof(
    fc.constant(usual),
    fc.record<Numbers>({
      days: fc.record({ accept: fc.integer({ min: 1, max: 8 }), reply: fc.integer({ min: 1, max: 8 }), resolve: fc.integer({ min: 1, max: 8 }) }),
      warningBefore: fc.integer({ min: 1, max: 5 }),
      levelAfter: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })),
      holds: fc.integer({ min: 0, max: 3 }),
    }),
  ),
  deeds: fc.array(fc.record({ deed: fc.constantFrom(...deeds), wait: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 15, max: 1500 }) }, { weight: 1, arbitrary: fc.integer({ min: 1500, max: 30_000 }) }) }), {
    minLength: 20, maxLength: 70,
  }),
})

const localDay = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10)

const stepsIn = (decision: Decision | undefined): string[] =>
  (decision?.events ?? []).map(event => {
    if (event.event === 'escalated') return `${event.clock} ${event.level}`
    return event.event === 'warned' ? `${event.clock} warning` : event.event
  })

test('whatever people do and whenever the sweep runs, the ladder climbs as on paper', () => {
  fc.assert(
    fc.property(life, ({ startsOn, numbers, deeds: plan }) => {
      const start = at(`${startsOn} 14:20`)
      let issue = anIssue({ on: `${startsOn} 14:20`, policy: policyOf(numbers), submitted: { tier: 'A' } })
      const paper = new PlainLadder(startsOn, numbers)
      const planned = new Set<string>()
      const climbed = new Set<string>()
      let now = start
      for (const { deed, wait } of plan) {
        now += wait * 60_000
        const today = localDay(now)
        const before = issue
        let decision: Decision | undefined
        if (deed === 'sweep') {
          if (!isWorkingTime(now, aPolicy().workingHours, reckoning)) continue
          expect(isWorked(today)).toBe(true)
          decision = advanceIssue(issue, peopleOf(staff), now, reckoning)
          const expected = paper.sweep(today)
          expect(stepsIn(decision).sort()).toEqual(expected.sort())
          for (const step of expected) {
            expect(climbed.has(step)).toBe(false)
            climbed.add(step)
          }
          if (decision !== undefined) expect(advanceIssue(decision.issue, peopleOf(staff), now, reckoning)).toBeUndefined()
        } else {
          decision = perform(deed, issue, now)
          expect(decision !== undefined).toBe(deed === 'acknowledge' ? paper.acknowledge(today) : paper.command(deed, today))
        }
        if (decision === undefined) continue
        issue = decision.issue
        expect(issue.version).toBe(before.version + 1)
        expect(issue.eventCount).toBe(before.eventCount + decision.events.length)
        expect(issue.level).toBeGreaterThanOrEqual(before.level)
        expect(issue.level).toBe(paper.level)
        expect(issue.status).toBe(paper.status)
        if (paper.asked) expect(nextActionAt(issue)).toBeUndefined()
        for (const { mailId } of decision.mails) {
          expect(planned.has(mailId)).toBe(false)
          planned.add(mailId)
        }
      }
    }),
    { numRuns: 600 },
  )
})

test('the same sweep of the same issue decides the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), minutes => {
      const issue = anIssue()
      const now = issue.dispatchedAt + minutes * 60_000
      expect(advanceIssue(issue, peopleOf(staff), now, reckoning)).toEqual(advanceIssue(issue, peopleOf(staff), now, reckoning))
      expect(clockNames.every(name => issue.clocks[name].doneAt === undefined)).toBe(true)
    }),
    { numRuns: 200 },
  )
})
