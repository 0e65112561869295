import { describe, expect, test } from 'vitest'
import { deliveriesTo, demandEndsAfterStart, demandExplainable, isDelivered, measureSchema } from '../../shared/visit/measure.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aMeasure } from '../mothers/measure.ts'
import { aPairing } from '../mothers/pairing.ts'
import { faultsIn, refusal } from '../mothers/refusal.ts'

describe('a measure', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [{ documentNumber: '某发〔2026〕1号', validUntil: '2026-12-31' }, []],
    [{ measureId: 'M 01' }, ['measureId bad-format']],
    [{ title: '' }, ['title required']],
    [{ title: '政'.repeat(201) }, ['title too-long']],
    [{ title: '两\n行' }, ['title control-character']],
    [{ documentNumber: ' ' }, ['documentNumber required']],
    [{ summary: '第一条\n第二条' }, []],
    [{ summary: undefined }, ['summary required']],
    [{ summary: '字'.repeat(2001) }, ['summary too-long']],
    [{ validFrom: undefined }, ['validFrom required']],
    [{ validUntil: '2026-02-30' }, ['validUntil impossible-date']],
    [{ issuedBy: '某局' }, ['issuedBy unknown-field']],
  ])('with %j: %j', (but, faults) => {
    expect(faultsIn(measureSchema, { ...aMeasure(), ...but })).toEqual(faults)
  })

  test.each([undefined, '2026-03-02', '2026-03-03', '9999-12-31'])('valid from 2026-03-02 can be so until %s', validUntil => {
    expect(() => { demandEndsAfterStart({ validFrom: '2026-03-02', validUntil }) }).not.toThrow()
  })

  test.each(['2026-03-01', '2025-12-31'])('cannot end before it starts: %s', validUntil => {
    const problem = refusal(() => { demandEndsAfterStart({ validFrom: '2026-03-02', validUntil }) })
    expect([problem.code, problem.values]).toEqual(['measure-ends-before-start', { validFrom: '2026-03-02' }])
  })
})

describe('what a visit explained', () => {
  const bounded = aMeasure({ measureId: 'M-02', validFrom: '2026-03-02', validUntil: '2026-03-04' })
  const open = aMeasure({ measureId: 'M-03', validFrom: '2026-03-03' })
  const explain = (ids: readonly string[], visitedOn: string) => () => { demandExplainable(ids, [bounded, open], visitedOn) }

  test.each<[string, readonly string[]]>([
    ['2026-03-01', []],
    ['2026-03-02', ['M-02']],
    ['2026-03-03', ['M-02', 'M-03']],
    ['2026-03-04', ['M-03', 'M-02']],
    ['2026-03-05', ['M-03']],
    ['2099-12-31', ['M-03']],
  ])('on %s can be %j', (visitedOn, ids) => {
    expect(explain(ids, visitedOn)).not.toThrow()
  })

  test.each<[string, readonly string[], string, string]>([
    ['2026-03-01', ['M-02'], 'M-02（2026-03-02 至 2026-03-04）', 'M-02 (2026-03-02 to 2026-03-04)'],
    ['2026-03-02', ['M-02', 'M-03'], 'M-03（自 2026-03-03 起）', 'M-03 (from 2026-03-03 on)'],
    ['2026-03-05', ['M-03', 'M-02'], 'M-02（2026-03-02 至 2026-03-04）', 'M-02 (2026-03-02 to 2026-03-04)'],
    ['2026-03-01', ['M-03', 'M-02'], 'M-02（2026-03-02 至 2026-03-04）、M-03（自 2026-03-03 起）', 'M-02 (2026-03-02 to 2026-03-04), M-03 (from 2026-03-03 on)'],
  ])('on %s cannot be %j: %s', (date, ids, zh, en) => {
    const problem = refusal(explain(ids, date))
    expect([problem.code, problem.values]).toEqual(['measure-not-valid', { date, measures: { zh, en } }])
  })

  test('is in the catalogue, valid or not; what is not there is named whole', () => {
    const problem = refusal(explain(['M-8', 'M-02', 'M-9'], '2026-03-01'))
    expect([problem.code, problem.values]).toEqual(['measure-not-found', { id: { zh: 'M-8、M-9', en: 'M-8, M-9' } }])
  })
})

test('a measure is delivered to the enterprise, whoever is paired with it', () => {
  const [first, second] = [creditCodeOf(1), creditCodeOf(2)]
  const pairings = [aPairing({ enterpriseId: first }), aPairing({ officerId: '1002', enterpriseId: first }), aPairing({ officerId: '1002', enterpriseId: second })]
  const lines = deliveriesTo(pairings, new Map([[first, '2026-03-02']]))
  expect(lines).toEqual([
    { officerId: '1001', enterpriseId: first, deliveredOn: '2026-03-02' },
    { officerId: '1002', enterpriseId: first, deliveredOn: '2026-03-02' },
    { officerId: '1002', enterpriseId: second },
  ])
  expect(lines.map(isDelivered)).toEqual([true, true, false])
})
