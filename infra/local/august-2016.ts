import { checkCharacter } from '../../shared/roster/credit-code.ts'

/**
 * August 2016 at the scale of the city bulletin of that month: as many officers, visits and issues as it printed. The
 * people and enterprises are made up, and their names say so; which visit fell on which day is spread evenly.
 *
 * The printed rows of officers are three short of their total. Here these three are officers without a visit and
 * without a reason.
 */
export const printed = {
  officers: { total: 1_495, visits: 3_002, threeOrMore: 94, two: 1_335, one: 36, none: 27 + 3 },
  noneReasons: { away: 14, 'enterprise-unavailable': 6, health: 2, training: 5, unexplained: 3 },
  issues: {
    A: { raised: 114, resolved: 83 },
    B: { raised: 129, resolved: 51 },
    C: { raised: 9, resolved: 0 },
    D: { raised: 5, resolved: 0 },
  },
} as const

const month = '2016-08'
const departmentCount = 30

const two = (number: number): string => String(number).padStart(2, '0')
const four = (number: number): string => String(number).padStart(4, '0')

/** Monday to Friday; August 2016 has no public holiday. */
const workingDays = Array.from({ length: 31 }, (_, at) => at + 1).filter(day => ![0, 6].includes(new Date(Date.UTC(2016, 7, day)).getUTCDay()))
const dayAt = (index: number): number => workingDays[index % workingDays.length] ?? 1

export const departmentId = (number: number): string => `D-${two(number)}`
const departmentOf = (officer: number): number => (officer % departmentCount) + 1
const officerId = (officer: number): string => `G-${four(officer)}`
export const enterpriseId = (officer: number): string => {
  const first17 = `91000000MA000${four(officer)}`
  return first17 + checkCharacter(first17)
}

const officers = Array.from({ length: printed.officers.total }, (_, at) => at + 1)

/** Staff numbers of the officers of a department. */
export const officerIdsOf = (department: string): readonly string[] => officers.filter(officer => departmentId(departmentOf(officer)) === department).map(officerId)

/** Counted visits of each officer; fourteen of those with three or more made four, which the printed total needs. */
const visitsOf = (officer: number): number => {
  const { threeOrMore, two: pairs, one } = printed.officers
  const four = printed.officers.visits - (threeOrMore * 3 + pairs * 2 + one)
  if (officer <= four) return 4
  if (officer <= threeOrMore) return 3
  if (officer <= threeOrMore + pairs) return 2
  return officer <= threeOrMore + pairs + one ? 1 : 0
}

type Reason = Exclude<keyof typeof printed.noneReasons, 'unexplained'>
const reasons = Object.entries(printed.noneReasons).flatMap(([reason, count]) =>
  reason === 'unexplained' ? [] : Array.from({ length: count }, () => reason as Reason),
)

export const rosterFiles = {
  departments: [['departmentId', 'name'], ...Array.from({ length: departmentCount }, (_, at) => [departmentId(at + 1), `示例部门${two(at + 1)}`])],
  officers: [
    ['staffNo', 'name', 'email', 'departmentId', 'roles'],
    ['S-0001', '示例督查01', 'supervisor@example.org', departmentId(1), 'supervisor'],
    ...Array.from({ length: departmentCount }, (_, at) => at + 1).flatMap(number => [
      [`L-${two(number)}`, `示例局长${two(number)}`, `director${number}@example.org`, departmentId(number), 'director'],
      [`H-${two(number)}`, `示例经办${two(number)}`, `handler${number}@example.org`, departmentId(number), 'handler'],
    ]),
    ...officers.map(officer => [officerId(officer), `示例干部${four(officer)}`, `officer${officer}@example.org`, departmentId(departmentOf(officer)), 'officer']),
  ],
  enterprises: [
    ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
    ...officers.map(officer => [enterpriseId(officer), 'company', `示例企业${four(officer)}`, '示例联系人', `enterprise${officer}@example.com`, '']),
  ],
  pairings: [['staffNo', 'enterpriseId', 'startsOn'], ...officers.map(officer => [officerId(officer), enterpriseId(officer), `${month}-01`])],
} as const

/** Who leads the issues that go beyond an officer's own department. */
export const routing = [
  { category: 'facilities', departmentId: departmentId(2) },
  { category: 'approvals', departmentId: departmentId(3) },
  { category: 'land', departmentId: departmentId(4) },
  { category: 'finance', departmentId: departmentId(5) },
] as const

export const handlerEmail = (department: string): string => `handler${Number(department.slice(2))}@example.org`
export const directorEmail = (department: string): string => `director${Number(department.slice(2))}@example.org`

export const officerEmail = (officer: number): string => `officer${officer}@example.org`

export interface VisitEntry {
  readonly email: string
  readonly body: { readonly enterpriseId: string; readonly visitedOn: string; readonly mode: string; readonly summary: string }
}

export interface IssueEntry {
  readonly email: string
  readonly body: Readonly<Record<'enterpriseId' | 'category' | 'subcategory' | 'tier' | 'title' | 'description', string>>
  /** If it is resolved: on which day of the month, and what the enterprise says of it then. */
  readonly resolved?: { readonly on: number; readonly answers: readonly EnterpriseAnswer[] }
}

/** What an enterprise says of a resolution, so many days after it. One that says nothing is called back by the campaign office. */
export interface EnterpriseAnswer {
  readonly daysAfter: number
  readonly rating: 1 | 2 | 3 | 4 | 5
  readonly words?: string
}

export interface ExemptionEntry {
  readonly email: string
  readonly director: string
  readonly body: { readonly month: string; readonly reason: Reason }
}

/** What happens on one day of the month. */
export interface Day {
  readonly visits: VisitEntry[]
  readonly issues: IssueEntry[]
  readonly exemptions: ExemptionEntry[]
}

const subjects = [
  ['facilities', 'roads', '门前道路待修整'],
  ['approvals', 'planning', '规划审批进度咨询'],
  ['land', 'enforcement', '门前占道经营'],
  ['finance', 'financing', '流动资金贷款需求'],
] as const

/** The printed bulletin says nothing of satisfaction, so this is made up. */
const quickAnswers: readonly (readonly EnterpriseAnswer[])[] = [
  [{ daysAfter: 1, rating: 5 }],
  [{ daysAfter: 1, rating: 4 }],
  [{ daysAfter: 0, rating: 5, words: '示例：办得很快。' }],
]
/** And late ones, one to be done again, one never given. */
const allAnswers: readonly (readonly EnterpriseAnswer[])[] = [
  ...quickAnswers,
  [{ daysAfter: 3, rating: 3, words: '示例：基本解决。' }],
  [{ daysAfter: 2, rating: 2, words: '示例：问题没有彻底解决。' }, { daysAfter: 1, rating: 4 }],
  [{ daysAfter: 6, rating: 5 }],
  [],
]

/** From then on answers are quick, so that all is said by the first of the next month: who is silent is called back six working days later. */
const slowUntil = 22
const answersTo = (issue: number, resolvedOn: number): readonly EnterpriseAnswer[] => {
  const answers = resolvedOn > slowUntil ? quickAnswers : allAnswers
  return answers[issue % answers.length] ?? []
}

/** Days of the replay, from the first of the month on. */
export const daysReplayed = 32

/** The month, day by day; index 0 is the first. */
export const daysOfMonth = (): readonly Day[] => {
  const days: Day[] = Array.from({ length: 31 }, () => ({ visits: [], issues: [], exemptions: [] }))
  const of = (day: number): Day => days[day - 1] ?? { visits: [], issues: [], exemptions: [] }

  for (const officer of officers)
    for (let visit = 0; visit < visitsOf(officer); visit++) {
      // Spread over the month: the second of two in its second half.
      const apart = Math.floor(workingDays.length / visitsOf(officer))
      const day = dayAt((officer % apart) + visit * apart)
      const mode = ['onsite', 'office', 'session'][(officer + visit) % 3] ?? 'onsite'
      const summary = `示例：第${visit + 1}次走访，了解企业生产经营情况。`
      of(day).visits.push({
        email: officerEmail(officer),
        body: { enterpriseId: enterpriseId(officer), visitedOn: `${month}-${two(day)}`, mode, summary },
      })
    }

  const without = officers.filter(officer => visitsOf(officer) === 0)
  for (const [at, reason] of reasons.entries()) {
    const officer = without[at] ?? 1
    const director = directorEmail(departmentId(departmentOf(officer)))
    of(dayAt(8 + (at % 8))).exemptions.push({ email: officerEmail(officer), director, body: { month, reason } })
  }

  let raised = 0
  for (const [tier, { raised: count, resolved }] of Object.entries(printed.issues))
    for (let at = 0; at < count; at++) {
      raised += 1
      const day = dayAt(raised)
      const [category, subcategory, title] = subjects[raised % subjects.length] ?? subjects[0]
      // Some at once, some within the limit, some late: so the month shows warnings and escalations too.
      const on = Math.min(workingDays.at(-1) ?? 31, day + (at % 12))
      of(day).issues.push({
        email: officerEmail(raised),
        body: { enterpriseId: enterpriseId(raised), category, subcategory, tier, title: `示例：${title}`, description: `示例问题${raised}：企业反映${title}，请予协调。` },
        ...(at < resolved ? { resolved: { on, answers: answersTo(raised, on) } } : {}),
      })
    }
  return days
}
