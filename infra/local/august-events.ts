import { commandOn, type ApiClient } from './api-client.ts'
import { directorEmail, enterpriseId, handlerEmail, officerEmail } from './august-2016.ts'
import { mailedLink, sendForm } from './mailed-link.ts'
import type { LocalStack } from './stack.ts'

/** What the month has beside visits and issues: an approval in the green channel, and a session on the spot. Made up, like all of it. */

interface Stage {
  readonly stack: LocalStack
  readonly as: (email: string) => Promise<ApiClient>
}

type Acts = Readonly<Record<number, (stage: Stage) => Promise<void>>>

const [surveyors, reviewers, holders] = ['D-02', 'D-03', 'D-05'] as const
/** They are the first of the year. */
const [theCase, theSession] = ['/v1/cases/L2016-000001', '/v1/sessions/S2016-000001'] as const

const template = {
  title: '示例：建设工程施工许可',
  subcategory: 'construction',
  steps: [
    { stepId: 'survey', title: '示例：现场踏勘', departmentId: surveyors, after: [], statutoryWorkingDays: 10, promisedWorkingDays: 4, mode: 'accompany' },
    { stepId: 'review', title: '示例：施工图审查', departmentId: reviewers, after: [], statutoryWorkingDays: 15, promisedWorkingDays: 5, mode: 'guide' },
    { stepId: 'permit', title: '示例：核发许可', departmentId: surveyors, after: ['survey', 'review'], statutoryWorkingDays: 7, promisedWorkingDays: 3, mode: 'act-for' },
  ],
  handover: { departmentId: surveyors, workingDays: 1 },
}

const step = async ({ as }: Stage, department: string, name: string, command: string, body: object = {}): Promise<void> => {
  await commandOn(await as(handlerEmail(department)), theCase, `steps/${name}/${command}`, body)
}

/** A permit, with a wait for the enterprise in it, within a fortnight. */
const caseActs: Acts = {
  3: async stage => {
    await (await stage.as('supervisor@example.org')).put('/v1/policy/case-templates/permit', template)
    await (await stage.as(officerEmail(1))).post('/v1/cases', { templateId: 'permit', enterpriseId: enterpriseId(1), title: '示例：二期厂房施工许可' })
    await step(stage, surveyors, 'survey', 'start')
    await step(stage, reviewers, 'review', 'start')
  },
  4: stage => step(stage, surveyors, 'survey', 'wait', { reason: '示例：图纸不全', needed: '示例：请补充总平面图。' }),
  8: async stage => {
    await step(stage, surveyors, 'survey', 'resume')
    await step(stage, reviewers, 'review', 'finish')
  },
  9: stage => step(stage, surveyors, 'survey', 'finish'),
  11: async stage => {
    await step(stage, surveyors, 'permit', 'start')
    await step(stage, surveyors, 'permit', 'finish')
  },
  12: async stage => {
    await step(stage, surveyors, 'handover', 'start')
    await step(stage, surveyors, 'handover', 'finish', { words: '示例：许可证已送到企业。' })
  },
  15: ({ stack }) => sendForm(mailedLink(stack, 'case-handed-over', '/cases/L2016-000001'), 'receipt', { received: 'yes' }),
}

interface Agenda {
  readonly categories: readonly { readonly issues: readonly { readonly issueId: string; readonly version: number; readonly leadDepartmentId: string }[] }[]
}

const decisionsMade = 5

/** Of what the holder's own department leads, only the campaign office puts the deadline off. */
const mayBePutOff = ({ leadDepartmentId }: { readonly leadDepartmentId: string }): boolean => leadDepartmentId !== holders

/** A director meets a dozen enterprises and settles by when each department has done its part. */
const sessionActs: Acts = {
  11: async ({ as }) => {
    const enterprises = Array.from({ length: 12 }, (_, at) => enterpriseId(at + 1))
    const when = { startsAt: '2016-08-16T09:30:00+08:00', endsAt: '2016-08-16T11:30:00+08:00' }
    await (await as(directorEmail(holders))).post('/v1/sessions', { title: '示例：现场办公', place: '示例园区服务中心', ...when, enterpriseIds: enterprises, departmentIds: [surveyors, reviewers] })
  },
  12: async ({ as }) => {
    await commandOn(await as(directorEmail(holders)), theSession, 'change', { place: '示例园区会议室' })
  },
  16: async ({ as }) => {
    const director = await as(directorEmail(holders))
    const { categories } = (await director.get(`${theSession}/agenda`)).body as unknown as Agenda
    for (const { issueId, version, leadDepartmentId } of categories.flatMap(({ issues }) => issues).filter(mayBePutOff).slice(0, decisionsMade))
      await director.post(`${theSession}/decisions`, { issueId, issueVersion: version, departmentId: leadDepartmentId, what: '示例：由主办部门牵头解决，并向企业说明进展。', dueOn: '2016-08-26' })
    await commandOn(director, theSession, 'minutes', { text: '示例纪要：逐项听取企业诉求，当场明确承办部门和办结日期。' })
  },
}

/** What happens on a day of the month, beside its visits and issues. */
export const actsOn = async (day: number, stage: Stage): Promise<void> => {
  for (const acts of [caseActs, sessionActs]) await acts[day]?.(stage)
}

/** How the case and the session's decisions stand, for the last line of the replay. */
export const standingOf = async ({ as }: Stage): Promise<string> => {
  const supervisor = await as('supervisor@example.org')
  const [{ body: permit }, { body: open }, { body: all }] = await Promise.all([
    supervisor.get(theCase),
    supervisor.get('/v1/session-decisions?limit=100'),
    supervisor.get('/v1/session-decisions?status=all&limit=100'),
  ])
  const steps = permit['steps'] as readonly { readonly statutoryWorkingDays?: number; readonly actualWorkingDays?: number }[]
  const listed = steps.map(({ statutoryWorkingDays, actualWorkingDays }) => `${actualWorkingDays ?? '–'}/${statutoryWorkingDays ?? '–'}`).join('  ')
  const decisions = (list: Record<string, unknown>): number => (list['items'] as readonly unknown[]).length
  return [
    `绿色通道 green channel ${String(permit['caseId'])}: ${String(permit['status'])}; 实际/法定工作日 working days taken/allowed: ${listed}`,
    `现场办公 on-site session: ${decisions(all)} 项决定 decisions, ${decisions(open)} 项未销号 not closed`,
  ].join('\n')
}
