import { shippedCalendar, type Calendar } from '../../shared/calendar/working-day.ts'
import type { Case, NewCase } from '../../shared/case/case.ts'
import { openCase, type CaseDecision } from '../../shared/case/decision.ts'
import type { CaseTemplate } from '../../shared/case/template.ts'
import type { Contact } from '../../shared/issue/decision.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { creditCodeOf } from './enterprise.ts'
import { at, zone } from './moment.ts'
import { aStaff } from './staff.ts'

/** Two steps at once and one after both, in departments D-01 and D-02; D-01 hands the result over. */
export const aTemplate = (but: Partial<CaseTemplate> = {}): CaseTemplate => ({
  templateId: 'T-01',
  title: '建设工程施工许可',
  subcategory: 'construction',
  steps: [
    { stepId: 'survey', title: '现场踏勘', departmentId: 'D-01', after: [], statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'accompany' },
    { stepId: 'drawings', title: '施工图审查', departmentId: 'D-02', after: [], statutoryWorkingDays: 15, promisedWorkingDays: 5, mode: 'guide' },
    { stepId: 'permit', title: '核发许可', departmentId: 'D-01', after: ['survey', 'drawings'], statutoryWorkingDays: 7, promisedWorkingDays: 2, mode: 'act-for' },
  ],
  handover: { departmentId: 'D-01', workingDays: 1 },
  ...but,
})

interface Circumstances {
  readonly on?: string
  readonly template?: CaseTemplate
  readonly entered?: Partial<NewCase>
  readonly policy?: Policy
  readonly calendar?: Calendar
  readonly staff?: Staff
  readonly contact?: Contact
}

/** Officer 1001 opens a case, on Monday 2026-03-02 at ten unless said otherwise. */
export const opening = ({
  on = '2026-03-02 10:00', template = aTemplate(), entered = {}, policy = defaultPolicy, calendar = shippedCalendar, staff = aStaff(), contact = { contactEmail: 'office@example.com' },
}: Circumstances = {}): CaseDecision =>
  openCase(
    { templateId: template.templateId, enterpriseId: creditCodeOf(1), title: '二期厂房施工许可', ...entered },
    { by: '1001', now: at(on), numbering: { year: 2026, last: 0 }, template, officerId: '1001', policy, policyVersion: 0, calendar, timeZone: zone, contact, staffOf: () => staff },
  )

export const aCase = (circumstances: Circumstances = {}): Case => opening(circumstances).changed
