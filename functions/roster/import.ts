import * as z from 'zod/mini'
import { roles as allRoles } from '../../shared/contract/operation.ts'
import type { Fault } from '../../shared/contract/problem.ts'
import { rejectedAtMost, type ImportKind, type RejectedRow } from '../../shared/contract/roster.ts'
import { newPairing, overlapping, pairingIdOf } from '../../shared/roster/pairing.ts'
import type { LocalDate } from '../../shared/calendar/date.ts'
import { changesAdministration, codeSuitsKind, departmentSchema, enterpriseSchema, exampleOfCode, leavesNoAdministrator, officerSchema, otherHolder, pairingSchema, type Pairing } from '../../shared/roster/roster.ts'
import { enterpriseWrites } from '../adapters/link-store.ts'
import {
  administrationKey,
  administrationWrite,
  departmentWrite,
  departmentKey,
  enterpriseKey,
  holderOf,
  identityKey,
  officerKey,
  newPairingWrites,
  moveWrites,
  officerWrites,
  pairedKey,
  pairingKey,
  rosterQueries,
  rosterStore,
} from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, transactionLimit, type Item, type Key, type Table, type Write } from '../adapters/table.ts'
import type { Language } from '../http/language.ts'
import { faultMessage, faultsOf } from '../http/problem-details.ts'
import type { ImportRow } from './import-file.ts'

/** What an import comes to: the rows it would not take, or the changes of those it takes, each to be written whole. */
interface Checked {
  readonly faults: readonly { readonly row: number; readonly fault: Fault }[]
  /** One entry for each row that changes something. */
  readonly changes: readonly (readonly Write[])[]
}

interface Given {
  readonly adminEmail: string
  readonly now: number
  readonly today: LocalDate
}

/** Checks the whole file; then writes what differs from what is there. One bad row, and nothing is written. */
export const importRows = async (
  table: Table,
  kind: ImportKind,
  rows: readonly ImportRow[],
  { dryRun, language, ...given }: { readonly dryRun: boolean; readonly language: Language } & Given,
): Promise<{ accepted: number; rejected: RejectedRow[]; more?: number }> => {
  const { faults: found, changes } = await checks[kind](table, rows, given)
  if (found.length > 0) {
    const fromTheTop = [...found].sort((one, other) => one.row - other.row).slice(0, rejectedAtMost)
    const more = found.length - fromTheTop.length
    return { accepted: 0, rejected: fromTheTop.map(({ row, fault }) => rejectedRow(row, fault, language)), ...(more === 0 ? {} : { more }) }
  }
  // A file breaks off between two rows at worst, never within one; sending it again writes the rest.
  if (!dryRun) for (const writes of packed(changes)) await table.commit(writes)
  return { accepted: rows.length, rejected: [] }
}

const rejectedRow = (row: number, fault: Fault, language: Language): RejectedRow => ({
  row,
  column: fault.path,
  code: fault.code,
  message: faultMessage(fault, language),
})

/** As many rows in a transaction as DynamoDB takes. */
const packed = (changes: readonly (readonly Write[])[], limit = transactionLimit): readonly Write[][] => {
  const packs: Write[][] = []
  let open: Write[] = []
  for (const writes of changes) {
    if (open.length + writes.length > limit) packs.push((open = []))
    else if (packs.length === 0) packs.push(open)
    open.push(...writes)
  }
  return packs
}

interface Parsed<T> {
  readonly row: number
  readonly value: T
}

/** The rows that are of the schema, and the faults of those that are not. Column names stand for field names. */
const parseRows = <S extends z.ZodMiniType>(
  rows: readonly ImportRow[],
  schema: S,
  input: (cells: ImportRow['cells']) => unknown,
  columnOf: Readonly<Record<string, string>> = {},
) => {
  const values: Parsed<z.output<S>>[] = []
  const found: { row: number; fault: Fault }[] = []
  for (const { row, cells } of rows) {
    const parsed = schema.safeParse(input(cells), { reportInput: true })
    if (parsed.success) values.push({ row, value: parsed.data })
    else
      for (const fault of faultsOf(parsed.error)) {
        const field = fault.path.split('.')[0] ?? ''
        found.push({ row, fault: { ...fault, path: columnOf[field] ?? field } })
      }
  }
  return { values, found }
}

/** Rows whose key an earlier row has already. */
const repeated = <T>(values: readonly Parsed<T>[], keyOf: (value: T) => string, path: string): { row: number; fault: Fault }[] => {
  const seen = new Set<string>()
  return values.flatMap(({ row, value }) => {
    const key = keyOf(value)
    if (seen.has(key)) return [{ row, fault: { path, code: 'duplicate-value' as const } }]
    seen.add(key)
    return []
  })
}

const sameContent = (one: unknown, other: unknown): boolean => JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(other))
const sortedKeys = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

const readByKey = async (table: Table, keys: readonly Key[]): Promise<(Item | undefined)[]> => [...(await table.getAll(keys))]

const checkDepartments = async (table: Table, rows: readonly ImportRow[]): Promise<Checked> => {
  const { values, found } = parseRows(rows, departmentSchema, cells => cells)
  const items = await readByKey(table, values.map(({ value }) => departmentKey(value.departmentId)))
  return {
    faults: [...found, ...repeated(values, value => value.departmentId, 'departmentId')],
    changes: values.flatMap(({ value }, at) => {
      const item = items[at]
      return item !== undefined && sameContent(opened('department', item), value) ? [] : [[departmentWrite(value, item)]]
    }),
  }
}

/** One more than there are is enough to be refused; a cell of a megabyte would have a million faults. */
const rolesIn = (cell: string): readonly string[] =>
  cell.split(/[;；]/).map(role => role.trim()).filter(role => role !== '').slice(0, allRoles.length + 1)

const checkOfficers = async (table: Table, rows: readonly ImportRow[], { adminEmail, today }: Given): Promise<Checked> => {
  const { values, found } = parseRows(
    rows,
    officerSchema,
    ({ staffNo, roles, ...cells }) => ({ ...cells, officerId: staffNo, ...(roles === undefined ? {} : { roles: rolesIn(roles) }) }),
    { officerId: 'staffNo' },
  )
  const administration = await table.get(administrationKey)
  const before = await readByKey(table, values.map(({ value }) => officerKey(value.officerId)))
  const identities = await readByKey(table, values.map(({ value }) => identityKey(value.email)))
  const givenUp = await readByKey(table, values.map(({ value }, at) => identityKey(openedMaybe('officer', before[at])?.email ?? value.email)))
  const departments = await readByKey(table, values.map(({ value }) => departmentKey(value.departmentId)))
  const referring = values.flatMap(({ row, value }, at): { row: number; fault: Fault }[] => {
    const holder = otherHolder(value, holderOf(identities[at]))
    return [
      ...(departments[at] === undefined ? [{ row, fault: { path: 'departmentId', code: 'not-found' } as const }] : []),
      ...(holder === undefined ? [] : [{ row, fault: { path: 'email', code: 'in-use', values: { officerId: holder.officerId } } as const }]),
    ]
  })
  // The file does not say who has left; a list of last month must not give anybody their rights back.
  const entered = values.map(({ row, value }, at) => ({ row, value: { ...value, active: openedMaybe('officer', before[at])?.active ?? true } }))
  const isLast = leavesNoAdministrator(entered.map(({ value }) => value), await rosterStore(table).administrators(), adminEmail)
  const losing = entered.filter(({ value }, at) => value.email === adminEmail.toLowerCase() || openedMaybe('officer', before[at])?.roles.includes('admin'))
  return {
    faults: [
      ...found,
      ...repeated(values, value => value.officerId, 'staffNo'),
      ...repeated(values, value => value.email, 'email'),
      ...referring,
      ...(isLast ? losing.map(({ row }) => ({ row, fault: { path: 'roles', code: 'no-administrator' } as const })) : []),
    ],
    changes: withAdministration(
      entered.flatMap(({ value }, at) => {
        const item = before[at]
        if (item !== undefined && sameContent(opened('officer', item), value)) return []
        const isOfAdministration = changesAdministration(value, openedMaybe('officer', item), adminEmail)
        return [{ writes: [...officerWrites(value, item, identities[at], givenUp[at]), ...moveWrites(value, item, today)], isOfAdministration }]
      }),
      administration,
    ),
  }
}

/**
 * Rows that bear on who administers come first, as many together as a transaction holds, each lot with the item by which
 * another change at the same time is noticed.
 */
const withAdministration = (rows: readonly { readonly writes: readonly Write[]; readonly isOfAdministration: boolean }[], item: Item | undefined): readonly (readonly Write[])[] => {
  const [bearing, others] = [rows.filter(row => row.isOfAdministration), rows.filter(row => !row.isOfAdministration)]
  const lots = packed(bearing.map(({ writes }) => writes), transactionLimit - 1)
  return [...lots.map((writes, at) => [...writes, administrationWrite(item, at + 1)]), ...others.map(({ writes }) => writes)]
}

const checkEnterprises = async (table: Table, rows: readonly ImportRow[], { now }: Given): Promise<Checked> => {
  const { values, found } = parseRows(rows, enterpriseSchema, cells => cells)
  const items = await readByKey(table, values.map(({ value }) => enterpriseKey(value.enterpriseId)))
  return {
    faults: [
      ...found,
      ...repeated(values, value => value.enterpriseId, 'enterpriseId'),
      ...values.flatMap(({ row, value }) => (codeSuitsKind(value) ? [] : [{ row, fault: { path: 'enterpriseId', code: 'bad-format', values: { example: exampleOfCode(value.kind) } } as const }])),
    ],
    changes: await Promise.all(
      values.flatMap(({ value }, at) => {
        const before = openedMaybe('enterprise', items[at])
        // An empty cell says nothing of the contact, so it takes nothing away.
        const { contactName, contactEmail, contactPhone } = before ?? {}
        const entered = { ...withoutGaps({ contactName, contactEmail, contactPhone }), ...value }
        return before !== undefined && sameContent(before, entered) ? [] : [enterpriseWrites(table, entered, items[at], now)]
      }),
    ),
  }
}

const withoutGaps = (contact: { contactName?: string | undefined; contactEmail?: string | undefined; contactPhone?: string | undefined }) =>
  Object.fromEntries(Object.entries(contact).filter(([, said]) => said !== undefined))

const pairingRow = z.omit(pairingSchema, { pairingId: true, endsOn: true })

const checkPairings = async (table: Table, rows: readonly ImportRow[]): Promise<Checked> => {
  const { values, found } = parseRows(rows, pairingRow, ({ staffNo, ...cells }) => ({ ...cells, officerId: staffNo }), { officerId: 'staffNo' })
  const officers = await readByKey(table, values.map(({ value }) => officerKey(value.officerId)))
  const enterprises = await readByKey(table, values.map(({ value }) => enterpriseKey(value.enterpriseId)))
  const paired = await readByKey(table, values.map(({ value }) => pairedKey(value)))
  const there = await readByKey(table, values.map(({ value }) => pairingKey(value)))
  // Where two have never been paired there is nothing to overlap; an officer's pairings are read only where they have.
  const toLookInto = values.filter((_, at) => there[at] === undefined && paired[at] !== undefined)
  const held = await pairingsByOfficer(table, toLookInto.map(({ value }) => value.officerId))
  const outcomes = values.map(({ row, value }, at) => {
    const pairing = newPairing(value)
    const others = held.get(value.officerId) ?? []
    if (there[at] !== undefined || others.some(other => other.pairingId === pairing.pairingId)) return { row, faults: [] }
    const clash = overlapping(pairing, others)
    // Rows of one file must not overlap one another either.
    held.set(value.officerId, [...others, pairing])
    const rowFaults: Fault[] = [
      ...(officers[at] === undefined ? [{ path: 'staffNo', code: 'not-found' } as const] : []),
      ...(openedMaybe('officer', officers[at])?.active === false ? [{ path: 'staffNo', code: 'left' } as const] : []),
      ...(openedMaybe('officer', officers[at])?.roles.includes('officer') === false ? [{ path: 'staffNo', code: 'no-officer' } as const] : []),
      ...(enterprises[at] === undefined ? [{ path: 'enterpriseId', code: 'not-found' } as const] : []),
      ...(clash === undefined ? [] : [{ path: 'startsOn', code: 'conflict', values: { pairingId: clash.pairingId } } as const]),
    ]
    return { row, faults: rowFaults, writes: newPairingWrites(pairing, paired[at]) }
  })
  return {
    faults: [
      ...found,
      ...repeated(values, pairingIdOf, 'enterpriseId'),
      ...outcomes.flatMap(({ row, faults: rowFaults }) => rowFaults.map(fault => ({ row, fault }))),
    ],
    changes: outcomes.flatMap(({ writes }) => (writes === undefined ? [] : [writes])),
  }
}

/** The pairings of each officer named. Few officers of a file have more than a handful. */
const pairingsByOfficer = async (table: Table, officerIds: readonly string[]): Promise<Map<string, Pairing[]>> => {
  const held = new Map<string, Pairing[]>()
  const waiting = [...new Set(officerIds)]
  const readOn = async (): Promise<void> => {
    for (let officerId = waiting.pop(); officerId !== undefined; officerId = waiting.pop())
      held.set(officerId, (await all(table.query(rosterQueries.pairingsOfOfficer(officerId)))).map(item => opened('pairing', item)))
  }
  await Promise.all(Array.from({ length: 16 }, readOn))
  return held
}

const checks: Record<ImportKind, (table: Table, rows: readonly ImportRow[], given: Given) => Promise<Checked>> = {
  departments: checkDepartments,
  officers: checkOfficers,
  enterprises: checkEnterprises,
  pairings: checkPairings,
}
