import { periodWords } from '../../assessment/period.ts'
import { roundClosesOn } from '../../officer-rating/round.ts'
import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** 企业评议: to an enterprise, in June and in December. */
export const officerRatingAsked = ({ round, enterpriseName, officerName }: FactsOf<'officer-rating-asked'>, pen: Pen): Draft => {
  const { say, term, on } = pen
  const until = on(roundClosesOn(round))
  return {
    subject: say(`请评议助企干部${shortName(officerName)}，截至${until}`, `Please rate your officer ${shortName(officerName)} by ${until}`),
    heading: say('请评议助企干部', 'Please rate your officer'),
    lead: say(
      `${enterpriseName}：您好！请您对助企干部${officerName}${term(periodWords(round))}的服务情况作出评议，截至${until}；只需选择一项，约需一分钟。`,
      `To ${enterpriseName}: please say by ${until} how satisfied you are with the service of ${officerName} in ${term(periodWords(round))}. It is one choice, and takes a minute.`,
    ),
    urgency: 'normal',
    blocks: [
      ...toPage(say('参加评议', 'Rate your officer'), pen),
      { kind: 'paragraph', text: say('评议期间可以更改，以最后一次为准。', 'You can change your answer until then; the last one counts.') },
      { kind: 'paragraph', text: say('评议结果只作汇总，参评企业满五家方予显示，任何人均不能查看贵单位的选择。', 'Answers are only summed up, and shown only where five enterprises have answered; nobody can see which is yours.') },
    ],
    because: say(`您收到本邮件，是因为${officerName}是贵单位的助企干部。`, `You get this mail because ${officerName} is the officer for your enterprise.`),
  }
}
