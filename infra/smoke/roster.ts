import { importColumns, importKinds, importRoster, listOfficers, type ImportKind } from '../../shared/contract/roster.ts'
import type { Role } from '../../shared/contract/operation.ts'
import { checkCharacter } from '../../shared/roster/credit-code.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { PlainError } from '../plain-error.ts'
import type { Caller } from './caller.ts'

/** Every record of a smoke test says what it is, in its key and in its name. */
export const departmentId = 'SMOKE'
export const officerId = 'smoke-1'
export const handlerId = 'smoke-2'

/** No district has the code 000000, so no enterprise has this code; its check character is right all the same. */
const first17 = '91000000TRY000001'
export const enterpriseId = first17 + checkCharacter(first17)

/** The administrator who runs the test, as the roster is to know them. */
export interface Self {
  readonly staffNo: string
  readonly email: string
}

/** `success@host` becomes `success+smoke-1@host`: mail for everybody, each with an address of their own. */
const tagged = (address: string, tag: string): string => address.replace(/@(?=[^@]*$)/, `+${tag}@`)

const selfRow = ({ staffNo, email }: Self, roles: readonly Role[]): readonly string[] => [staffNo, '冒烟测试管理员', email, departmentId, roles.join(';')]

type Rows = readonly (readonly string[])[]

/** The files of the smoke district. Without `self`, the roster goes on not to know who runs the test. */
export const rosterFiles = ({ mailTo, startsOn, self }: { readonly mailTo: string; readonly startsOn: string; readonly self: Self | undefined }): Record<ImportKind, Rows> => ({
  departments: [[departmentId, '冒烟测试（非真实部门）']],
  officers: [
    [officerId, '冒烟测试干部', tagged(mailTo, officerId), departmentId, 'officer'],
    // One person for both, so that the mail for either goes nowhere else.
    [handlerId, '冒烟测试经办人', tagged(mailTo, handlerId), departmentId, 'handler;director'],
    ...(self === undefined ? [] : [selfRow(self, ['admin'])]),
  ],
  enterprises: [[enterpriseId, 'company', '冒烟测试企业（非真实企业）', '冒烟测试联系人', mailTo, '']],
  pairings: [[officerId, enterpriseId, startsOn]],
})

/** Imports one file. @throws PlainError naming the first row that was not taken */
const importRows = async (admin: Caller, kind: ImportKind, rows: Rows): Promise<void> => {
  const body = [importColumns[kind], ...rows].map(row => row.join(',')).join('\r\n')
  const { rejected } = (await admin.ask(importRoster, { params: { kind }, body })).body
  const [first] = rejected
  if (first !== undefined) throw new PlainError(`the import of ${kind} rejects row ${first.row}, ${first.column}: ${first.message} (${first.code})`)
}

export const importFiles = async (admin: Caller, files: Record<ImportKind, Rows>): Promise<true> => {
  for (const kind of importKinds) await importRows(admin, kind, files[kind])
  return true
}

/** Gives whoever runs the test these roles, by an import like any other. */
export const enterSelf = async (admin: Caller, self: Self, roles: readonly Role[]): Promise<void> => {
  await importRows(admin, 'officers', [selfRow(self, roles)])
}

/**
 * The record that the administrator can have for the test: a new one, or that of an earlier run. A real person's is
 * left alone.
 * @throws PlainError if that is what there is
 */
export const recordForSelf = async (admin: Caller, email: string | undefined, staffNo: string): Promise<Self> => {
  if (email === undefined) throw new PlainError('the token carries no email, by which the first administrator is known')
  const officers = await allOfficers(admin)
  const holder = officers.find(officer => officer.email === email) ?? officers.find(officer => officer.officerId === staffNo)
  if (holder === undefined) return { staffNo, email }
  if (holder.departmentId === departmentId && holder.email === email) return { staffNo: holder.officerId, email }
  throw new PlainError(
    holder.email === email
      ? `the roster has ${email} already, as ${holder.officerId} in department ${holder.departmentId}: that record is not touched; use a token of an administrator whom the roster does not know`
      : `${staffNo} is somebody else's staff number: give another with --staff-no`,
  )
}

const allOfficers = async (admin: Caller): Promise<readonly Officer[]> => {
  const officers: Officer[] = []
  let cursor: string | undefined
  do {
    const { body } = await admin.ask(listOfficers, { query: { limit: '200', ...(cursor === undefined ? {} : { cursor }) } })
    officers.push(...body.items)
    cursor = body.nextCursor
  } while (cursor !== undefined)
  return officers
}
