import { expect, test } from 'vitest'
import { sheetView, type Detail } from '../../functions/assessments/view.ts'
import { aRecord, aSheet, anAssessment, inputsOf, pairings } from '../mothers/assessment.ts'
import { zone } from '../mothers/moment.ts'

const flag = aRecord('flag/denied.1001.20260309.abc', { flagsUpheld: 1 })
const inputs = inputsOf([...pairings(1, 1), flag])
const kept = aSheet(inputs, { appeals: [{ component: 'flags', reason: '有误', by: '1001', at: 0, decision: { outcome: 'granted', remark: '属实', by: 's1', at: 0, recordId: flag.id } }] })
const shown = (detail: Detail) => sheetView({ kept, inputs }, anAssessment(), zone, detail)

test('to whom a sheet is of, everything is shown but which visits were flagged: that tells what an enterprise has said', () => {
  expect(JSON.stringify(shown('all'))).toContain('denied')
  const own = shown('own')
  expect(JSON.stringify(own)).not.toContain('denied')
  expect(own.components.find(({ component }) => component === 'flags')).toMatchObject({ adjusted: { count: 1, records: [] } })
  expect(own.components.find(({ component }) => component === 'quota')?.counted.records).toHaveLength(1)
  expect(own.appealed).toMatchObject([{ component: 'flags', decision: { outcome: 'granted' } }])
  // By the hash, whoever knows all the rest could try which visit it was.
  expect([shown('all').hash, own.hash]).toEqual([kept.hash, undefined])
})
