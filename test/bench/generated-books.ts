import { enterpriseItem, pairingItem } from '../../functions/adapters/roster-store.ts'
import { shardOf } from '../../functions/adapters/shard.ts'
import { stored } from '../../functions/adapters/stored.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import type { Item, Key, Query, Table } from '../../functions/adapters/table.ts'
import { visitWrite } from '../../functions/adapters/visit-store.ts'
import { pairingIdOf } from '../../shared/roster/pairing.ts'
import { anEnterprise, creditCodeOf } from '../mothers/enterprise.ts'
import { anIssue } from '../mothers/issue.ts'
import { at } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'

/** So many officers has the district, and so many enterprises, whatever there is of records. */
const officers = 500

const officerIdOf = (number: number): string => `S${String(number % officers).padStart(4, '0')}`

/** Words of so many characters that no two rows share: the same for the same seed, and harder to compress than any language. */
const wordsOf = (seed: number, length: number): string => {
  let state = (seed + 1) * 2_654_435_761
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCharCode(0x4e00 + (state >>> 8) % 3_500)
  }).join('')
}

const putIn = (write: ReturnType<typeof visitWrite>): Item => {
  if (!('put' in write)) throw new Error('nothing is put')
  return write.put
}

const issueOf = (number: number): Item => {
  const issue = { ...anIssue(), issueId: `2026-${String(number).padStart(6, '0')}`, title: wordsOf(number, 30), officerId: officerIdOf(number), enterpriseId: creditCodeOf(number % officers), dispatchedAt: at('2026-03-02 10:00') + number }
  const [write] = decisionWrites({ issue: { ...issue, eventCount: 0 }, events: [], mails: [] }, undefined)
  if (write === undefined) throw new Error('no issue is put')
  return putIn(write)
}

/** Summaries of 200 characters, which is more than officers write on average. */
const visitOf = (number: number): Item =>
  putIn(visitWrite({
    visitId: `${officerIdOf(number)}.20260302.${number}`, officerId: officerIdOf(number), enterpriseId: creditCodeOf(number % officers), visitedOn: '2026-03-02', mode: 'onsite', summary: wordsOf(number, 200),
    counted: true, recordedAt: '2026-03-02T10:00:00+08:00', recordedBy: officerIdOf(number),
  }))

const pairingOf = (officer: number, place: number): Item => {
  const pairing = { officerId: officerIdOf(officer), enterpriseId: creditCodeOf((officer + 37 * place) % officers), startsOn: '2026-01-01' }
  return pairingItem({ ...pairing, pairingId: pairingIdOf(pairing) }, 1)
}

function* pairingsOf(shard: string, rows: number): Generator<Item> {
  for (let officer = 0; officer < officers; officer++)
    if (shardOf(officerIdOf(officer)) === shard) for (let place = 0; place < rows / officers; place++) yield pairingOf(officer, place)
}

const named = ({ pk }: Key): Item | undefined => {
  const [kind = '', code = ''] = pk.split('#')
  if (kind === 'ENTERPRISE') return enterpriseItem(anEnterprise({ enterpriseId: code, name: wordsOf(Number(code.slice(8, 17)), 16) }), 1)
  if (kind === 'OFFICER') return stored('officer', { pk, sk: 'OFFICER' }, anOfficer({ officerId: code }))
  return undefined
}

/** The number of an officer whose visits a partition holds. */
const officerIn = (partition: string): number => Number(/^VISITS#S(\d+)#/.exec(partition)?.[1] ?? -1)

/** A district of so many issues, visits and pairings that holds none of them: what is asked for is made up as it is taken. */
export const generatedDistrict = (rows: number): Table => ({
  get: key => Promise.resolve(named(key)),
  getAll: keys => Promise.resolve(keys.map(named)),
  // eslint-disable-next-line @typescript-eslint/require-await -- pages come at once here
  query: async function* ({ partition }: Query) {
    if (partition === 'OFFICERS') for (let number = 0; number < officers; number++) yield stored('officer', { pk: `OFFICER#${officerIdOf(number)}`, sk: 'OFFICER' }, anOfficer({ officerId: officerIdOf(number) }))
    if (partition === 'ISSUES') for (let number = 0; number < rows; number++) yield issueOf(number)
    if (partition.startsWith('PAIRINGS#')) yield* pairingsOf(partition.slice('PAIRINGS#'.length), rows)
    const officer = officerIn(partition)
    if (officer >= 0) for (let number = officer; number < rows; number += officers) yield visitOf(number)
  },
  commit: () => Promise.reject(new Error('an export commits nothing')),
  putNew: () => Promise.reject(new Error('an export puts nothing')),
})
