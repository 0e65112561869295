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
