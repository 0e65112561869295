import type { Assessment, KeptSheet } from '../../shared/assessment/assessment.ts'
import { assess, type SheetInputs, type SheetRecord } from '../../shared/assessment/sheet.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { at } from './moment.ts'

export const aRecord = (id: string, amounts: SheetRecord['amounts'], leftOut?: SheetRecord['leftOut']): SheetRecord => ({ id, amounts, ...(leftOut === undefined ? {} : { leftOut }) })

/** So many pairing months that owe visits, the first of which kept the quota. */
export const pairings = (owed: number, fulfilled: number): readonly SheetRecord[] =>
  Array.from({ length: owed }, (_, nth) => aRecord(`pairing/2026-01/1001/${String(nth).padStart(3, '0')}`, { pairingsOwed: 1, ...(nth < fulfilled ? { pairingsFulfilled: 1 } : {}) }))

/** Of officer 1001 in the first half of 2026, under the default policy. */
export const inputsOf = (records: readonly SheetRecord[], subject: Subject = { officerId: '1001' }): SheetInputs => ({
  period: '2026-H1',
  subject,
  rules: 'officerId' in subject ? defaultPolicy.assessment.officer : defaultPolicy.assessment.department,
  records: [...records],
})

export const aSheet = (inputs: SheetInputs, but: Partial<KeptSheet> = {}): KeptSheet => ({
  period: inputs.period,
  version: 1,
  drawing: 1,
  subject: inputs.subject,
  departmentId: 'D-01',
  sheet: assess(inputs),
  hash: 'h',
  parts: 1,
  appeals: [],
  ...but,
})

/** Drawn up on Monday 2026-07-06, and nothing is being done on it. */
export const anAssessment = (but: Partial<Assessment> = {}): Assessment => ({
  period: '2026-H1',
  version: 3,
  status: 'draft',
  drawing: 1,
  drawnAt: at('2026-07-06 10:00'),
  drawnBy: 's1',
  policyVersion: 0,
  rules: { officer: defaultPolicy.assessment.officer, department: defaultPolicy.assessment.department },
  officers: 1,
  departments: 1,
  appeals: 0,
  appealsOpen: 0,
  ...but,
})
