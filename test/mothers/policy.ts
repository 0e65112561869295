import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'

/** The default policy, part by part replaced. */
export const aPolicy = (but: { [Part in keyof Policy]?: Policy[Part] extends readonly unknown[] ? Policy[Part] : Partial<Policy[Part]> } = {}): Policy => ({
  ...defaultPolicy,
  ...but,
  quota: { ...defaultPolicy.quota, ...but.quota },
  flags: { ...defaultPolicy.flags, ...but.flags },
  notices: { ...defaultPolicy.notices, ...but.notices },
  assessment: { ...defaultPolicy.assessment, ...but.assessment },
  projects: { ...defaultPolicy.projects, ...but.projects },
  reminders: { ...defaultPolicy.reminders, ...but.reminders },
  deadlines: { ...defaultPolicy.deadlines, ...but.deadlines },
  escalation: { ...defaultPolicy.escalation, ...but.escalation },
  workingHours: { ...defaultPolicy.workingHours, ...but.workingHours },
})
