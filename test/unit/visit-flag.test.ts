import { describe, expect, test } from 'vitest'
import { checkFlag, deniedMails, flagAfterAnswer, flagSchema, isSettled, noteEntry, raiseFlag, wordsOf, type Entry, type Flag } from '../../shared/visit/flag.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { dayAfter } from '../mothers/working-days.ts'

const { flags: policy } = aPolicy()
let serial = 0
/** Entered on the day, with words of its own. */
const anEntry = (but: Partial<Entry> = {}): Entry => {
  const visitId = `v${(serial += 1)}`
  return { visitId, enteredOn: '2026-03-04', visitedOn: '2026-03-04', text: visitId, ...but }
}
/** The kinds of flags that the last of these entries gets, and the places of the visits each was seen by. */
const seenAt = (entries: readonly Entry[], rules = policy): Record<string, number[]> => {
  const last = entries.at(-1) ?? expect.fail('there is no entry')
  const { suspicions } = noteEntry(entries.slice(0, -1), last, rules)
  return Object.fromEntries(suspicions.map(({ kind, seenWith }) => [kind, seenWith.map(id => entries.findIndex(({ visitId }) => visitId === id))]))
}

describe('two visits at once', () => {
  const around = { from: '09:00', until: '10:00' }
  test.each<[string, Partial<Entry>, boolean]>([
    ['the same time', around, true],
    ['a part of it', { from: '09:30', until: '09:45' }, true],
    ['more than it', { from: '08:00', until: '11:00' }, true],
    ['its last minute', { from: '09:59', until: '11:00' }, true],
    ['its first minute', { from: '08:00', until: '09:01' }, true],
    ['what begins when it ends', { from: '10:00', until: '11:00' }, false],
    ['what ends when it begins', { from: '08:00', until: '09:00' }, false],
    ['the same time of another day', { ...around, visitedOn: '2026-03-03' }, false],
    ['no time that was said', {}, false],
  ])('%s: %j: %j', (_, but, isFlagged) => {
    expect(seenAt([anEntry(around), anEntry(but)])).toEqual(isFlagged ? { overlap: [0] } : {})
  })

  test('are the later one’s, with all that it overlaps', () => {
    expect(seenAt([anEntry(around), anEntry(), anEntry(around), anEntry({ ...around, visitedOn: '2026-03-03' }), anEntry({ from: '09:30', until: '12:00' })])).toEqual({ overlap: [0, 2] })
  })
})

describe('the same words', () => {
  const same = (count: number) => Array.from({ length: count }, () => anEntry({ text: 'x' }))
  test.each([[1, {}], [2, {}], [3, { 'same-text': [0, 1] }], [4, { 'same-text': [0, 1, 2] }]])('written %i times: %j', (count, seen) => {
    expect(seenAt(same(count))).toEqual(seen)
  })

  test('are the same however they are typed', () => {
    expect(wordsOf(' 走访企业，\n了解用工ＡＢＣ情况。')).toBe(wordsOf('走访企业了解用工ABC情况'))
    expect(wordsOf('走访企业\u200b，了解用工')).toBe(wordsOf('走访企业,了解用工'))
    expect(wordsOf('走访企业')).not.toBe(wordsOf('走访另一企业'))
  })

  test('are no repetition once the earlier ones lie far back', () => {
    const earlier = (days: number) => anEntry({ text: 'x', enteredOn: dayAfter('2026-03-04', -days), visitedOn: dayAfter('2026-03-04', -days) })
    expect(seenAt([earlier(60), earlier(1), anEntry({ text: 'x' })])).toEqual({ 'same-text': [0, 1] })
    expect(seenAt([earlier(61), earlier(1), anEntry({ text: 'x' })])).toEqual({})
  })

  test('stand out sooner or later by another policy', () => {
    expect(seenAt(same(2), { ...policy, sameTextVisits: 2 })).toEqual({ 'same-text': [0] })
    expect(seenAt(same(3), { ...policy, sameTextVisits: 4 })).toEqual({})
  })
})

describe('many entered afterwards on one day', () => {
  const late = (count: number) => Array.from({ length: count }, () => anEntry({ visitedOn: '2026-03-03' }))
  test.each([[4, {}], [5, { 'late-burst': [0, 1, 2, 3] }], [6, { 'late-burst': [0, 1, 2, 3, 4] }]])('%i of them: %j', (count, seen) => {
    expect(seenAt(late(count))).toEqual(seen)
  })

  test('are those of that day alone, and of none that was entered in time', () => {
    expect(seenAt([...late(5), anEntry()])).toEqual({})
    expect(seenAt([...late(3), anEntry(), anEntry({ enteredOn: '2026-03-03', visitedOn: '2026-03-02' }), ...late(1)])).toEqual({})
  })

  test('name the latest ten', () => {
    expect(seenAt(late(30))['late-burst']).toEqual([19, 20, 21, 22, 23, 24, 25, 26, 27, 28])
  })
})

test('one visit can stand out in several ways', () => {
  const entries = Array.from({ length: 5 }, () => anEntry({ visitedOn: '2026-03-03', text: 'x', from: '09:00', until: '10:00' }))
  expect(Object.keys(seenAt(entries))).toEqual(['overlap', 'same-text', 'late-burst'])
})

test('the latest two hundred entries are remembered, and none beyond the days to look back', () => {
  const many = Array.from({ length: 200 }, () => anEntry())
  const { entries } = noteEntry(many, anEntry({ visitId: 'last' }), policy)
  expect([entries.length, entries[0], entries.at(-1)?.visitId]).toEqual([200, many[1], 'last'])
  expect(noteEntry(many, anEntry({ enteredOn: dayAfter('2026-03-04', 61), visitedOn: dayAfter('2026-03-04', 61) }), policy).entries).toHaveLength(1)
})

const visit = { visitId: '1001.20260304.x', officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn: '2026-03-04', recordedBy: '1001' }
const at = '2026-03-05T10:00:00+08:00'
const later = '2026-03-06T10:00:00+08:00'
const aFlag = (): Flag => raiseFlag(visit, { kind: 'overlap', seenWith: ['v1'] }, at)

test('a flag is of its visit and kind, and open', () => {
  expect(aFlag()).toEqual({ flagId: 'overlap.1001.20260304.x', kind: 'overlap', visitId: visit.visitId, officerId: '1001', enterpriseId: visit.enterpriseId, visitedOn: '2026-03-04', seenWith: ['v1'], raisedAt: at, status: 'open' })
  expect(flagSchema.parse(aFlag())).toEqual(aFlag())
})

describe('what the enterprise says', () => {
  const denied = flagAfterAnswer(undefined, visit, false, at) ?? expect.fail('it was not flagged')
  test('raises a flag by its first denial, and by no confirmation', () => {
    expect(denied).toMatchObject({ kind: 'denied', seenWith: [], raisedAt: at, status: 'open' })
    expect(flagAfterAnswer(undefined, visit, true, at)).toBeUndefined()
  })

  test('is taken back, and said again', () => {
    expect(flagAfterAnswer(denied, visit, false, later)).toBeUndefined()
    const takenBack = flagAfterAnswer(denied, visit, true, later) ?? expect.fail('it was not taken back')
    expect([takenBack, isSettled(takenBack)]).toEqual([{ ...denied, takenBackAt: later }, true])
    expect(flagAfterAnswer(takenBack, visit, true, later)).toBeUndefined()
    expect(flagAfterAnswer(takenBack, visit, false, later)).toEqual(denied)
    expect(isSettled(denied)).toBe(false)
  })

  test('is told to the supervisors at once, but to none whose visit it is', () => {
    const told = (supervisors: readonly string[], but: object = {}) => deniedMails(denied, { ...visit, ...but }, { supervisors, adminEmail: 'admin@example.org' }).map(({ to }) => to)
    expect(told(['s1', 's2'])).toEqual(['officer:s1', 'officer:s2'])
    expect(told(['s1', '1001'])).toEqual(['officer:s1'])
    expect(told(['s1', 's2', 's3'], { recordedBy: 's1', with: ['s2'] })).toEqual(['officer:s3'])
    expect(told(['1001'])).toEqual(['address:admin@example.org'])
    expect(deniedMails(denied, visit, { supervisors: ['s1'], adminEmail: 'admin@example.org' })).toMatchObject([{ mailId: `${denied.flagId}/visit-denied/officer:s1`, timing: 'act' }])
  })
})

describe('whoever checks a flag', () => {
  const check = { finding: 'irregular', remark: '经核实，当日未走访。' } as const
  test('writes down what they found', () => {
    const checked = checkFlag(aFlag(), [visit], check, 's1', later)
    expect(checked).toEqual({ ...aFlag(), status: 'checked', ...check, checkedBy: 's1', checkedAt: later })
    expect([isSettled(checked), flagSchema.parse(checked)]).toEqual([true, checked])
  })

  test.each<[string, object]>([['made it', { officerId: 's1' }], ['entered it', { recordedBy: 's1' }], ['was along', { with: ['1002', 's1'] }]])('is not who %s', (_, but) => {
    expect(refusal(() => checkFlag(aFlag(), [{ ...visit, ...but }], check, 's1', later)).code).toBe('own-visit')
    // Nor of a visit that it was seen with: either may be the false one.
    expect(refusal(() => checkFlag(aFlag(), [visit, { ...visit, ...but }], check, 's1', later)).code).toBe('own-visit')
  })

  test('does so once', () => {
    const problem = refusal(() => checkFlag(checkFlag(aFlag(), [visit], check, 's1', later), [visit], check, 's2', later))
    expect([problem.code, problem.values]).toEqual(['already-checked', { finding: { zh: '不实', en: 'irregular' } }])
  })
})
