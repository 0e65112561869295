import { expect } from 'vitest'
import { importRoster, type ImportKind } from '../../../shared/contract/roster.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import type { World } from './world.ts'

/** People of a small district, by what they are. Each has one role; the address is the name's. */
export const people = {
  admin: { officerId: '0001', departmentId: 'D-02', roles: 'admin' },
  supervisor: { officerId: '0002', departmentId: 'D-02', roles: 'supervisor' },
  director: { officerId: '2001', departmentId: 'D-02', roles: 'director' },
  handler: { officerId: '2002', departmentId: 'D-02', roles: 'handler' },
  officer: { officerId: '2003', departmentId: 'D-02', roles: 'officer' },
  /** Of the officer's department. */
  colleague: { officerId: '2004', departmentId: 'D-02', roles: 'officer' },
  /** Of another department. */
  stranger: { officerId: '3003', departmentId: 'D-03', roles: 'officer' },
  'other-director': { officerId: '3001', departmentId: 'D-03', roles: 'director' },
  'other-handler': { officerId: '3002', departmentId: 'D-03', roles: 'handler' },
} as const
export type Name = keyof typeof people
const names = Object.keys(people) as Name[]

export const addressOf = (name: Name): string => `${name}@district.example`
export const idOf = (name: Name): string => people[name].officerId

/** Enterprises by whom they are paired with; the officer has two. */
export const enterpriseOf = { officer: creditCodeOf(1), second: creditCodeOf(2), colleague: creditCodeOf(3), stranger: creditCodeOf(4) } as const

/** A CSV file of these rows. */
export const csv = (...rows: readonly (readonly string[])[]): string => rows.map(row => row.join(',')).join('\r\n')

export const importRows = async (admin: Client, kind: ImportKind, ...rows: readonly (readonly string[])[]): Promise<void> => {
  const { body } = await admin.ask(importRoster, { params: { kind }, body: csv(...rows) })
  expect(body).toEqual({ accepted: rows.length - 1, rejected: [] })
}

export type District = World & { readonly [N in Name]: Client } & { readonly bootstrap: Client }

/** Fills an empty stack through the API, as an office would on its first day. Pairings start in January. */
export const foundDistrict = async (world: World, startsOn = '2026-01-01'): Promise<District> => {
  const bootstrap = await world.as('admin@example.org')
  await importRows(bootstrap, 'departments', ['departmentId', 'name'], ['D-02', '规划建设局'], ['D-03', '发展改革局'])
  await importRows(
    bootstrap,
    'officers',
    ['staffNo', 'name', 'email', 'departmentId', 'roles'],
    ...names.map(name => [idOf(name), `示例${name}`, addressOf(name), people[name].departmentId, people[name].roles]),
  )
  const admin = await world.as(addressOf('admin'))
  await importRows(
    admin,
    'enterprises',
    ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
    ...Object.entries(enterpriseOf).map(([whose, id]) => [id, 'company', `${whose}的企业`, `${whose}的联系人`, `contact-${whose}@example.com`, '02900000000']),
  )
  await importRows(
    admin,
    'pairings',
    ['staffNo', 'enterpriseId', 'startsOn'],
    ...Object.entries(enterpriseOf).map(([whose, id]) => [idOf(whose === 'second' ? 'officer' : (whose as Name)), id, startsOn]),
  )
  const clients = Object.fromEntries(await Promise.all(names.map(async name => [name, await world.as(addressOf(name))] as const))) as { [N in Name]: Client }
  return { ...world, ...clients, bootstrap }
}
