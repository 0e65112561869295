import { describe, expect, test } from 'vitest'
import { FieldFaults } from '../../shared/contract/problem.ts'
import { demandCompanionsPaired, demandOthers, jointMails, togetherness } from '../../shared/visit/joint.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aPairing } from '../mothers/pairing.ts'
import { refusal } from '../mothers/refusal.ts'

const visit = { enterpriseId: creditCodeOf(1), visitedOn: '2026-03-04' }
const along = (officerId: string, but: Parameters<typeof aPairing>[0] = {}) => ({ officerId, pairings: [aPairing({ officerId, ...but })] })

describe('whoever comes along', () => {
  test('is somebody else', () => {
    expect(() => { demandOthers(['1002', '1003'], '1001') }).not.toThrow()
    expect(() => { demandOthers(['1002', '1001'], '1001') }).toThrow(FieldFaults)
  })

  test('is paired with the enterprise on that day', () => {
    expect(() => { demandCompanionsPaired([], visit) }).not.toThrow()
    expect(() => { demandCompanionsPaired([along('1002'), along('1003', { endsOn: '2026-03-04' })], visit) }).not.toThrow()
  })

  test.each<[string, Parameters<typeof aPairing>[0]]>([
    ['another enterprise', { enterpriseId: creditCodeOf(2) }],
    ['it from the next day on', { startsOn: '2026-03-05' }],
    ['it until the day before', { endsOn: '2026-03-03' }],
  ])('and if paired with %s, is named with their place in the list', (_, but) => {
    const problem = refusal(() => { demandCompanionsPaired([along('1002'), along('1003', but)], visit) })
    expect([problem.code, problem.values, problem.members]).toEqual(['not-paired', { enterpriseId: creditCodeOf(1), officerId: '1003', date: '2026-03-04' }, { path: 'companions.1' }])
  })
})

test('each visit says who else was along, and which of them it was entered with', () => {
  const officers = ['1001', '1002', '1003']
  expect(officers.map(id => togetherness(id, officers, 'v1'))).toEqual([
    { with: ['1002', '1003'], jointId: 'v1' }, { with: ['1001', '1003'], jointId: 'v1' }, { with: ['1001', '1002'], jointId: 'v1' },
  ])
  expect(togetherness('1001', ['1001'], 'v1')).toEqual({})
})

test('those who did not record it themselves are told of it', () => {
  const of = (officerId: string, recordedBy: string) => ({ visitId: `v-${officerId}`, officerId, recordedBy })
  expect(jointMails([of('1002', '1003'), of('1003', '1003')])).toEqual([
    { mailId: 'v-1002/visit-joint/officer:1002', about: { kind: 'visit-joint', visitId: 'v-1002' }, to: 'officer:1002', cc: [], timing: 'act' },
  ])
})
