import { createHash } from 'node:crypto'
import type { Month } from '../../shared/calendar/date.ts'
import type { QuotaRecord } from '../../shared/visit/quota.ts'
import { tasksOfExemption } from '../../shared/supervision/task.ts'
import type { Exemption, ExemptionScope } from '../../shared/visit/exemption.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { shardOf, shards } from './shard.ts'
import { opened, openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import { all, type Item, type Key, type Table, type Write } from './table.ts'
import { taskWrites } from './task-store.ts'

const visitKey = (visit: Pick<Visit, 'officerId' | 'visitedOn' | 'visitId'>): Key => ({
  pk: `VISITS#${visit.officerId}#${visit.visitedOn.slice(0, 7)}`,
  sk: `${visit.visitedOn}#${visit.visitId}`,
})

/** A visit's id leads to its key: who, when, and a mark of the request that recorded it. */
export const visitIdOf = (visit: Pick<Visit, 'officerId' | 'visitedOn'>, mark: string): string =>
  `${visit.officerId}.${visit.visitedOn.replaceAll('-', '')}.${mark}`

/** The key behind a visit id, or `undefined` if it cannot be one. */
export const visitKeyOfId = (visitId: string): Key | undefined => {
  const [, officerId, year, month, day] = /^([^.]+)\.(\d{4})(\d{2})(\d{2})\.[^.]+$/.exec(visitId) ?? []
  if (officerId === undefined || day === undefined) return undefined
  return visitKey({ officerId, visitedOn: `${year ?? ''}-${month ?? ''}-${day}`, visitId })
}

export const readVisit = async (table: Table, visitId: string): Promise<Visit | undefined> => {
  const key = visitKeyOfId(visitId)
  return openedMaybe('visit', key === undefined ? undefined : await table.get(key))
}

export const quotaKey = (officerId: string, enterpriseId: string, month: Month): Key => ({
  pk: `OFFICER#${officerId}`,
  sk: `QUOTA#${month}#${enterpriseId}`,
})

/**
 * An exemption's id: what was asked for, and how often it had been before. So two requests at once for the same are one,
 * even while the list of earlier ones lags behind.
 */
export const exemptionIdOf = ({ officerId, month, enterpriseId }: ExemptionScope, timesBefore: number): string =>
  createHash('sha256').update(JSON.stringify([officerId, month, enterpriseId ?? null, timesBefore])).digest('hex').slice(0, 20)

export const exemptionKey = (exemptionId: string): Key => ({ pk: `EXEMPTION#${exemptionId}`, sk: 'EXEMPTION' })

export const visitWrite = (visit: Visit): Write => ({
  put: stored('visit', visitKey(visit), visit, { enterprisePk: `VISITS#${visit.enterpriseId}`, enterpriseSk: `${visit.visitedOn}#${visit.visitId}` }),
  when: 'new',
})

/** Writes a month's record back, if it is still what was read. */
export const quotaWrite = (quota: QuotaRecord, before: Item | undefined): Write => ({
  put: stored('quota', quotaKey(quota.officerId, quota.enterpriseId, quota.month), quota, {
    version: versionAfter(before),
    allPk: `QUOTA#${quota.month}#${shardOf(quota.officerId)}`,
    allSk: `${quota.officerId}#${quota.enterpriseId}`,
  }),
  when: unchanged(before),
})

/** An exemption, on condition that it is still as it was read, and its place in the director's worklist, if that changes. */
export const exemptionWrites = (exemption: Exemption, before: Item | undefined): readonly Write[] => {
  const known = openedMaybe('exemption', before)
  const put = stored('exemption', exemptionKey(exemption.exemptionId), exemption, {
    version: versionAfter(before),
    officerPk: `EXEMPTIONS#${exemption.officerId}`,
    officerSk: `${exemption.month}#${exemption.exemptionId}`,
    departmentPk: `EXEMPTIONS#${exemption.departmentId}`,
    departmentSk: `${exemption.month}#${exemption.exemptionId}`,
  })
  return [{ put, when: unchanged(before) }, ...taskWrites(known === undefined ? [] : tasksOfExemption(known), tasksOfExemption(exemption))]
}

/** The quota records of one officer in one month; one for each enterprise visited or exempt. */
export const quotaRecordsOf = async (table: Table, officerId: string, month: Month): Promise<QuotaRecord[]> =>
  (await all(table.query({ partition: `OFFICER#${officerId}`, from: `QUOTA#${month}#`, to: `QUOTA#${month}#~` }))).map(item =>
    opened('quota', item),
  )

export const visitQueries = {
  ofOfficer: (officerId: string, month: Month) => ({ partition: `VISITS#${officerId}#${month}` }) as const,
  toEnterprise: (enterpriseId: string, month: Month) =>
    ({ index: 'enterprise', partition: `VISITS#${enterpriseId}`, from: `${month}-`, to: `${month}-~` }) as const,
  /** Every quota record of a month, in order of officer and enterprise within each shard. */
  quotaShards: (month: Month) => shards.map(shard => ({ index: 'all', partition: `QUOTA#${month}#${shard}` }) as const),
  /** An officer's quota records of these months and those between. */
  quotasBetween: (officerId: string, first: Month, last: Month) => ({ partition: `OFFICER#${officerId}`, from: `QUOTA#${first}#`, to: `QUOTA#${last}#~` }) as const,
  exemptionsOfOfficer: (officerId: string) => ({ index: 'officer', partition: `EXEMPTIONS#${officerId}` }) as const,
  exemptionsOfDepartment: (departmentId: string) => ({ index: 'department', partition: `EXEMPTIONS#${departmentId}` }) as const,
}

/** Every exemption the officer ever asked for; the list may lag a moment behind. */
export const exemptionsOf = async (table: Table, officerId: string): Promise<Exemption[]> =>
  (await all(table.query(visitQueries.exemptionsOfOfficer(officerId)))).map(item => opened('exemption', item))
