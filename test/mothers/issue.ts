import { shippedCalendar, type Calendar } from '../../shared/calendar/working-day.ts'
import { dispatchIssues, type Decision } from '../../shared/issue/decision.ts'
import type { Issue, NewIssue } from '../../shared/issue/issue.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { creditCodeOf } from './enterprise.ts'
import { at, zone } from './moment.ts'
import { aStaff } from './staff.ts'

export const aNewIssue = (but: Partial<NewIssue> = {}): NewIssue => ({
  enterpriseId: creditCodeOf(1),
  category: 'facilities',
  subcategory: 'water',
  title: '园区供水压力不足',
  description: '六月以来每日上午停水两小时。',
  ...but,
})

interface Circumstances {
  readonly on?: string
  readonly submitted?: Partial<NewIssue>
  readonly policy?: Policy
  readonly policyVersion?: number
  readonly calendar?: Calendar
  readonly staff?: Staff
}

/** An officer of department D-01 submits an issue, on Monday 2026-03-02 at ten unless said otherwise. */
export const dispatch = ({ on = '2026-03-02 10:00', submitted = {}, policy = defaultPolicy, policyVersion = 0, calendar = shippedCalendar, staff = aStaff() }: Circumstances = {}): Decision =>
  dispatchIssues([aNewIssue(submitted)], {
    numbering: { year: 2026, last: 0 },
    officer: { officerId: '1001', departmentId: 'D-01' },
    by: '1001',
    now: at(on),
    calendar,
    timeZone: zone,
    policy,
    policyVersion,
    staffOf: () => staff,
  })[0]

export const anIssue = (circumstances: Circumstances = {}): Issue => dispatch(circumstances).issue
