import { describe, expect, test } from 'vitest'
import { demandEndsAfterStart, measureSchema } from '../../shared/visit/measure.ts'
import { aMeasure } from '../mothers/measure.ts'
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
