import { serviceModeWords } from '../../case/template.ts'
import { isOpenStep, stepStatusWords } from '../../case/transition.ts'
import { subcategoriesOf } from '../../issue/category.ts'
import type { CaseFacts, StepFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { issueSubject, markedProvisional, whyProvisional } from './issue-blocks.ts'
import { shortName, type Pen } from './pen.ts'

/** What mails about cases in the green channel are made of. */

/** A subject that starts with the case's number, says what to do, and gives the title as much room as is left. */
export const caseSubject = (it: CaseFacts, message: string, pen: Pen): string => issueSubject(it, message, pen)

export const titleOf = ({ stepTitle }: StepFacts, { term }: Pen): string => (typeof stepTitle === 'string' ? stepTitle : term(stepTitle))

/** A step's title, short enough for a subject. */
export const stepIn = (step: StepFacts, pen: Pen): string => shortName(titleOf(step, pen))

/** Which case it is, whose, of what kind, and who follows it. Its title is the letter's heading. */
export const caseRows = (it: CaseFacts, { say, term, at }: Pen): readonly Fact[] => {
  const subcategory = subcategoriesOf('approvals')[it.subcategory]
  return [
    { label: say('编号', 'Number'), value: it.number },
    { label: say('企业', 'Enterprise'), value: it.enterpriseName },
    ...(subcategory === undefined ? [] : [{ label: say('类别', 'Category'), value: term(subcategory) }]),
    { label: say('跟办干部', 'Followed by'), value: it.officerName },
    { label: say('开办时间', 'Opened'), value: at(it.openedAt) },
  ]
}

/** One step: who does it, with whom, and by when. */
export const stepRows = (step: StepFacts, pen: Pen): readonly Fact[] => {
  const { say, term, workingDays } = pen
  return [
    { label: say('环节', 'Step'), value: titleOf(step, pen) },
    { label: say('办理部门', 'Department'), value: step.departmentName },
    { label: say('服务方式', 'Service'), value: `${term(serviceModeWords[step.mode])}${say('，', ', ')}${step.officerName}` },
    ...(step.statutoryWorkingDays === undefined ? [] : [{ label: say('法定时限', 'Statutory limit'), value: workingDays(step.statutoryWorkingDays) }]),
    { label: say('承诺时限', 'Promised'), value: workingDays(step.promisedWorkingDays) },
    ...(step.by === undefined || !isOpenStep(step.status) ? [] : [{ label: say('到期时间', 'Due by'), value: step.status === 'waiting' ? say('暂停计时', 'stands still') : dueBy(step.by, step, pen) }]),
  ]
}

const dueBy = (by: number, { provisional }: StepFacts, pen: Pen): string => (provisional ? markedProvisional(pen.at(by), pen) : pen.at(by))

/** Every step with who does it, and how it stands. */
export const caseSteps = ({ steps }: CaseFacts, pen: Pen): readonly Block[] => {
  const { say, term, workingDays } = pen
  return [
    {
      kind: 'table',
      headers: [say('环节', 'Step'), say('办理部门', 'Department'), say('承诺', 'Promised'), say('状态', 'Status')],
      rows: steps.map(step => [titleOf(step, pen), step.departmentName, workingDays(step.promisedWorkingDays), term(stepStatusWords[step.status])]),
    },
  ]
}

/** Says why the step's deadline is provisional, where it is. */
export const provisionalNote = ({ provisional }: StepFacts, pen: Pen): readonly Block[] => (provisional ? [whyProvisional(pen)] : [])

/** What to quote for whoever has to act on it. */
export const caseReference = ({ number }: CaseFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('请在绿色通道中办理，事项编号', 'Act on it in the green channel under number'), id: number })

/** The same, where there is nothing to do. */
export const lookUpCase = ({ number }: CaseFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('可在绿色通道中查询，事项编号', 'See it in the green channel under number'), id: number })

export const quoteCase = ({ number }: CaseFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('联系时请提供事项编号', 'When you get in touch, please quote number'), id: number })

/** What stands below every mail to an enterprise about a case. */
export const enterpriseFooter = ({ officerName }: CaseFacts, { say }: Pen) => ({
  because: say('您收到本邮件，是因为贵单位的上述事项正在绿色通道办理，并登记了此邮箱。', 'You get this mail because this matter of your enterprise is in the green channel and this address is registered.'),
  ask: say(`助企干部${officerName}`, `your officer, ${officerName},`),
})

export const becauseOfStep = ({ departmentName }: StepFacts, { say }: Pen): string =>
  say(`您收到本邮件，是因为您负责${departmentName}在绿色通道中的环节。`, `You get this mail because you are responsible for the steps of ${departmentName} in the green channel.`)

export const becauseYouFollow = ({ say }: Pen): string => say('您收到本邮件，是因为您跟办或办理该事项。', 'You get this mail because you follow this case or work on it.')
