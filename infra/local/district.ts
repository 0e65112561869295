import { addMonths, monthOf, yearOf, type LocalDate } from '../../shared/calendar/date.ts'
import type { Person } from './control-plane.ts'

/** The demo district is made up, and every name in it says so. */
const departments = [
  ['D-01', '示例助企办'],
  ['D-02', '示例规建局'],
  ['D-03', '示例发展局'],
] as const

const staff = [
  ['S-001', '示例督查01', 'supervisor@example.org', 'D-01', 'supervisor'],
  ['S-101', '示例局长01', 'director1@example.org', 'D-02', 'director'],
  ['S-102', '示例经办01', 'handler1@example.org', 'D-02', 'handler'],
  ['S-103', '示例干部01', 'officer1@example.org', 'D-02', 'officer'],
  ['S-104', '示例干部02', 'officer2@example.org', 'D-02', 'officer'],
  ['S-201', '示例局长02', 'director2@example.org', 'D-03', 'director;officer'],
  ['S-202', '示例经办02', 'handler2@example.org', 'D-03', 'handler'],
  ['S-203', '示例干部03', 'officer3@example.org', 'D-03', 'officer'],
] as const

const enterprises = [
  ['91000000MA0000001R', 'company', '示例企业01'],
  ['91000000MA0000002W', 'company', '示例企业02'],
  ['91000000MA00000030', 'company', '示例企业03'],
  ['91000000MA00000043', 'company', '示例企业04'],
  ['91000000MA00000056', 'company', '示例企业05'],
  ['2000-000000-01-01-000001', 'project', '示例项目01'],
] as const

const pairings = [
  ['S-103', '91000000MA0000001R'],
  ['S-103', '91000000MA0000002W'],
  ['S-104', '91000000MA00000030'],
  ['S-203', '91000000MA00000043'],
  ['S-203', '91000000MA00000056'],
  ['S-201', '2000-000000-01-01-000001'],
] as const

const visits = [
  { officerId: 'S-103', enterpriseId: '91000000MA0000001R', mode: 'onsite', summary: '示例：到企业了解开工准备情况，企业反映门前道路尚未接通。' },
  { officerId: 'S-104', enterpriseId: '91000000MA00000030', mode: 'office', summary: '示例：企业负责人到办公室，介绍用工需求。' },
  { officerId: 'S-203', enterpriseId: '91000000MA00000043', mode: 'phone', summary: '示例：电话约定下周走访时间。' },
] as const

const issues = [
  {
    officerId: 'S-103',
    enterpriseId: '91000000MA0000001R',
    category: 'facilities',
    subcategory: 'roads',
    tier: 'A',
    title: '示例：厂区门前道路未接通',
    description: '示例问题：厂区门前约二百米道路尚未接通，材料车辆无法进场。',
  },
  {
    officerId: 'S-104',
    enterpriseId: '91000000MA00000030',
    category: 'finance',
    subcategory: 'labour',
    tier: 'B',
    title: '示例：季节性用工不足',
    description: '示例问题：企业第四季度需增加工人约三十名，希望协助招聘。',
  },
] as const

const template = {
  templateId: 'permit',
  title: '示例：建设工程施工许可',
  subcategory: 'construction',
  steps: [
    { stepId: 'survey', title: '示例：现场踏勘', departmentId: 'D-02', after: [], statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'accompany' },
    { stepId: 'review', title: '示例：施工图审查', departmentId: 'D-03', after: [], statutoryWorkingDays: 15, promisedWorkingDays: 5, mode: 'guide' },
    { stepId: 'permit', title: '示例：核发许可', departmentId: 'D-02', after: ['survey', 'review'], statutoryWorkingDays: 7, promisedWorkingDays: 2, mode: 'act-for' },
  ],
  handover: { departmentId: 'D-02', workingDays: 1 },
} as const

const greenCase = { templateId: template.templateId, officerId: 'S-103', enterpriseId: '91000000MA0000002W', title: '示例：二期厂房施工许可' } as const

/** A project that invests a little less than it plans, in units of 10,000 yuan, so that its being behind can be seen. */
const project = { path: '/v1/projects/2000-000000-01-01-000001', planned: 500, invested: 450 } as const

/** People of the demo district whose tokens are offered on the front page. */
export const demoPeople: readonly Person[] = [
  { email: 'admin@example.org', label: '管理员 admin' },
  ...staff.map(([, name, email, , roles]) => ({ email, label: `${name} ${roles}` })),
]

/**
 * Fills an empty stack with the demo district, over HTTP as any client would. A stack that has the district already, as
 * one started again with its data has, is left as it is.
 */
export const loadDistrict = async (baseUrl: string, adminToken: string): Promise<void> => {
  const admin = client(baseUrl, adminToken)
  if (await admin.has('/v1/departments/D-01')) return
  const today = await localToday(baseUrl)
  const startsOn = `${today.slice(0, 8)}01`
  await admin.upload('/v1/imports/departments', [['departmentId', 'name'], ...departments])
  await admin.upload('/v1/imports/officers', [['staffNo', 'name', 'email', 'departmentId', 'roles'], ...staff])
  await admin.upload('/v1/imports/enterprises', [
    ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
    ...enterprises.map((enterprise, index) => [...enterprise, `示例联系人0${index + 1}`, `contact${index + 1}@example.org`, '02900000000']),
  ])
  await admin.upload('/v1/imports/pairings', [
    ['staffNo', 'enterpriseId', 'startsOn'],
    ...pairings.map((pairing) => [...pairing, startsOn]),
  ])
  const supervisor = client(baseUrl, await tokenOf(baseUrl, 'supervisor@example.org'))
  for (const visit of visits) await supervisor.post('/v1/visits', { ...visit, visitedOn: today })
  for (const issue of issues) await supervisor.post('/v1/issues', issue)
  const { templateId, ...content } = template
  await supervisor.put(`/v1/policy/case-templates/${templateId}`, content)
  await supervisor.post('/v1/cases', greenCase)
  await investInProject(supervisor, today)
}

/** The plan of this year, and what was invested in each of its months that are over. */
const investInProject = async (supervisor: ReturnType<typeof client>, today: LocalDate): Promise<void> => {
  const year = yearOf(today)
  const { path, planned, invested } = project
  let version = 0
  const put = async (what: string, body: object): Promise<void> => {
    const answer = (await supervisor.put(`${path}/${what}`, body, { 'if-match': `"${version}"` })) as { version: number }
    version = answer.version
  }
  await put(`plan/${year}`, { months: Array.from({ length: 12 }, () => planned), milestones: [{ milestoneId: 'topping-out', name: '示例：主体封顶', plannedOn: `${year}-12-15` }], reason: '示例：首次录入' })
  for (let month = `${year}-01`; month < monthOf(today); month = addMonths(month, 1)) await put(`investment/${month}`, { amount: invested, remark: '示例' })
}

const tokenOf = async (baseUrl: string, email: string): Promise<string> => {
  const response = await fetch(`${baseUrl}/_local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  return ((await response.json()) as { token: string }).token
}

/** Today by the stack's clock, in the district's time zone. */
const localToday = async (baseUrl: string): Promise<string> => {
  const { now } = (await (await fetch(`${baseUrl}/_local/clock`)).json()) as { now: string }
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date(now))
}

const client = (baseUrl: string, token: string) => {
  const send = async (path: string, contentType: string, body: string, method = 'POST', headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType, 'idempotency-key': crypto.randomUUID(), ...headers },
      body,
    })
    const answer = (await response.json())
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    has: async (path: string): Promise<boolean> =>
      (await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` } })).ok,
    post: (path: string, body: object) => send(path, 'application/json', JSON.stringify(body)),
    put: (path: string, body: object, headers?: Readonly<Record<string, string>>) => send(path, 'application/json', JSON.stringify(body), 'PUT', headers),
    upload: async (path: string, rows: readonly (readonly string[])[]): Promise<void> => {
      const csv = rows.map((row) => row.join(',')).join('\r\n')
      const { rejected } = (await send(path, 'text/csv; charset=utf-8', csv)) as { rejected: unknown[] }
      if (rejected.length > 0) throw new Error(`${path} rejected ${JSON.stringify(rejected)}`)
    },
  }
}
