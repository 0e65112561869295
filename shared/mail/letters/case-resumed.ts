import type { Block } from '../letter.ts'
import { becauseYouFollow, caseRows, caseSubject, enterpriseFooter, lookUpCase, provisionalNote, quoteCase, stepIn, stepRows, titleOf } from './case-blocks.ts'
import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** A step waits for the enterprise no longer: to itself, and to the officer who goes along with it. */
export const caseResumed = (facts: FactsOf<'case-resumed'>, pen: Pen): Draft => {
  const { case: it, step, needed, reader, enterpriseHasMail } = facts
  const { say } = pen
  const missing: readonly Block[] = needed === undefined ? [] : [{ kind: 'section', title: say('所需材料或配合', 'What was needed') }, { kind: 'quote', text: needed, by: step.departmentName }]
  const story = storyOf(facts, pen)
  const about = { subject: caseSubject(it, subjectOf(facts, pen), pen), heading: say(`恢复计时：${it.title}`, `Goes on: ${it.title}`) }
  if (reader === 'enterprise')
    return {
      ...about,
      lead: say(
        `${it.enterpriseName}：您好！${story}${needed === undefined ? '' : '以下材料或配合如尚未提供，仍请尽快提供，并可在页面上补充情况。'}`,
        `To ${it.enterpriseName}: ${story}${needed === undefined ? '' : ' If you have not brought what is set out below, please still do, as soon as you can; you can write to the department on your page.'}`,
      ),
      urgency: needed === undefined ? 'normal' : 'due',
      blocks: [...missing, ...toPage(say('查看事项、补充情况', 'See the case, and add to it'), pen), { kind: 'facts', rows: stepRows(step, pen) }, ...provisionalNote(step, pen), quoteCase(it, pen)],
      ...enterpriseFooter(it, pen),
    }
  const toEnterprise = enterpriseHasMail ? say('已同时告知企业。', 'The enterprise has been told.') : say('企业未登记邮箱，请您当面告知。', 'The enterprise has no e-mail address registered; please tell it in person.')
  const toHelp = needed === undefined ? '' : say('请协助企业尽快提供以下材料或配合。', ' Please help it to bring what is set out below as soon as it can.')
  return {
    ...about,
    lead: say(`${step.officerName}同志：${story}${toEnterprise}${toHelp}`, `${step.officerName}, ${story} ${toEnterprise}${toHelp}`),
    urgency: needed === undefined && enterpriseHasMail ? 'normal' : 'due',
    blocks: [...missing, { kind: 'facts', rows: [...caseRows(it, pen), ...stepRows(step, pen)] }, ...provisionalNote(step, pen), lookUpCase(it, pen)],
    because: becauseYouFollow(pen),
    ask: shortName(step.departmentName),
  }
}

const subjectOf = ({ case: it, step, needed, reader }: FactsOf<'case-resumed'>, pen: Pen): string => {
  const { say } = pen
  if (needed === undefined) return say(`“${stepIn(step, pen)}”已恢复计时，${dueShortly(step.by ?? it.openedAt, pen)}`, `"${stepIn(step, pen)}" goes on, ${dueShortly(step.by ?? it.openedAt, pen)}`)
  return reader === 'enterprise'
    ? say('等待期限已满、恢复计时，仍请补充材料', 'The wait is over, please still bring what is needed')
    : say('等待期限已满、恢复计时，请协助企业补充材料', 'The wait is over, please help the enterprise')
}

const dueShortly = (by: number, { say, at, isPast }: Pen): string => (isPast(by) ? say(`时限${at(by)}已届满`, `was due by ${at(by)}`) : say(`${at(by)}前办妥`, `to be finished by ${at(by)}`))

/** Since when it goes on, why, and until when: in sentences. */
const storyOf = ({ case: it, step, since, needed }: FactsOf<'case-resumed'>, pen: Pen): string => {
  const { say, at, isPast } = pen
  const [by, title, department] = [step.by ?? it.openedAt, titleOf(step, pen), step.departmentName]
  const why = needed === undefined ? '' : say('等待企业的最长期限已满，', ', for it has waited as long as it may')
  const then = isPast(by) ? say(`时限${at(by)}已届满，${department}将尽快办妥。`, `It was due by ${at(by)}; ${department} is to finish it as soon as it can.`) : say(`${department}将于${at(by)}前办妥。`, `${department} is to finish it by ${at(by)}.`)
  return say(`${why}“${title}”环节自${at(since)}起恢复计时，剩余时间接续计算，${then}`, `the clock of "${title}" has gone on since ${at(since)} with the time that was left${why}. ${then}`)
}
