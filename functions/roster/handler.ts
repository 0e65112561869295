import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import type { rosterOperations } from '../../shared/contract/roster.ts'
import { oneOf, Problem } from '../../shared/contract/problem.ts'
import { planMail } from '../../shared/mail/notice.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { demandNoOverlap, endPairing, newPairing, pairingOn } from '../../shared/roster/pairing.ts'
import { changesAdministration, codeSuitsKind, leavesNoAdministrator, otherHolder, type Officer } from '../../shared/roster/roster.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { administrationKey, administrationWrite, departmentKey, departmentWrite, enterpriseKey, holderOf, identityKey, moveWrites, newPairingWrites, officerKey, officerWrites, pairedKey, pairedWrite, pairingItem, pairingKeyOfId, rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { enterpriseWrites, revocationWrite } from '../adapters/link-store.ts'
import { opened, openedMaybe, versionAfter, versionOf } from '../adapters/stored.ts'
import type { Item } from '../adapters/table.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { readImportFile } from './import-file.ts'
import { importRows } from './import.ts'

export const rosterHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof rosterOperations> => {
  const roster = rosterStore(table)

  /** The item of the officer's address, if nobody else holds it. */
  const readFreeIdentity = async (officer: Pick<Officer, 'officerId' | 'email'>): Promise<Item | undefined> => {
    const identity = await table.get(identityKey(officer.email))
    const other = otherHolder(officer, holderOf(identity))
    if (other !== undefined) throw new Problem('email-taken', { email: officer.email, officerId: other.officerId })
    return identity
  }

  const demandDepartment = async (id: string): Promise<void> => {
    if ((await roster.department(id)) === undefined) throw new Problem('department-not-found', { id })
  }

  /** An enterprise whose officer the caller is today, where their reach is their own. */
  const readEnterprise = async ({ params, caller, reaches, now }: Pick<ApiRequest, 'caller' | 'reaches' | 'now'> & { readonly params: { readonly enterpriseId: string } }): Promise<Item> => {
    const pair = { officerId: caller.officerId, enterpriseId: params.enterpriseId }
    const isPaired = async () => pairingOn(await roster.pairingsOf(pair.officerId), pair, localDateOf(now, timeZone)) !== undefined
    demandWithin(reaches, caller, { officers: reaches.has('any') || (await isPaired()) ? [caller.officerId] : [] })
    const item = await table.get(enterpriseKey(params.enterpriseId))
    if (item === undefined) throw new Problem('enterprise-not-found', { id: params.enterpriseId })
    return item
  }

  return {
    putDepartment: async ({ params, body, seenVersion }) => {
      const department = { ...params, ...body }
      const before = await table.get(departmentKey(params.departmentId))
      demandSeen(seenVersion, versionOf(before))
      return { body: department, version: versionAfter(before), writes: [departmentWrite(department, before)] }
    },
    getDepartment: async ({ params }) => {
      const item = await table.get(departmentKey(params.departmentId))
      if (item === undefined) throw new Problem('department-not-found', { id: params.departmentId })
      return { body: opened('department', item), version: versionOf(item) }
    },
    listDepartments: async ({ paging }) => ({
      body: await listPage(table, rosterQueries.departments, paging, cursors, item => opened('department', item)),
    }),

    putOfficer: async ({ params, body, seenVersion, now }) => {
      const entered = { ...params, ...body }
      const [before, identity, administration] = await Promise.all([
        table.get(officerKey(entered.officerId)),
        readFreeIdentity(entered),
        table.get(administrationKey),
        demandDepartment(entered.departmentId),
      ])
      demandSeen(seenVersion, versionOf(before))
      const previous = openedMaybe('officer', before)
      // Who has left comes back only where that is said.
      const officer: Officer = { ...entered, active: entered.active ?? previous?.active ?? true }
      const isOfAdministration = changesAdministration(officer, previous, adminEmail)
      if (isOfAdministration && leavesNoAdministrator([officer], await roster.administrators(), adminEmail)) throw new Problem('last-administrator')
      const givenUp = previous === undefined || previous.email === officer.email ? undefined : await table.get(identityKey(previous.email))
      const writes = [
        ...officerWrites(officer, before, identity, givenUp),
        ...moveWrites(officer, before, localDateOf(now, timeZone)),
        ...(isOfAdministration ? [administrationWrite(administration)] : []),
      ]
      return { body: officer, version: versionAfter(before), writes }
    },
    getOfficer: async ({ params }) => {
      const item = await table.get(officerKey(params.officerId))
      if (item === undefined) throw new Problem('officer-not-found', { id: params.officerId })
      return { body: opened('officer', item), version: versionOf(item) }
    },
    listOfficers: async ({ query, paging }) => {
      const source = query.departmentId === undefined ? rosterQueries.officers : rosterQueries.officersOf(query.departmentId)
      return { body: await listPage(table, source, paging, cursors, item => opened('officer', item)) }
    },

    putEnterprise: async ({ params, body, seenVersion, now }) => {
      const enterprise = { ...params, ...body }
      if (!codeSuitsKind(enterprise)) throw new Problem('enterprise-code-mismatch')
      const item = await table.get(enterpriseKey(enterprise.enterpriseId))
      demandSeen(seenVersion, versionOf(item))
      return { body: enterprise, version: versionAfter(item), writes: await enterpriseWrites(table, enterprise, item, now) }
    },
    revokeLinks: async ({ params: { enterpriseId }, now }) => {
      if ((await roster.enterprise(enterpriseId)) === undefined) throw new Problem('enterprise-not-found', { id: enterpriseId })
      return { body: { enterpriseId, revokedAt: toRfc3339(now, timeZone) }, writes: [await revocationWrite(table, enterpriseId, now)] }
    },
    sendLink: async request => {
      const { caller, now, mark } = request
      const { enterpriseId, contactEmail } = opened('enterprise', await readEnterprise(request))
      if (contactEmail === undefined) throw new Problem('no-contact-address', { id: enterpriseId })
      const mail = planMail({ kind: 'enterprise-link', enterpriseId, by: caller.officerId, request: mark }, `enterprise:${enterpriseId}`, 'act')
      return { body: { enterpriseId, sentAt: toRfc3339(now, timeZone) }, writes: planWrites([mail], now) }
    },
    getEnterprise: async request => {
      const item = await readEnterprise(request)
      return { body: opened('enterprise', item), version: versionOf(item) }
    },
    listEnterprises: async ({ paging }) => ({
      body: await listPage(table, rosterQueries.enterprises, paging, cursors, item => opened('enterprise', item)),
    }),

    createPairing: async ({ body }) => {
      const pairing = newPairing(body)
      const paired = await table.get(pairedKey(pairing))
      const [officer, enterprise, others] = await Promise.all([
        roster.officer(body.officerId),
        roster.enterprise(body.enterpriseId),
        roster.pairingsOf(body.officerId),
      ])
      if (officer === undefined) throw new Problem('officer-not-found', { id: body.officerId })
      if (!officer.active) throw new Problem('officer-left', { id: body.officerId })
      if (!officer.roles.includes('officer')) throw new Problem('not-an-officer', { id: body.officerId })
      if (enterprise === undefined) throw new Problem('enterprise-not-found', { id: body.enterpriseId })
      demandNoOverlap(pairing, others)
      return { body: pairing, writes: newPairingWrites(pairing, paired) }
    },
    endPairing: async ({ params, body, now }) => {
      const key = pairingKeyOfId(params.pairingId)
      const item = key === undefined ? undefined : await table.get(key)
      if (item === undefined) throw new Problem('pairing-not-found', { id: params.pairingId })
      const pairing = opened('pairing', item)
      const paired = await table.get(pairedKey(pairing))
      const ended = endPairing(pairing, body.endsOn, openedMaybe('paired', paired)?.lastVisitedOn, localDateOf(now, timeZone))
      const version = Number(item['version'])
      return { body: ended, writes: [{ put: pairingItem(ended, version + 1), when: { version } }, pairedWrite(pairing, paired)] }
    },
    listPairings: async ({ query, caller, reaches, paging }) => {
      const officerId = query.officerId ?? (reaches.has('any') ? undefined : caller.officerId)
      if (officerId !== undefined) demandWithin(reaches, caller, { officers: [officerId] })
      if (officerId === undefined && query.enterpriseId === undefined) throw new Problem('filter-required', { filters: oneOf(['officerId', 'enterpriseId']) })
      const source =
        officerId !== undefined ? rosterQueries.pairingsOfOfficer(officerId) : rosterQueries.pairingsOfEnterprise(query.enterpriseId ?? '')
      return {
        body: await listPage(table, source, paging, cursors, item => {
          const pairing = opened('pairing', item)
          return query.enterpriseId === undefined || pairing.enterpriseId === query.enterpriseId ? pairing : undefined
        }),
      }
    },

    importRoster: async ({ params, query, body, language, now }) => ({
      body: await importRows(table, params.kind, readImportFile(params.kind, body), { dryRun: query.dryRun === 'true', language, adminEmail, now, today: localDateOf(now, timeZone) }),
    }),
  }
}
