import { describe, expect, it } from 'vitest'
import { timetable } from '../../../infra/local/schedule.ts'
import { digestsAt, schedules, sweeps, type ScheduleFunctionName } from '../../../shared/contract/functions.ts'

const start = new Date('2016-08-01T00:00:00+08:00')

const runs = (expression: string, count: number, timeZone = 'Asia/Shanghai'): string[] => {
  const { next } = timetable(expression, timeZone, start)
  const found: string[] = []
  for (let due = next(start); due && found.length < count; due = next(due)) found.push(due.toISOString())
  return found
}

describe('EventBridge expressions', () => {
  it.each([
    ['cron(0 9 * * ? *)', ['2016-08-01T01:00:00.000Z', '2016-08-02T01:00:00.000Z']],
    ['cron(0/15 9-17 * * ? *)', ['2016-08-01T01:00:00.000Z', '2016-08-01T01:15:00.000Z']],
    ['cron(50/15 9 * * ? *)', ['2016-08-01T01:50:00.000Z', '2016-08-02T01:50:00.000Z']],
    // 1 is Sunday: the first of August 2016 was a Monday.
    ['cron(0 9 ? * 1 *)', ['2016-08-07T01:00:00.000Z', '2016-08-14T01:00:00.000Z']],
    ['cron(0 9 ? * 2-6 *)', ['2016-08-01T01:00:00.000Z', '2016-08-02T01:00:00.000Z']],
    ['cron(0 9 ? * SUN *)', ['2016-08-07T01:00:00.000Z', '2016-08-14T01:00:00.000Z']],
    ['cron(0 9 ? * 6L *)', ['2016-08-26T01:00:00.000Z', '2016-09-30T01:00:00.000Z']],
    ['cron(0 9 ? * FRIL *)', ['2016-08-26T01:00:00.000Z', '2016-09-30T01:00:00.000Z']],
    ['cron(0 9 ? * 3#2 *)', ['2016-08-09T01:00:00.000Z', '2016-09-13T01:00:00.000Z']],
    ['cron(0 9 L * ? *)', ['2016-08-31T01:00:00.000Z', '2016-09-30T01:00:00.000Z']],
    ['cron(0 9 15W * ? *)', ['2016-08-15T01:00:00.000Z', '2016-09-15T01:00:00.000Z']],
    ['cron(0 9 1 JAN ? 2018)', ['2018-01-01T01:00:00.000Z']],
    ['rate(90 minutes)', ['2016-07-31T17:30:00.000Z', '2016-07-31T19:00:00.000Z']],
    ['rate(1 day)', ['2016-08-01T16:00:00.000Z', '2016-08-02T16:00:00.000Z']],
    ['at(2016-08-15T09:00:00)', ['2016-08-15T01:00:00.000Z']],
    ['at(2016-07-15T09:00:00)', []],
  ])('%s', (expression, expected) => {
    expect(runs(expression, 2)).toEqual(expected)
  })

  it('keeps local time when clocks change', () => {
    expect(runs('cron(0 9 1 * ? *)', 4, 'Europe/Berlin').map((run) => run.slice(0, 13))).toEqual([
      '2016-08-01T07',
      '2016-09-01T07',
      '2016-10-01T07',
      '2016-11-01T08',
    ])
  })

  it.each(['cron(0 9 * * * *)', 'cron(0 9 ? * ? *)', 'cron(0 9 * * ?)', 'cron(0 25 * * ? *)', 'rate(0 days)', 'rate(5 weeks)', 'at(tomorrow)', 'daily'])(
    'refuses %s',
    (expression) => {
      expect(() => runs(expression, 1)).toThrow()
    },
  )
})

describe('the schedules that rules reckon with', () => {
  /** The times at which it fires on a day. */
  const timesOf = (name: ScheduleFunctionName): string[] => {
    const { next } = timetable(schedules[name].expression, 'UTC', start)
    const times: string[] = []
    for (let due = next(new Date('2016-08-01T23:59:59Z')); due !== undefined && due < new Date('2016-08-03T00:00:00Z'); due = next(due)) times.push(due.toISOString().slice(11, 16))
    return times
  }

  it('plan digests once a day', () => {
    expect(timesOf('quota-reminder')).toEqual([digestsAt])
  })

  it('sweep from the first time to the last, at even steps that divide the hour', () => {
    const times = timesOf('escalation-sweep')
    const minutes = times.map(time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
    expect([times[0], times.at(-1)]).toEqual([sweeps.from, sweeps.to])
    expect(new Set(minutes.slice(1).map((minute, nth) => minute - (minutes[nth] ?? 0)))).toEqual(new Set([sweeps.everyMinutes]))
    expect(60 % sweeps.everyMinutes).toBe(0)
  })
})
