import type { MoveFacts } from '../facts.ts'
import type { Block } from '../letter.ts'
import { clockRows, issueRows, issueSubject, leadIn, ledgerReference, lookUp, provisionalNote, quoteNumber, toPage } from './issue-blocks.ts'
import type { Draft, FactsOf, Pen } from './pen.ts'
import { awaitedTerms, tierTerms } from './terms.ts'

type Moved = FactsOf<'issue-moved'>

/** An issue is due at another time, or its clocks stand still: to the enterprise, to who brought it, to who has to go on. */
export const issueMoved = (facts: Moved, pen: Pen): Draft => {
  const { say } = pen
  const { issue, reader } = facts
  const { what, told } = story(facts, pen)
  const forWhom = {
    enterprise: {
      lead: say(`${issue.enterpriseName}：您好！${told}`, `To ${issue.enterpriseName}: ${told}`),
      because: say('您收到本邮件，是因为贵单位向助企干部反映了上述问题，并登记了此邮箱。', 'You get this mail because your enterprise raised this issue with its officer and registered this address.'),
      end: [...toPage(say('查看办理进展', 'See how it stands'), pen), quoteNumber(issue, pen)],
    },
    officer: {
      lead: say(
        `${issue.officerName}同志：${told}${facts.enterpriseHasMail ? '已同时告知企业。' : '企业未登记邮箱，请您当面告知。'}`,
        `${issue.officerName}, ${told} ${facts.enterpriseHasMail ? 'The enterprise has been told.' : 'The enterprise has no e-mail address registered; please tell it in person.'}`,
      ),
      because: say('您收到本邮件，是因为该问题由您提交。', 'You get this mail because you brought this issue.'),
      end: [lookUp(issue, pen)],
    },
    staff: {
      lead: say(`请${issue.leadDepartmentName}继续办理：${told}`, `${issue.leadDepartmentName}, please go on with this issue: ${told}`),
      because: say(`您收到本邮件，是因为您负责办理${issue.leadDepartmentName}主办的问题。`, `You get this mail because you are responsible for issues that ${issue.leadDepartmentName} leads.`),
      end: [ledgerReference(issue, pen)],
    },
  }[reader]
  return {
    subject: issueSubject(issue, what, pen),
    heading: `${what}${say('：', ': ')}${issue.title}`,
    lead: forWhom.lead,
    urgency: facts.reader === 'staff' || (facts.reader === 'officer' && !facts.enterpriseHasMail) ? 'due' : 'normal',
    blocks: [...reasonOf(facts, pen), { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] }, ...provisionalNote(issue, pen), ...forWhom.end],
    because: forWhom.because,
    ask: reader === 'enterprise' ? say(`助企干部${issue.officerName}`, `your officer, ${issue.officerName},`) : leadIn(issue),
  }
}

/** What has happened, for a subject; and in a sentence. */
const story = ({ move, issue, reader }: Moved, { say, at, term, workingDays, isPast }: Pen): { what: string; told: string } => {
  const by = at(issue.clocks.resolve.by)
  const lead = issue.leadDepartmentName
  const isLate = isPast(issue.clocks.resolve.by)
  const short = isLate ? say(`办结时限${by}已届满`, `was due by ${by}`) : say(`${by}前办结`, `to be resolved by ${by}`)
  const will = isLate ? say(`办结时限为${by}，已届满，${lead}将尽快办结。`, `It was due by ${by}; ${lead} is to resolve it as soon as it can.`) : say(`${lead}将于${by}前办结。`, `${lead} is to resolve it by ${by}.`)
  // What a tier means is said to the staff alone.
  const tier = move.event !== 'tier-changed' ? '' : reader === 'enterprise' ? say(`${move.tier}类`, move.tier) : term(tierTerms[move.tier])
  switch (move.event) {
    case 'extended':
      return {
        what: say(`办结时限延至${by}`, `Extended to ${by}`),
        told: say(`因下述原因，本问题办结时限经批准延长${workingDays(move.workingDays)}，${will}`, `for the reason below, the time to resolve this issue has been extended by ${workingDays(move.workingDays)}. ${will}`),
      }
    case 'paused':
      return {
        what: say('已暂停计时', 'Paused'),
        told: say(
          `本问题经批准暂停计时（${term(awaitedTerms[move.waitingFor])}），至迟于${at(move.endsBy)}恢复。`,
          `the clocks of this issue stand still with approval, because ${term(awaitedTerms[move.waitingFor])}. They go on by ${at(move.endsBy)} at the latest.`,
        ),
      }
    case 'resumed':
      return {
        what: say(`已恢复计时，${short}`, `Resumed, ${short}`),
        told: say(`本问题已恢复计时，剩余时间接续计算，${will}`, `the clocks of this issue go on with the time that was left. ${will}`),
      }
    case 'merged': {
      const due = dueOfOther(move, { say, at, isPast })
      const toStaff = say(
        `本问题与问题${move.intoIssueId}反映同一事项，已并入该问题由${lead}一并办理${due}。答复、办结均随该问题；办结后企业单独评价。`,
        `this issue is about the same matter as issue ${move.intoIssueId} and has been merged into it. ${lead} is to resolve it with that${due}. It is answered with it, too; its enterprise rates the result for itself.`,
      )
      const toEnterprise = say(
        `本问题与另一问题反映同一事项，已合并由${lead}一并办理${due}。答复和办结结果将同样告知贵单位，是否满意由贵单位评价。`,
        `this issue is about the same matter as another and has been merged with it. ${lead} is to resolve both${due}. You will be told of every answer and of the result, and you rate it.`,
      )
      return { what: say('已并办', 'Merged'), told: reader === 'enterprise' ? toEnterprise : toStaff }
    }
    case 'separated':
      return {
        what: say(`已恢复单独办理，${short}`, `Worked on by itself again, ${short}`),
        told: say(`本问题不再与其他问题合并办理，恢复单独计时，剩余时间接续计算，${will}`, `this issue is no longer merged with another; its clocks go on with the time that was left. ${will}`),
      }
    case 'tier-changed':
      return {
        what: say(`已调整为${move.tier}类，${short}`, `Now of tier ${move.tier}, ${short}`),
        told: say(`助企办已将本问题调整为${tier}，${will}`, `the campaign office has put this issue into tier ${tier}. ${will}`),
      }
  }
}

/** By when the issue has to be resolved that another is merged into; unless its clocks stand still. */
const dueOfOther = ({ resolveBy, provisional }: Extract<MoveFacts, { event: 'merged' }>, { say, at, isPast }: Pick<Pen, 'say' | 'at' | 'isPast'>): string => {
  if (resolveBy === undefined) return ''
  if (isPast(resolveBy)) return say(`，办结时限为${at(resolveBy)}，已届满`, `; it was due by ${at(resolveBy)}`)
  return provisional === true ? say(`，办结时限暂定为${at(resolveBy)}`, `, provisionally by ${at(resolveBy)}`) : say(`，办结时限为${at(resolveBy)}`, `, by ${at(resolveBy)}`)
}

/** Why issues are worked on together, or no longer, may touch on another enterprise, so it is for the staff alone. */
const reasonOf = ({ move, issue, reader }: Moved, { say }: Pen): readonly Block[] => {
  const isOfTwo = move.event === 'merged' || move.event === 'separated'
  const reason = move.event === 'resumed' || (isOfTwo && reader === 'enterprise') ? undefined : move.reason
  if (reason === undefined) return []
  const isOfLead = move.event === 'extended' || move.event === 'paused'
  return [
    { kind: 'section', title: say('原因', 'The reason') },
    { kind: 'quote', text: reason, ...(isOfLead ? { by: issue.leadDepartmentName } : move.event === 'tier-changed' ? { by: say('助企办', 'Campaign office') } : {}) },
  ]
}
