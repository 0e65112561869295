import type { Contact } from '../../shared/issue/decision.ts'
import type { People } from '../../shared/issue/ladder.ts'
import type { Staff } from '../../shared/mail/notice.ts'

/** Staff of a department with two handlers and a director, under a campaign office of one. */
export const aStaff = (but: Partial<Staff> = {}): Staff => ({
  handlers: ['h1', 'h2'],
  directors: ['d1'],
  supervisors: ['s1'],
  leadingGroup: ['lead@example.org'],
  adminEmail: 'admin@example.org',
  ...but,
})

/** The same staff in every department, and the enterprise's contact, if it has one. */
export const peopleOf = (staff: Staff, contact?: Contact): People => ({ of: () => staff, contact })
