import { departmentKey, enterpriseKey, officerKey } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Item, Key, Table } from '../adapters/table.ts'

/** Whose names a batch of rows needs, by their codes. */
export interface Named {
  readonly enterprises?: readonly string[]
  readonly officers?: readonly string[]
  readonly departments?: readonly string[]
}

/**
 * What the roster calls whom it knows by a code. Each code is looked up once, however many rows have it, together with the
 * others of its batch; only names are kept, no more of them than an export has rows.
 */
export const namesIn = (table: Table) => {
  const names = new Map<string, string>()
  const departmentsOf = new Map<string, string>()

  const keep = ({ pk }: Key, item: Item | undefined): void => {
    // A code that is nobody's is not looked up again.
    names.set(pk, item === undefined ? pk.slice(pk.indexOf('#') + 1) : nameIn(item))
    if (item?.['shape'] === 'officer') departmentsOf.set(pk, opened('officer', item).departmentId)
  }

  const read = async (keys: readonly Key[]): Promise<void> => {
    const wanted = [...new Map(keys.filter(({ pk }) => !names.has(pk)).map(key => [key.pk, key])).values()]
    for (const [at, item] of (await table.getAll(wanted)).entries()) {
      const key = wanted[at]
      if (key !== undefined) keep(key, item)
    }
  }

  const departmentOf = (officerId: string): string | undefined => departmentsOf.get(officerKey(officerId).pk)
  const named = (key: Key, code: string): string => names.get(key.pk) ?? code
  const department = (id: string): string => named(departmentKey(id), id)

  return {
    /** Has all these names at hand, and those of the officers' departments. */
    learn: async ({ enterprises = [], officers = [], departments = [] }: Named): Promise<void> => {
      await read([...enterprises.map(enterpriseKey), ...officers.map(officerKey), ...departments.map(departmentKey)])
      await read(officers.flatMap(id => departmentOf(id) ?? []).map(departmentKey))
    },
    enterprise: (id: string): string => named(enterpriseKey(id), id),
    officer: (id: string): string => named(officerKey(id), id),
    department,
    /** The department the officer belongs to today. */
    departmentOfOfficer: (id: string): string => {
      const departmentId = departmentOf(id)
      return departmentId === undefined ? '' : department(departmentId)
    },
  }
}

const nameIn = (item: Item): string => {
  switch (item['shape']) {
    case 'enterprise':
      return opened('enterprise', item).name
    case 'officer':
      return opened('officer', item).name
    default:
      return opened('department', item).name
  }
}
