import { caseWrites } from '../../functions/adapters/case-store.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { deliveryWrites } from '../../functions/adapters/measure-store.ts'
import { officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { projectWrites } from '../../functions/adapters/project-store.ts'
import { sessionWrite } from '../../functions/adapters/session-store.ts'
import { shardOf, shards } from '../../functions/adapters/shard.ts'
import type { Item, Key, Query, Table, Write } from '../../functions/adapters/table.ts'
import { quotaWrite } from '../../functions/adapters/visit-store.ts'
import { pairingIdOf } from '../../shared/roster/pairing.ts'
import type { Session } from '../../shared/session/session.ts'
import { aCase } from '../mothers/case.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { anIssue } from '../mothers/issue.ts'
import { at } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aMilestone, aPlan, aProject, projectCodeOf } from '../mothers/project.ts'

export const provinceMonth = '2026-03'

/** What an officer's share of the province is: five enterprises, each seen twice, and of the rest so much for so many officers. */
const enterprisesEach = 5
const officersPer = { issue: 5, case: 50, session: 500, delivery: 5, project: 200 } as const
/** As many whatever the size: it is their sums that the bulletin is. */
const departments = 300
/** Measures that are explained in the month. */
const measures = 20

const numberIn = (key: string): number => Number(/\d+$/.exec(key)?.[0])
const officerIdOf = (number: number): string => `S${String(number).padStart(7, '0')}`
const departmentIdOf = (number: number): string => `D-${String(number % departments).padStart(3, '0')}`

const putIn = ([write]: readonly (Write | undefined)[]): Item => {
  if (write === undefined || !('put' in write)) throw new Error('nothing is put')
  return write.put
}

const officerItem = (number: number): Item =>
  putIn(officerWrites(anOfficer({ officerId: officerIdOf(number), email: `officer${number}@example.org`, departmentId: departmentIdOf(number) }), undefined, undefined))

/** The first enterprise of some officers is a project. */
const enterpriseOf = (officer: number, place: number): string =>
  place === 0 && officer % officersPer.project === 0 ? projectCodeOf(officer / officersPer.project) : creditCodeOf((officer * enterprisesEach + place) % 100_000)

const pairingOf = (number: number, place: number): Item => {
  const pairing = { officerId: officerIdOf(number), enterpriseId: enterpriseOf(number, place), startsOn: '2026-01-01' }
  return pairingItem({ ...pairing, pairingId: pairingIdOf(pairing) }, 1)
}

const quotaOf = (number: number, place: number): Item => {
  const officerId = officerIdOf(number)
  const countedVisits = Object.fromEntries(['05', '19'].map(day => [`${provinceMonth}-${day}`, `${officerId}.202603${day}.0123456789abcdef`]))
  return putIn([quotaWrite({ officerId, enterpriseId: enterpriseOf(number, place), month: provinceMonth, countedVisits }, undefined)])
}

const [issue, it] = [anIssue(), aCase()]
const described = '园区供水压力不足，用水高峰时三楼以上断水，影响生产。'.repeat(8)

/** Every other one was resolved on the day after and closed by its enterprise on the day after that. */
const issueOf = (number: number): Item => {
  const dispatched = { ...issue, issueId: `2026-${String(number).padStart(6, '0')}`, description: described, leadDepartmentId: departmentIdOf(number), officerId: officerIdOf(number), enterpriseId: creditCodeOf(number % 100_000) }
  const clocks = { accept: { ...issue.clocks.accept, doneAt: at('2026-03-02 11:00') }, reply: { ...issue.clocks.reply, doneAt: at('2026-03-03 11:00') }, resolve: { ...issue.clocks.resolve, doneAt: at('2026-03-03 11:00') } }
  const closed = { ...dispatched, status: 'closed', clocks, resolvedAt: at('2026-03-03 11:00'), closing: { by: 'rating', at: at('2026-03-04 11:00') + number, rating: 5 } } as const
  return putIn(decisionWrites({ issue: number % 2 === 0 ? dispatched : closed, events: [], mails: [] }, undefined))
}

const caseOf = (number: number): Item =>
  putIn(caseWrites({ changed: { ...it, caseId: `C2026-${String(number).padStart(6, '0')}`, officerId: officerIdOf(number) }, events: [], mails: [] }, undefined))

const sessionOf = (number: number): Item => {
  const session: Session = {
    sessionId: `S2026-${String(number).padStart(6, '0')}`, version: 1, status: 'called', title: '现场办公', place: '园区会议室', enterpriseIds: [creditCodeOf(number)], departmentIds: [],
    startsAt: at('2026-03-10 10:00') + number, endsAt: at('2026-03-10 12:00') + number, directorId: officerIdOf(number), departmentId: departmentIdOf(number), invitation: 1, invited: [], calledAt: at('2026-03-05 10:00'), calledBy: officerIdOf(number), decisions: [],
  }
  return putIn([sessionWrite(session, undefined)])
}

/** By measure, as the list is; each by an officer of its own, who has no neighbour in it. */
const deliveryOf = (number: number, of: number): Item => {
  const perMeasure = Math.ceil(of / measures)
  const visit = { enterpriseId: creditCodeOf(number % 100_000), officerId: officerIdOf(number * officersPer.delivery), visitedOn: `${provinceMonth}-05` }
  return putIn(deliveryWrites(visit, [`M-${String(Math.floor(number / perMeasure)).padStart(3, '0')}`], [undefined]))
}

/** A year's plan with four milestones, of which the first two months have been reported. */
const projectOf = (number: number): Item => {
  const milestones = ['2026-02-10', '2026-03-20', '2026-06-30', '2026-10-31'].map((plannedOn, place) => aMilestone({ milestoneId: `m${place}`, plannedOn, ...(place === 0 ? { reachedOn: plannedOn } : {}) }))
  const project = aProject({ enterpriseId: projectCodeOf(number), plans: [aPlan({ milestones })], invested: { '2026-01': 100, '2026-02': 50 + (number % 100) } })
  return putIn(projectWrites(project, { ...project, version: 0 }))
}

/** How many of each there are. */
const countsOf = (officers: number) => ({
  issue: Math.floor(officers / officersPer.issue),
  case: Math.floor(officers / officersPer.case),
  session: Math.floor(officers / officersPer.session),
  delivery: Math.floor(officers / officersPer.delivery),
  project: Math.floor(officers / officersPer.project),
})

/** What a list of the province has, in its order. One that has nothing there has nothing here. */
function* listed(officers: number, { index, partition }: Query): Generator<Item> {
  const counts = countsOf(officers)
  const [list = '', ...rest] = partition.split('#')
  const shard = rest.at(-1) ?? ''
  const inShard = (id: string): boolean => shardOf(id) === shard
  if (list === 'OFFICERS') for (let number = 0; number < officers; number++) yield officerItem(number)
  if (list === 'PROJECTS') for (let number = 0; number < counts.project; number++) yield projectOf(number)
  if (index === 'enterprise') yield pairingOf(numberIn(partition) * officersPer.project, 0)
  else if (list === 'PAIRINGS' || (list === 'QUOTA' && rest[0] === provinceMonth))
    for (let number = 0; number < officers; number++)
      if (inShard(officerIdOf(number))) for (let place = 0; place < enterprisesEach; place++) yield list === 'PAIRINGS' ? pairingOf(number, place) : quotaOf(number, place)
  if (index === 'due')
    for (const [kind, count, itemOf] of [['ISSUE', counts.issue, issueOf], ['CASE', counts.case, caseOf]] as const)
      for (let number = 0; number < count; number++) {
        const item = itemOf(number)
        if (item['duePk'] === partition && partition.includes(kind)) yield item
      }
  if (list === 'SESSIONS') for (let number = 0; number < counts.session; number++) yield sessionOf(number)
  if (partition === `DELIVERIES#${provinceMonth}`) for (let number = 0; number < counts.delivery; number++) yield deliveryOf(number, counts.delivery)
}

const named = ({ pk }: Key): Item | undefined => {
  const [kind = ''] = pk.split('#')
  return kind === 'OFFICER' ? officerItem(numberIn(pk)) : kind === 'ISSUE' ? issueOf(numberIn(pk)) : kind === 'CASE' ? caseOf(numberIn(pk)) : undefined
}

const pageBytes = 1_048_576
const unitBytes = 4_096

/** What DynamoDB counts of a value: names and texts in UTF-8, numbers by their digits, a list or a map by what is in it. */
const weightOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1
  if (Array.isArray(value)) return value.reduce((sum: number, each: unknown) => sum + 1 + weightOf(each), 3)
  if (typeof value === 'object' && value !== null) return Object.entries(value).reduce((sum, [name, each]) => (each === undefined ? sum : sum + 1 + Buffer.byteLength(name) + weightOf(each)), 3)
  return 1
}

/** Read units of a list that is read page by page and need not be of this very moment: half a unit for 4 KiB begun, of each page. */
const pages = () => {
  let [units, page] = [0, 0]
  const turn = (): void => {
    units += Math.max(Math.ceil(page / unitBytes), 1) / 2
    page = 0
  }
  return {
    /** @returns whether it is the last of its page */
    add: (bytes: number): boolean => {
      page += bytes
      if (page < pageBytes) return false
      turn()
      return true
    },
    end: (): number => {
      turn()
      return units
    },
  }
}

/** Each as it is taken. */
function* numbered(count: number, itemOf: (number: number) => Item): Generator<Item> {
  for (let number = 0; number < count; number++) yield itemOf(number)
}

/** Read units that every record of the month weighs, each read once and page by page. */
export const leastUnits = (officers: number): number => {
  const counts = countsOf(officers)
  const inTime = [['ISSUE', counts.issue, issueOf], ['CASE', counts.case, caseOf]] as const
  const lists: readonly Iterable<Item>[] = [
    listed(officers, { partition: 'OFFICERS' }),
    ...['PAIRINGS', `QUOTA#${provinceMonth}`].flatMap(list => shards.map(shard => listed(officers, { partition: `${list}#${shard}` }))),
    ...inTime.map(([, count, itemOf]) => numbered(count, itemOf)),
    listed(officers, { partition: 'SESSIONS' }),
    listed(officers, { partition: `DELIVERIES#${provinceMonth}` }),
    listed(officers, { partition: 'PROJECTS' }),
  ]
  return lists.reduce((sum, list) => {
    const weighed = pages()
    for (const item of list) weighed.add(weightOf(item))
    return sum + weighed.end()
  }, 0)
}

/**
 * The month of a province of so many officers, ten visits each: a table that holds none of it, makes it up as it is read, and
 * counts the read units. `took` is told of each item of a list.
 */
export const generatedProvince = (officers: number, took: () => void = () => undefined): Table & { readonly units: () => number } => {
  let units = 0
  const get = (key: Key): Item | undefined => {
    const item = named(key)
    units += Math.max(1, Math.ceil(weightOf(item) / unitBytes))
    return item
  }
  return {
    units: () => units,
    get: key => Promise.resolve(get(key)),
    getAll: keys => Promise.resolve(keys.map(get)),
    query: async function* (query: Query) {
      const read = pages()
      for (const item of listed(officers, query)) {
        const { pk, sk, duePk, dueSk } = item
        took()
        // That index has the keys alone.
        const seen = query.index === 'due' ? { pk, sk, duePk, dueSk } : item
        if (read.add(weightOf(seen))) await Promise.resolve()
        yield seen
      }
      units += read.end()
    },
    commit: () => Promise.reject(new Error('a bulletin that is drawn up commits nothing')),
    putNew: () => Promise.reject(new Error('a bulletin that is drawn up puts nothing')),
  }
}
