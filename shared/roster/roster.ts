import * as z from 'zod/mini'
import { code, creditCode, creditCodeExample, email, enterpriseId, fault, line, localDate, officerCode, projectCode, projectCodeExample, written } from '../contract/field.ts'
import { roles } from '../contract/operation.ts'
import { reservedActors } from './actor.ts'

/** 部门: a department of the district, by its own code. */
export const departmentSchema = z.strictObject({ departmentId: code, name: line(100) })
export type Department = z.infer<typeof departmentSchema>

/** 工号: an officer's key. */
export const staffNumber = officerCode.check(z.refine(id => !reservedActors.includes(id.toLowerCase()), fault('reserved')))

/**
 * 干部: a person in the roster, by staff number. `active: false` takes every right away at once and keeps the record.
 * E-mail addresses are compared without regard to case and belong to one person only.
 */
export const officerSchema = z.strictObject({
  officerId: staffNumber,
  name: line(50),
  email,
  departmentId: code,
  roles: z.array(z.enum(roles)).check(z.minLength(1), z.refine(held => new Set(held).size === held.length, fault('duplicate-value'))),
  active: z._default(z.boolean(), true),
})
export type Officer = z.infer<typeof officerSchema>

/** 调动: an officer goes over to another department on that day; whatever a report says of an earlier one stays with the former. */
export const moveSchema = z.strictObject({ officerId: staffNumber, fromDepartmentId: code, movedOn: localDate })
export type Move = z.infer<typeof moveSchema>

/** The department an officer belonged to on a day, by those of their moves that came after it, in order. */
export const departmentOn = (officer: Pick<Officer, 'departmentId'>, movesAfter: readonly Move[]): string => movesAfter[0]?.fromDepartmentId ?? officer.departmentId

/** Who else has the officer's address, if anybody: it belongs to one person only. `holder` has it so far. */
export const otherHolder = (officer: Pick<Officer, 'officerId'>, holder: Officer | undefined): Officer | undefined =>
  holder?.officerId === officer.officerId ? undefined : holder

const administers = ({ active, roles: held }: Officer): boolean => active && held.includes('admin')

/** Whether the entry bears on who administers: by what the officer is, or was, or by the first administrator's address. */
export const changesAdministration = (entered: Officer, previous: Officer | undefined, adminEmail: string): boolean =>
  administers(entered) !== (previous !== undefined && administers(previous)) || entered.email === adminEmail.toLowerCase()

/**
 * Whether these entries would leave nobody to administer the roster: the last administrator gone, or the first one's
 * address given to somebody who is none, after which it opens nothing any more.
 * @param administrators staff numbers of those who administer now
 */
export const leavesNoAdministrator = (entered: readonly Officer[], administrators: readonly string[], adminEmail: string): boolean => {
  const touched = new Set(entered.map(({ officerId }) => officerId))
  if (entered.some(administers) || administrators.some(id => !touched.has(id))) return false
  return administrators.length > 0 || entered.some(({ email: address }) => address === adminEmail.toLowerCase())
}

/** 企业/项目单位: keyed by its unified social credit code, or by the project code while it is a project only. */
export const enterpriseSchema = z.strictObject({
  enterpriseId,
  kind: z.enum(['company', 'project']),
  name: line(200),
  contactName: z.optional(line(50)),
  contactEmail: z.optional(email),
  contactPhone: z.optional(written(/^[0-9+][0-9 -]{4,24}$/, '029-12345678')),
})
export type Enterprise = z.infer<typeof enterpriseSchema>

const codesOfKind = {
  company: { schema: creditCode, example: creditCodeExample },
  project: { schema: projectCode, example: projectCodeExample },
} as const

/** Whether the code is of the sort its kind demands: a company has a credit code, a project a project code. */
export const codeSuitsKind = ({ enterpriseId, kind }: Pick<Enterprise, 'enterpriseId' | 'kind'>): boolean => codesOfKind[kind].schema.safeParse(enterpriseId).success

/** A code as enterprises of this kind have it. */
export const exampleOfCode = (kind: Enterprise['kind']): string => codesOfKind[kind].example

/** 一对一: officer and enterprise, from a day, until a day (both included). History is kept. */
export const pairingSchema = z.strictObject({
  pairingId: z.string(),
  officerId: officerCode,
  enterpriseId,
  startsOn: localDate,
  endsOn: z.optional(localDate),
})
export type Pairing = z.infer<typeof pairingSchema>
