/** Exports so many rows (the argument) of each book in a process of its own, and prints what it took as JSON. */
import { exportHandlers } from '../../functions/exports/handler.ts'
import type { Table } from '../../functions/adapters/table.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import type { Reach } from '../../shared/contract/operation.ts'
import { at, zone } from '../mothers/moment.ts'
import { generatedDistrict } from './generated-books.ts'

const rows = Number(process.argv[2])
const limits = { ledgerRows: Infinity, visitRows: Infinity, quotaRows: Infinity, bytes: Infinity }
const request = { caller: { officerId: 'office', departmentId: 'D-00', roles: ['supervisor'] }, reaches: new Set<Reach>(['any']), now: at('2026-04-01 10:00'), language: 'zh', mark: '', seenVersion: undefined, paging: { limit: 50, boundTo: '' }, params: undefined, body: undefined } as const

const exporting = (table: Table) => {
  const { exportLedger, exportQuota, exportVisits } = exportHandlers({ table, cursors: cursorsWith('a secret of the bench'), timeZone: zone }, limits)
  return {
    ledger: async () => (await exportLedger({ ...request, query: {} })).body.content.byteLength,
    quota: async () => (await exportQuota({ ...request, query: { month: '2026-03' } })).body.content.byteLength,
    visits: async () => (await exportVisits({ ...request, query: { month: '2026-03' } })).body.content.byteLength,
  }
}

const live = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** The district, looked at a hundred times while it is read. */
const watched = (table: Table, look: () => void): Table => {
  let taken = 0
  return {
    ...table,
    query: async function* (query) {
      for await (const item of table.query(query)) {
        if ((taken += 1) % Math.ceil((2 * rows) / 100) === 0) look()
        yield item
      }
    },
  }
}

const measured = async (name: 'ledger' | 'quota' | 'visits') => {
  const start = performance.now()
  const bytes = await exporting(generatedDistrict(rows))[name]()
  const seconds = (performance.now() - start) / 1_000
  const before = live()
  let peak = before
  await exporting(watched(generatedDistrict(rows), () => {
    peak = Math.max(peak, live())
  }))[name]()
  return { bytes, seconds, peakHeap: (peak - before) / 1_024 / 1_024 }
}

console.log(JSON.stringify({ ledger: await measured('ledger'), visits: await measured('visits'), quota: await measured('quota') }))
