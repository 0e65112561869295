import { describe, expect, test } from 'vitest'
import { decideExemption, demandOpenMonth, exemptionSchema, timesRefused, type Exemption } from '../../shared/visit/exemption.ts'
import type { Caller } from '../../shared/roster/caller.ts'
import { refusal } from '../mothers/refusal.ts'

describe('the months an exemption can be asked for', () => {
  test.each([
    ['2026-03-15', '2026-02'], ['2026-03-15', '2026-03'], ['2026-03-15', '2026-04'], ['2026-03-15', '2026-05'],
    ['2026-01-01', '2025-12'], ['2026-12-31', '2027-02'],
  ])('on %s: %s', (today, month) => {
    expect(() => { demandOpenMonth(month, today) }).not.toThrow()
  })

  test.each([
    ['2026-03-15', '2026-01', '2026-02', '2026-05'],
    ['2026-03-15', '2026-06', '2026-02', '2026-05'],
    ['2026-01-31', '2025-11', '2025-12', '2026-03'],
    ['2026-11-01', '2027-02', '2026-10', '2027-01'],
  ])('on %s not %s', (today, month, from, until) => {
    const problem = refusal(() => { demandOpenMonth(month, today) })
    expect([problem.code, problem.values]).toEqual(['month-not-open', { from, until }])
  })
})

const asked: Exemption = {
  exemptionId: 'e1', officerId: '1001', departmentId: 'D-01', month: '2026-03', reason: 'training',
  status: 'requested', requestedAt: '2026-03-02T09:00:00+08:00', requestedBy: '1001',
}

describe('asking for the same again', () => {
  const one = { ...asked, enterpriseId: '91610133MA6TX0001X' }
  test.each<[string, Parameters<typeof timesRefused>[0], Exemption[], number | 'exemption-exists']>([
    ['the first time', asked, [], 0],
    ['while it waits', asked, [asked], 'exemption-exists'],
    ['after it was granted', asked, [{ ...asked, status: 'approved' }], 'exemption-exists'],
    ['after it was refused', asked, [{ ...asked, status: 'refused' }], 1],
    ['after two refusals', asked, [{ ...asked, status: 'refused' }, { ...asked, status: 'refused' }], 2],
    ['granted after a refusal', asked, [{ ...asked, status: 'refused' }, { ...asked, status: 'approved' }], 'exemption-exists'],
    ['for another month', { ...asked, month: '2026-04' }, [asked], 0],
    ['for one enterprise, where all were asked for', one, [asked], 'exemption-exists'],
    ['for one enterprise, where all were refused', one, [{ ...asked, status: 'refused' }], 0],
    ['for all, where one was asked for', asked, [one], 0],
    ['for the same one', one, [one], 'exemption-exists'],
    ['for another one', { ...one, enterpriseId: '91610133MA6TX00026' }, [one], 0],
  ])('%s', (_, scope, earlier, expected) => {
    if (typeof expected === 'number') expect(timesRefused(scope, earlier)).toBe(expected)
    else expect(refusal(() => timesRefused(scope, earlier)).code).toBe(expected)
  })
})

describe('the decision', () => {
  const caller = (officerId: string): Caller => ({ officerId, departmentId: 'D-01', roles: ['director'] })
  const at = '2026-03-03T09:00:00+08:00'

  test.each(['approved', 'refused'] as const)('%s is kept with who and when', decision => {
    const decided = decideExemption(asked, { decision, remark: '已核实' }, caller('2001'), at)
    expect(decided).toEqual({ ...asked, status: decision, decidedAt: at, decidedBy: '2001', decisionRemark: '已核实' })
    expect(exemptionSchema.parse(decided)).toEqual(decided)
    expect(decideExemption(asked, { decision }, caller('2001'), at)).not.toHaveProperty('decisionRemark')
  })

  test.each([
    ['the officer it is for', { requestedBy: '9001' }, '1001'],
    ['the supervisor who entered it', { requestedBy: '9001' }, '9001'],
    ['the officer who asked', {}, '1001'],
  ])('is not for %s', (_, but, decider) => {
    expect(refusal(() => decideExemption({ ...asked, ...but }, { decision: 'approved' }, caller(decider), at)).code).toBe('own-request')
  })

  test.each([['approved', '已同意'], ['refused', '未同意']] as const)('is taken once: already %s', (status, words) => {
    const problem = refusal(() => decideExemption({ ...asked, status }, { decision: 'approved' }, caller('2001'), at))
    expect([problem.code, problem.values]).toMatchObject(['already-decided', { decision: { zh: words } }])
  })
})
