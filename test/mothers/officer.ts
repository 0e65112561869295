import type { Officer } from '../../shared/roster/roster.ts'

export const anOfficer = (but: Partial<Officer> = {}): Officer => ({
  officerId: '1001',
  name: '李明',
  email: 'li.ming@example.org',
  departmentId: 'D-01',
  roles: ['officer'],
  active: true,
  ...but,
})
