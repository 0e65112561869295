import { addDays, type LocalDate } from '../../shared/calendar/date.ts'
import { unread, type Recipient, type Staff, type StaffOf } from '../../shared/mail/notice.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import { isNear, type Concerning } from '../../shared/roster/subject.ts'
import type { Department, Enterprise, Officer, Pairing } from '../../shared/roster/roster.ts'
import { opened, openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import { shardOf, shards } from './shard.ts'
import { all, type Item, type Key, type Query, type Table, type Write } from './table.ts'

export const departmentKey = (id: string): Key => ({ pk: `DEPARTMENT#${id}`, sk: 'DEPARTMENT' })
export const officerKey = (id: string): Key => ({ pk: `OFFICER#${id}`, sk: 'OFFICER' })
export const enterpriseKey = (id: string): Key => ({ pk: `ENTERPRISE#${id}`, sk: 'ENTERPRISE' })
/** One item for each address, so that an address belongs to one person, and a caller is found with one read. */
export const identityKey = (email: string): Key => ({ pk: `EMAIL#${email.toLowerCase()}`, sk: 'IDENTITY' })
/** What is known of an address that mail does not reach: an officer's or an enterprise's. */
export const unreachedKey = (who: Recipient): Key => ({ pk: `UNREACHED#${who}`, sk: 'UNREACHED' })
export const pairingKey = (pairing: Pick<Pairing, 'officerId' | 'enterpriseId' | 'startsOn'>): Key => ({
  pk: `OFFICER#${pairing.officerId}`,
  sk: `PAIRING#${pairing.enterpriseId}#${pairing.startsOn}`,
})

/** The key behind a pairing id, or `undefined` if it cannot be one. */
export const pairingKeyOfId = (pairingId: string): Key | undefined => {
  const [, officerId, enterpriseId, year, month, day] = /^([^.]+)\.([^.]+)\.(\d{4})(\d{2})(\d{2})$/.exec(pairingId) ?? []
  if (officerId === undefined || enterpriseId === undefined || day === undefined) return undefined
  return pairingKey({ officerId, enterpriseId, startsOn: `${year ?? ''}-${month ?? ''}-${day}` })
}

export const departmentItem = (department: Department, version: number): Item =>
  stored('department', departmentKey(department.departmentId), department, { version, allPk: 'DEPARTMENTS', allSk: department.departmentId })

export const enterpriseItem = (enterprise: Enterprise, version: number): Item =>
  stored('enterprise', enterpriseKey(enterprise.enterpriseId), enterprise, { version, allPk: 'ENTERPRISES', allSk: enterprise.enterpriseId })

export const pairingItem = (pairing: Pairing, version: number): Item =>
  stored('pairing', pairingKey(pairing), pairing, {
    version,
    allPk: `PAIRINGS#${shardOf(pairing.officerId)}`,
    allSk: `${pairing.officerId}#${pairing.enterpriseId}#${pairing.startsOn}`,
    enterprisePk: `PAIRINGS#${pairing.enterpriseId}`,
    enterpriseSk: `${pairing.startsOn}#${pairing.officerId}`,
  })

/** A department as entered, on condition that nobody has entered it since `before` was read. */
export const departmentWrite = (department: Department, before: Item | undefined): Write => ({
  put: departmentItem(department, versionAfter(before)),
  when: unchanged(before),
})

/** Where mail to a department's handlers and directors, and to the supervisors, finds its people; and who administers. */
const staffKeys = (officer: Officer): readonly Key[] =>
  !officer.active
    ? []
    : officer.roles.flatMap((role): Key[] => {
        if (role === 'handler' || role === 'director') return [{ pk: `STAFF#${officer.departmentId}`, sk: `${role}#${officer.officerId}` }]
        if (role === 'supervisor') return [{ pk: 'SUPERVISORS', sk: officer.officerId }]
        if (role === 'admin') return [{ pk: 'ADMINISTRATORS', sk: officer.officerId }]
        return []
      })

/**
 * One item that every change of who administers writes: of two who take the role from each other at once, one has to look
 * again.
 */
export const administrationKey: Key = { pk: 'ADMINISTRATION', sk: 'ADMINISTRATION' }

/** The `nth` change of the administration since the item was read. */
export const administrationWrite = (item: Item | undefined, nth = 1): Write => {
  const version = versionAfter(item) + nth - 1
  return { put: stored('administration', administrationKey, {}, { version }), when: version === 1 ? 'new' : { version: version - 1 } }
}

/**
 * One item for each two who are or were paired. Every new pairing, every visit and every end writes it: two pairings at
 * once cannot both find no overlap, and no visit can slip behind an end that has not seen it.
 */
export const pairedKey = (pairing: Pick<Pairing, 'officerId' | 'enterpriseId'>): Key => ({
  pk: `OFFICER#${pairing.officerId}`,
  sk: `PAIRED#${pairing.enterpriseId}`,
})

/** What happens between two who are paired happens one after another. `paired` is the item as it was read. */
export const pairedWrite = (pair: Pick<Pairing, 'officerId' | 'enterpriseId'>, paired: Item | undefined, visitedOn?: LocalDate): Write => {
  const [lastVisitedOn] = [openedMaybe('paired', paired)?.lastVisitedOn, visitedOn].flatMap(date => date ?? []).sort().reverse()
  return { put: stored('paired', pairedKey(pair), lastVisitedOn === undefined ? {} : { lastVisitedOn }, { version: versionAfter(paired) }), when: unchanged(paired) }
}

/** A new pairing, on condition that these two have not been paired anew since `paired` was read. */
export const newPairingWrites = (pairing: Pairing, paired: Item | undefined): readonly Write[] => {
  return [
    { put: pairingItem(pairing, 1), when: 'new' },
    pairedWrite(pairing, paired),
  ]
}

/** Whose an address is, if it is anybody's now. */
export const holderOf = (identity: Item | undefined): Officer | undefined =>
  identity?.['retired'] === true ? undefined : openedMaybe('officer', identity)

/**
 * Everything that changes with an officer's record: the record, the identity its address leads to, its places in the
 * staff lists; and what is known of an address they have no more, or of somebody who has left. `before` is the officer's item as it was read, `identity` that of the address, `givenUp` that of the
 * address before, if it was another; their versions are the conditions. An address that is given up stays behind,
 * retired: whoever held it is not taken for somebody new, least of all for the bootstrap administrator. Another officer
 * may take it over; so its versions count on, whoever holds it.
 */
export const officerWrites = (officer: Officer, before: Item | undefined, identity: Item | undefined, givenUp?: Item): readonly Write[] => {
  const previous = openedMaybe('officer', before)
  const wanted = staffKeys(officer)
  const dropped = (previous === undefined ? [] : staffKeys(previous)).filter(key => !wanted.some(kept => kept.pk === key.pk && kept.sk === key.sk))
  return [
    {
      put: stored('officer', officerKey(officer.officerId), officer, {
        version: versionAfter(before),
        allPk: 'OFFICERS',
        allSk: officer.officerId,
        departmentPk: `OFFICERS#${officer.departmentId}`,
        departmentSk: officer.officerId,
      }),
      when: unchanged(before),
    },
    { put: stored('officer', identityKey(officer.email), officer, { version: versionAfter(identity) }), when: unchanged(identity) },
    ...(previous !== undefined && previous.email !== officer.email
      ? [{ put: stored('officer', identityKey(previous.email), { ...previous, active: false }, { version: versionAfter(givenUp), retired: true }), when: unchanged(givenUp) }]
      : []),
    ...wanted.map(key => ({ put: stored('staff', key, { officerId: officer.officerId }), when: 'always' }) as const),
    ...dropped.map(key => ({ delete: key, when: 'always' }) as const),
    ...(previous !== undefined && (previous.email !== officer.email || (previous.active && !officer.active))
      ? [{ delete: unreachedKey(`officer:${officer.officerId}`), when: 'always' } as const]
      : []),
  ]
}

/** What is remembered where an officer goes over to another department. `before` is the officer's item as it was read. */
export const moveWrites = (officer: Officer, before: Item | undefined, movedOn: LocalDate): readonly Write[] => {
  const previous = openedMaybe('officer', before)
  if (previous === undefined || previous.departmentId === officer.departmentId) return []
  const { officerId } = officer
  const move = { officerId, fromDepartmentId: previous.departmentId, movedOn }
  // In the order of the officer's versions: of two moves on one day, the first tells where the day before belongs.
  const place = `${movedOn}#${officerId}#${String(versionAfter(before)).padStart(6, '0')}`
  return [{ put: stored('move', { pk: officerKey(officerId).pk, sk: `MOVE#${place}` }, move, { allPk: 'MOVES', allSk: place }), when: 'new' }]
}

/** Reads of the roster. */
export const rosterStore = (table: Table) => {
  const staffOf = async (departmentId: string): Promise<Pick<Staff, 'handlers' | 'directors'>> => {
    const items = await all(table.query({ partition: `STAFF#${departmentId}` }))
    const holding = (role: string) => items.filter(item => item.sk.startsWith(`${role}#`)).map(item => opened('staff', item).officerId)
    return { handlers: holding('handler'), directors: holding('director') }
  }

  /** All pairings of one enterprise, ended ones included; a handful. */
  const pairingsWith = async (enterpriseId: string): Promise<readonly Pairing[]> => (await all(table.query(rosterQueries.pairingsOfEnterprise(enterpriseId)))).map(item => opened('pairing', item))

  const officers = async (ids: readonly string[]): Promise<ReadonlyMap<string, Officer>> => {
    const items = await table.getAll(ids.map(officerKey))
    return new Map(items.flatMap(item => (item === undefined ? [] : [opened('officer', item)])).map(officer => [officer.officerId, officer]))
  }

  const supervisors = async (): Promise<readonly string[]> =>
    (await all(table.query({ partition: 'SUPERVISORS' }))).map(item => opened('staff', item).officerId)

  /** Everybody the department's mail can go to. */
  const staff = async (departmentId: string, leadingGroup: readonly string[], adminEmail: string): Promise<Staff> => {
    const [department, office] = await Promise.all([staffOf(departmentId), supervisors()])
    return { ...department, supervisors: office, leadingGroup, adminEmail }
  }

  return {
    department: async (id: string): Promise<Department | undefined> => openedMaybe('department', await table.get(departmentKey(id))),
    officer: async (id: string): Promise<Officer | undefined> => openedMaybe('officer', await table.get(officerKey(id))),
    enterprise: async (id: string): Promise<Enterprise | undefined> => openedMaybe('enterprise', await table.get(enterpriseKey(id))),
    officers,
    enterprises: async (ids: readonly string[]): Promise<ReadonlyMap<string, Enterprise>> => {
      const items = await table.getAll(ids.map(enterpriseKey))
      return new Map(items.flatMap(item => (item === undefined ? [] : [opened('enterprise', item)])).map(enterprise => [enterprise.enterpriseId, enterprise]))
    },
    /** All pairings of one officer, ended ones included; a handful. */
    pairingsOf: async (officerId: string): Promise<readonly Pairing[]> =>
      (await all(table.query(rosterQueries.pairingsOfOfficer(officerId)))).map(item => opened('pairing', item)),
    pairingsWith,
    /** The officers paired with the enterprise on that day, who was paired first before the others; those who have left are none. */
    pairedOfficers: async (enterpriseId: string, date: LocalDate): Promise<readonly Officer[]> => {
      const pairings = await pairingsWith(enterpriseId)
      const inForce = pairings.filter(each => isInForce(each, date)).sort((one, other) => (one.startsOn < other.startsOn ? -1 : 1))
      const items = await table.getAll([...new Set(inForce.map(({ officerId }) => officerId))].map(officerKey))
      return items.flatMap(item => openedMaybe('officer', item) ?? []).filter(({ active }) => active)
    },
    staffOf,
    supervisors,
    /** Of these, whoever may decide on what is of that officer or department. */
    notNear: async (it: Concerning, officerIds: readonly string[]): Promise<readonly string[]> => {
      const people = await officers(officerIds)
      return officerIds.filter(officerId => !isNear(it, { officerId, departmentId: people.get(officerId)?.departmentId, roles: people.get(officerId)?.roles ?? [] }))
    },
    administrators: async (): Promise<readonly string[]> => (await all(table.query({ partition: 'ADMINISTRATORS' }))).map(item => opened('staff', item).officerId),
    staff,
    /** The same of these departments, each by its code. */
    staffOfEach: async (departmentIds: readonly string[], leadingGroup: readonly string[], adminEmail: string): Promise<StaffOf> => {
      const read = new Map(await Promise.all(departmentIds.map(async id => [id, await staff(id, leadingGroup, adminEmail)] as const)))
      return departmentId => read.get(departmentId) ?? unread(departmentId)
    },
  }
}
export type RosterStore = ReturnType<typeof rosterStore>

/** The lists of the roster, as queries for `list`. */
export const rosterQueries = {
  departments: { index: 'all', partition: 'DEPARTMENTS' },
  officers: { index: 'all', partition: 'OFFICERS' },
  officersOf: (departmentId: string) => ({ index: 'department', partition: `OFFICERS#${departmentId}` }) as const,
  /** Who has gone over to another department since that day, in order. */
  movesAfter: (date: LocalDate) => ({ index: 'all', partition: 'MOVES', from: addDays(date, 1) }) as const,
  enterprises: { index: 'all', partition: 'ENTERPRISES' },
  pairingsOfOfficer: (officerId: string) => ({ partition: `OFFICER#${officerId}`, from: 'PAIRING#', to: 'PAIRING#~' }) as const,
  pairingsOfEnterprise: (enterpriseId: string) => ({ index: 'enterprise', partition: `PAIRINGS#${enterpriseId}` }) as const,
  /** Every pairing of the district, in order of officer and enterprise within each shard. */
  pairingShards: shards.map(shard => ({ index: 'all', partition: `PAIRINGS#${shard}` }) as const),
} satisfies Record<string, Query | readonly Query[] | ((id: string) => Query)>
