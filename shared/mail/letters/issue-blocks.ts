import { categories, subcategoriesOf } from '../../issue/category.ts'
import { clockNames, type ClockName } from '../../issue/issue.ts'
import { isOpen } from '../../issue/transition.ts'
import type { IssueFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { columnsOf } from '../render-columns.ts'
import { cut, excerpt, shortName, type Pen } from './pen.ts'
import { clockTerms, tierTerms } from './terms.ts'

/** What mails about issues are made of. */

/** About 60 Chinese characters: more than any list of mails shows. */
const subjectColumns = 120
const titleColumnsAtLeast = 24

/**
 * A subject that starts with the number of the issue, or of the case, the same in every mail about it, says what to do, and gives the
 * title as much room as is left.
 */
export const issueSubject = ({ number, title }: Pick<IssueFacts, 'number' | 'title'>, message: string, { say }: Pen): string => {
  const start = `[${number}] ${message}${say('：', ': ')}`
  return start + cut(title, Math.max(titleColumnsAtLeast, subjectColumns - columnsOf(start)))
}

/** The lead department, short enough for a subject. */
export const leadIn = ({ leadDepartmentName }: IssueFacts): string => shortName(leadDepartmentName)

/** Which issue it is, whose, of what kind, and who deals with it. Its title is the letter's heading. */
export const issueRows = (issue: IssueFacts, { say, term, link }: Pen): readonly Fact[] => [
  { label: say('编号', 'Number'), value: issue.number },
  { label: say('企业', 'Enterprise'), value: issue.enterpriseName },
  { label: say('类别', 'Category'), value: categoryOf(issue, term) },
  // Who solves it is for the staff to know; an enterprise would take it for what it is promised.
  ...(link === undefined ? [{ label: say('层级', 'Tier'), value: term(tierTerms[issue.tier]) }] : []),
  { label: say('主办部门', 'Lead'), value: issue.leadDepartmentName },
  { label: say('助企干部', 'Officer'), value: issue.officerName },
]

const categoryOf = ({ category, subcategory }: IssueFacts, term: Pen['term']): string => {
  const detail = subcategoriesOf(category)[subcategory]
  return [term(categories[category]), ...(detail === undefined ? [] : [term(detail)])].join(' · ')
}

/** When it was dispatched and what is due when; what has been done already, with when it was. */
export const clockRows = (issue: IssueFacts, pen: Pen): readonly Fact[] => [
  { label: pen.say('交办时间', 'Opened'), value: pen.at(issue.dispatchedAt) },
  ...clockNames.map(clock => clockRow(clock, issue, pen)),
]

const clockRow = (clock: ClockName, issue: IssueFacts, pen: Pen): Fact => {
  const { doneAt } = issue.clocks[clock]
  return doneAt === undefined
    ? { label: pen.term(clockTerms[clock].limit), value: deadline(clock, issue, pen) }
    : { label: pen.term(clockTerms[clock].done), value: pen.at(doneAt) }
}

/** When the clock runs out, and whether that is provisional. */
export const deadline = (clock: ClockName, issue: IssueFacts, pen: Pen): string => {
  const by = pen.at(issue.clocks[clock].by)
  if (issue.status === 'paused') return pen.say('暂停计时', 'stands still')
  if (issue.status === 'merged') return pen.say('随所并入的问题', 'as of the issue it is merged into')
  return isProvisional(clock, issue) ? markedProvisional(by, pen) : by
}

/** What the lead department is asked for: to resolve it in time, at once where that has run out, or when its clocks go on. */
export const askToResolve = ({ status, clocks: { resolve } }: IssueFacts, { say, at, isPast }: Pen): string => {
  const by = at(resolve.by)
  if (status === 'paused') return say('在恢复计时后按期办结', 'resolve the issue in time once its clocks go on')
  return isPast(resolve.by) ? say(`立即办结（办结时限${by}已届满）`, `resolve the issue at once; it was due by ${by}`) : say(`于${by}前办结`, `resolve the issue by ${by}`)
}

/** The same, as short as a subject has to be. */
export const resolveShortly = ({ status, clocks: { resolve } }: IssueFacts, { say, at, isPast }: Pen): string => {
  if (status === 'paused') return say('恢复计时后办结', 'resolve once the clocks go on')
  return isPast(resolve.by) ? say('立即办结（已逾期）', 'resolve at once, overdue') : say(`于${at(resolve.by)}前办结`, `resolve by ${at(resolve.by)}`)
}

/** Each deadline by itself: of two, the later one alone may rest on a year that is not published. */
const isProvisional = (clock: ClockName, { clocks, status }: IssueFacts): boolean =>
  isOpen(status) && clocks[clock].doneAt === undefined && clocks[clock].provisional

/** Says why deadlines are provisional, where one is that still runs. */
export const provisionalNote = (issue: IssueFacts, pen: Pen): readonly Block[] => (clockNames.some(clock => isProvisional(clock, issue)) ? [whyProvisional(pen)] : [])

export const whyProvisional = ({ say }: Pen): Block => ({
  kind: 'paragraph',
  text: say(
    '暂定：所涉年度放假安排尚未公布，标注暂定的时限暂按周末休息计算，公布后将重新核定。',
    'Provisional: the public holidays of a year concerned have not been published. Deadlines so marked allow for weekends alone and will be set anew when they are.',
  ),
})

export const markedProvisional = (by: string, { say }: Pen): string => say(`${by}（暂定）`, `${by} (provisional)`)

/** The problem in the officer's words, whole. */
export const problemQuote = (issue: IssueFacts, pen: Pen): readonly Block[] => quoted(issue, issue.description, pen)

/** The problem as far as is needed to know which it is. */
export const problemExcerpt = (issue: IssueFacts, pen: Pen): readonly Block[] => quoted(issue, excerpt(issue.description), pen)

const quoted = (issue: IssueFacts, text: string, { say }: Pen): readonly Block[] => [
  { kind: 'section', title: say('企业反映的问题', 'The problem') },
  { kind: 'quote', text, by: say(`助企干部 ${issue.officerName}`, `${issue.officerName}, officer for ${issue.enterpriseName}`) },
]

export const ledgerReference = ({ number }: IssueFacts, { say }: Pen): Block => ({
  kind: 'reference',
  label: say('请在台账中办理，问题编号', 'Act on it in the ledger under number'),
  id: number,
})

/** The same, where there is nothing to do. */
export const lookUp = ({ number }: IssueFacts, { say }: Pen): Block => ({
  kind: 'reference',
  label: say('可在台账中查询，问题编号', 'See it in the ledger under number'),
  id: number,
})

export const becauseYouLead = ({ leadDepartmentName }: IssueFacts, { say }: Pen): string =>
  say(
    `您收到本邮件，是因为您负责办理${leadDepartmentName}主办的问题。`,
    `You get this mail because you are responsible for issues that ${leadDepartmentName} leads.`,
  )

/** The enterprise's own page; the link in it is a key, so nobody else should be given it. */
export const toPage = (label: string, { link, say }: Pen): readonly Block[] =>
  link === undefined
    ? []
    : [
        { kind: 'action', label, url: link },
        {
          kind: 'paragraph',
          text: say('此链接为贵单位专用，无须登录，请勿转发给无关人员。', 'This link is for your enterprise alone and needs no password. Please do not pass it on.'),
        },
      ]

export const quoteNumber = ({ number }: Pick<IssueFacts, 'number'>, { say }: Pen): Block => ({
  kind: 'reference',
  label: say('联系时请提供诉求编号', 'When you get in touch, please quote number'),
  id: number,
})
