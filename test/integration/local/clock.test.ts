import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LocalStack } from '../../../infra/local/stack.ts'
import { bundleFixture, startSmallStack } from './small-stack.ts'

let stack: LocalStack | undefined
beforeAll(bundleFixture)
afterEach(() => stack?.close())

const at = (hour: string) => new Date(`2016-08-01T${hour}:00+08:00`)

describe('moving the clock', () => {
  it('runs every schedule at each due instant, in order, and delivers the mail of each before the next', async () => {
    stack = await startSmallStack()
    const ran = await stack.moveTo(at('09:30'))
    expect(ran.map(({ name, at }) => `${name} ${at.slice(11, 16)}`)).toEqual([
      ...['17:00', '18:00', '19:00', '20:00', '21:00', '22:00', '23:00', '00:00'].map((time) => `hourly ${time}`),
      'hourly 01:00',
      'daily 01:00',
    ])
    expect(ran.every(({ ok }) => ok)).toBe(true)
    expect(stack.clock.now()).toEqual(at('09:30'))
    // Each mail was delivered by the clock of the run that planned it.
    for (const mail of stack.mailbox.list()) expect(mail.subject).toContain(mail.at.replace('.000Z', 'Z'))
    expect(stack.mailbox.list()).toHaveLength(10)
  })

  it('does not run the instant it starts from twice', async () => {
    stack = await startSmallStack()
    expect(await stack.moveTo(at('01:00'))).toHaveLength(1)
    expect(await stack.moveTo(at('01:00'))).toHaveLength(0)
    expect(await stack.moveTo(at('02:00'))).toHaveLength(1)
  })

  it('tries a failed run again as configured, and keeps what is given up', async () => {
    stack = await startSmallStack()
    await stack.moveTo(at('09:30'))
    const ran = await stack.moveTo(at('10:30'))
    expect(ran).toEqual([{ name: 'hourly', at: '2016-08-01T02:00:00.000Z', ok: false, error: 'Error: a bad hour' }])
    expect(stack.deadLetters.list()).toMatchObject([
      {
        queue: 'Queue',
        source: 'hourly',
        body: { requestContext: { approximateInvokeCount: 2 }, requestPayload: { scheduledTime: '2016-08-01T02:00:00Z' } },
      },
    ])
  })

  it('leaves disabled schedules alone', async () => {
    stack = await startSmallStack({
      changes: { Hourly: disabled('hourly'), Daily: disabled('daily') },
    })
    expect(await stack.moveTo(at('23:00'))).toEqual([])
  })

  it('goes 400 days at once, and no second further', async () => {
    stack = await startSmallStack({
      changes: { Hourly: disabled('hourly'), Daily: disabled('daily') },
    })
    const farthest = stack.clock.now().getTime() + 400 * 24 * 3600 * 1000
    await expect(stack.moveTo(new Date(farthest + 1000))).rejects.toThrow(/400 days at most/)
    expect(stack.clock.now()).toEqual(at('00:00'))
    await stack.moveTo(new Date(farthest))
    expect(stack.clock.now()).toEqual(new Date(farthest))
  })

  it('is fast: a month of quarter hours', async () => {
    stack = await startSmallStack({
      changes: { Tick: silent, Hourly: schedule('sweep', 'cron(0/15 9-17 * * ? *)'), Daily: disabled('daily') },
    })
    const ran = await stack.moveTo(new Date('2016-09-01T00:00:00+08:00'))
    expect(ran).toHaveLength(31 * 36)
    expect(ran.filter(({ ok }) => !ok)).toEqual([])
  })
})

describe('a clock that ticks', () => {
  it('runs what falls due by itself', async () => {
    stack = await startTicking()
    // Just before a full hour of the wall clock's own future: moving there leaves the rest to the timer.
    const next = stack.scheduler.nextDue('at-once')
    if (!next) throw new Error('nothing is due')
    await stack.moveTo(new Date(next.getTime() - 20))
    expect(stack.clock.standing).toBe(false)
    await expect.poll(() => stack?.mailbox.list().length, { timeout: 5000, interval: 10 }).toBe(1)
  })
})

const startTicking = () => {
  const instant = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)
  const once = schedule('at-once', `at(${instant})`)
  return startSmallStack({
    now: undefined as never,
    changes: { Hourly: { ...once, Properties: { ...once.Properties, ScheduleExpressionTimezone: 'UTC' } }, Daily: disabled('daily') },
  })
}

const schedule = (name: string, expression: string) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: name,
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: { 'Fn::GetAtt': ['Tick', 'Arn'] }, Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}' },
  } as Record<string, unknown>,
})

const disabled = (name: string) => {
  const { Type, Properties } = schedule(name, 'rate(1 minute)')
  return { Type, Properties: { ...Properties, State: 'DISABLED' } }
}

/** Echo under Tick's name: nothing is written. */
const silent = {
  Type: 'AWS::Lambda::Function',
  Properties: { Handler: 'index.handler' },
  Metadata: { 'aws:asset:path': 'echo' },
}
