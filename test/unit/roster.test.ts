import { describe, expect, test } from 'vitest'
import { bootstrapAdmin, callerOf, demandWithin, isWithin, reachesOf, type Caller } from '../../shared/roster/caller.ts'
import { demandNoOverlap, demandPairingOn, endPairing, newPairing, overlapping, pairingOn } from '../../shared/roster/pairing.ts'
import { codeSuitsKind, departmentSchema, enterpriseSchema, leavesNoAdministrator, officerSchema, otherHolder, type Officer, type Pairing } from '../../shared/roster/roster.ts'
import { anEnterprise, creditCodeOf } from '../mothers/enterprise.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { faultsIn, refusal } from '../mothers/refusal.ts'

const project = '2016-610113-47-03-012345'

describe('an officer', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [{ roles: ['officer', 'director'] }, []],
    [{ active: undefined }, []],
    [{ roles: [] }, ['roles too-short']],
    [{ roles: ['officer', 'officer'] }, ['roles duplicate-value']],
    [{ roles: ['boss'] }, ['roles.0 not-allowed']],
    [{ roles: 'officer' }, ['roles wrong-type']],
    [{ email: 'li.ming' }, ['email bad-format']],
    [{ departmentId: 'D 01' }, ['departmentId bad-format']],
    [{ officerId: 'system' }, ['officerId reserved']],
    [{ officerId: 'Bootstrap-Admin' }, ['officerId reserved']],
    [{ officerId: 'the system' }, ['officerId bad-format']],
    [{ officerId: 'system-1' }, []],
    [{ name: '李'.repeat(51) }, ['name too-long']],
    [{ active: 'yes' }, ['active wrong-type']],
    [{ phone: '13800000000' }, ['phone unknown-field']],
  ])('with %j: %j', (but, faults) => {
    expect(faultsIn(officerSchema, { ...anOfficer(), ...but })).toEqual(faults)
  })

  test('is active unless said otherwise, with an address in small letters', () => {
    expect(officerSchema.parse({ ...anOfficer({ email: 'LI@Example.org' }), active: undefined })).toMatchObject({ active: true, email: 'li@example.org' })
  })
})

test.each([
  ['nobody', undefined, undefined],
  ['the officer', anOfficer(), undefined],
  ['somebody else', anOfficer({ officerId: '1002' }), '1002'],
  ['somebody else who has left', anOfficer({ officerId: '1002', active: false }), '1002'],
])('an address that %s has', (_, holder, other) => {
  expect(otherHolder(anOfficer(), holder)?.officerId).toBe(other)
})

describe('an enterprise', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [{ contactName: undefined, contactEmail: undefined, contactPhone: undefined }, []],
    [{ contactPhone: '029-8550 1234' }, []],
    [{ contactPhone: '+86 29 85501234' }, []],
    [{ contactPhone: '０２９' }, ['contactPhone bad-format']],
    [{ contactPhone: '12' }, ['contactPhone bad-format']],
    [{ contactEmail: '' }, ['contactEmail bad-format']],
    [{ kind: 'shop' }, ['kind not-allowed']],
    [{ enterpriseId: '91610133MA6TX00019' }, ['enterpriseId bad-check-character']],
    [{ name: '' , address: '曲江' }, ['name required', 'address unknown-field']],
  ])('with %j: %j', (but, faults) => {
    expect(faultsIn(enterpriseSchema, { ...anEnterprise(), ...but })).toEqual(faults)
  })

  test.each([
    ['company', creditCodeOf(7), true], ['company', project, false], ['project', project, true], ['project', creditCodeOf(7), false],
  ] as const)('a %s with the code %s suits: %s', (kind, enterpriseId, suits) => {
    expect(codeSuitsKind({ kind, enterpriseId })).toBe(suits)
  })
})

test.each<[object, string[]]>([
  [{ departmentId: 'D-01', name: '住建局' }, []],
  [{ departmentId: 'D-01', name: '\u200b' }, ['name required']],
  [{ departmentId: 'D#1', name: '住建局' }, ['departmentId bad-format']],
])('a department %j: %j', (department, faults) => {
  expect(faultsIn(departmentSchema, department)).toEqual(faults)
})

describe('a pairing', () => {
  test('is known by who, what and since when', () => {
    expect(newPairing({ officerId: '1001', enterpriseId: creditCodeOf(1), startsOn: '2026-03-01' }).pairingId).toBe(`1001.${creditCodeOf(1)}.20260301`)
  })

  test.each([
    [undefined, 'entered'], ['2026-02-28', 'pairing-ends-before-start'], ['2026-03-01', 'entered'], ['2026-12-31', 'entered'],
  ])('from 1 March until %s is %s', (endsOn, outcome) => {
    const entered = { officerId: '1001', enterpriseId: creditCodeOf(1), startsOn: '2026-03-01', ...(endsOn === undefined ? {} : { endsOn }) }
    if (outcome === 'entered') expect(newPairing(entered)).toMatchObject(entered)
    else expect(refusal(() => newPairing(entered))).toMatchObject({ code: outcome, values: { startsOn: '2026-03-01' } })
  })

  const today = '2026-04-01'
  const ended = { endsOn: '2026-03-10' }
  const visitedOn = '2026-03-31'
  test.each<[string, Partial<Pairing>, string, string | undefined, object]>([
    ['on its first day', {}, '2026-03-01', undefined, {}],
    ['before its first day', {}, '2026-02-28', undefined, { code: 'pairing-ends-before-start', values: { startsOn: '2026-03-01' } }],
    ['before a visit of the officer', {}, '2026-03-30', visitedOn, { code: 'pairing-has-visits', values: { visitedOn: '2026-03-31' } }],
    ['on the day of the last visit', {}, visitedOn, visitedOn, {}],
    ['later than it ended', ended, '2026-03-31', undefined, { code: 'pairing-ended', values: ended }],
    ['a second time on the same day', ended, ended.endsOn, undefined, { code: 'pairing-ended', values: ended }],
    ['before it ended, when that is past', ended, '2026-02-28', visitedOn, { code: 'pairing-ended' }],
    ['earlier than a last day still to come', { endsOn: '2027-12-31' }, '2026-12-31', undefined, {}],
    ['later than a last day still to come', { endsOn: '2027-12-31' }, '2028-01-31', undefined, { code: 'pairing-ended', values: { endsOn: '2027-12-31' } }],
    ['earlier than a last day still to come, with a visit after it', { endsOn: '2027-12-31' }, '2026-03-01', visitedOn, { code: 'pairing-has-visits' }],
    ['before its first day and a visit', {}, '2026-02-28', visitedOn, { code: 'pairing-ends-before-start' }],
  ])('ends %s', (_, but, endsOn, lastVisitedOn, problem) => {
    const pairing = aPairing({ startsOn: '2026-03-01', ...but })
    if ('code' in problem) expect(refusal(() => endPairing(pairing, endsOn, lastVisitedOn, today))).toMatchObject(problem)
    else expect(endPairing(pairing, endsOn, lastVisitedOn, today)).toEqual({ ...pairing, endsOn })
  })

  const march = aPairing({ startsOn: '2026-03-01', endsOn: '2026-03-31' })
  const sinceMay = aPairing({ startsOn: '2026-05-01' })
  const pair = { officerId: '1001', enterpriseId: creditCodeOf(1) }
  test.each<[string, Pairing | undefined]>([
    ['2026-02-28', undefined], ['2026-03-01', march], ['2026-03-15', march], ['2026-03-31', march], ['2026-04-01', undefined],
    ['2026-04-30', undefined], ['2026-05-01', sinceMay], ['2099-12-31', sinceMay],
  ])('in March and from May on, in force on %s', (date, inForce) => {
    const pairings = [aPairing({ enterpriseId: creditCodeOf(2) }), aPairing({ officerId: '1002' }), march, sinceMay]
    expect(pairingOn(pairings, pair, date)).toBe(inForce)
    if (inForce === undefined) expect(refusal(() => demandPairingOn(pairings, pair, date))).toMatchObject({ code: 'not-paired', values: { ...pair, date } })
    else expect(demandPairingOn(pairings, pair, date)).toBe(inForce)
  })

  test.each([
    ['2026-03-31', undefined, true], ['2026-04-01', undefined, false], ['2026-01-01', '2026-03-01', true],
    ['2026-01-01', '2026-02-28', false], ['2026-01-01', undefined, true], ['2026-03-10', '2026-03-11', true],
  ])('from %s to %s shares a day with March: %s', (startsOn, endsOn, shares) => {
    const other = { enterpriseId: march.enterpriseId, startsOn, ...(endsOn === undefined ? {} : { endsOn }) }
    expect(overlapping(other, [march])).toBe(shares ? march : undefined)
    expect(overlapping({ ...other, enterpriseId: creditCodeOf(2) }, [march])).toBeUndefined()
  })

  test('that overlaps another is refused by that one', () => {
    const april = aPairing({ startsOn: '2026-04-01' })
    expect(refusal(() => { demandNoOverlap(aPairing({ startsOn: '2026-03-31' }), [april, march]) })).toMatchObject({ code: 'pairing-overlaps', values: { pairingId: april.pairingId } })
    expect(() => { demandNoOverlap(april, [march]) }).not.toThrow()
  })
})

describe('how far a caller reaches', () => {
  const caller = (roles: Caller['roles'], departmentId: string | undefined = 'D-01'): Caller => ({ officerId: '1001', departmentId, roles })
  const access = { officer: 'own', director: 'department', supervisor: 'any' } as const
  const own = { officers: ['1001'], departments: ['D-02'] }
  const ofDepartment = { officers: ['1002'], departments: ['D-09', 'D-01'] }
  const elsewhere = { officers: ['1002'], departments: ['D-02'] }

  test.each([
    [['officer'], [true, false, false]],
    [['director'], [false, true, false]],
    [['officer', 'director'], [true, true, false]],
    [['supervisor'], [true, true, true]],
    [['supervisor', 'officer'], [true, true, true]],
  ] as const)('%j: own, of the department, elsewhere %j', (roles, within) => {
    const who = caller(roles)
    const reaches = reachesOf(access, who)
    expect([own, ofDepartment, elsewhere].map(stakes => isWithin(reaches, who, stakes))).toEqual(within)
    if (!within[2]) expect(refusal(() => { demandWithin(reaches, who, elsewhere) }).code).toBe('out-of-reach')
  })

  test.each([[['handler']], [['admin']], [[]]] as const)('%j may not do it at all', roles => {
    const problem = refusal(() => reachesOf(access, caller(roles)))
    expect(problem.code).toBe('role-not-allowed')
  })

  test('whoever has no department reaches none', () => {
    expect(isWithin(new Set(['department']), bootstrapAdmin, { departments: ['D-01'] })).toBe(false)
    expect(isWithin(new Set(['own', 'department']), caller(['officer']), {})).toBe(false)
  })

  test('rights come from the roster', () => {
    expect(callerOf(anOfficer({ roles: ['handler', 'admin'] }))).toEqual({ officerId: '1001', departmentId: 'D-01', roles: ['handler', 'admin'] })
  })
})

describe('after an entry', () => {
  const first = 'first@example.org'
  test.each<[string, Partial<Officer>[], string[], boolean]>([
    ['an officer is entered while there is an administrator', [{ roles: ['officer'] }], ['9'], false],
    ['the only administrator loses the role', [{ officerId: '9', roles: ['officer'] }], ['9'], true],
    ['the only administrator leaves', [{ officerId: '9', roles: ['admin'], active: false }], ['9'], true],
    ['one of two administrators leaves', [{ officerId: '9', roles: ['officer'] }], ['8', '9'], false],
    ['both leave with one file', [{ officerId: '9', roles: ['officer'] }, { officerId: '8', roles: ['officer'] }], ['8', '9'], true],
    ['one hands over to another', [{ officerId: '9', roles: ['officer'] }, { officerId: '7', roles: ['admin'] }], ['9'], false],
    ['the first administrator enters somebody, and themselves not yet', [{ roles: ['officer'] }], [], false],
    ['the first administrator is entered as an officer', [{ email: first, roles: ['officer'] }], [], true],
    ['the first administrator is entered as what they are', [{ email: first, roles: ['admin'] }], [], false],
  ])('%s', (_, entered, administrators, leavesNone) => {
    expect(leavesNoAdministrator(entered.map(but => anOfficer({ officerId: '1001', ...but })), administrators, 'First@example.org')).toBe(leavesNone)
  })
})
