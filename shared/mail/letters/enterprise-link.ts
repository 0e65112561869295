import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** To an enterprise: the link to its pages, because somebody asked that it be sent. */
export const enterpriseLink = ({ enterpriseName, senderName }: FactsOf<'enterprise-link'>, pen: Pen): Draft => {
  const { say } = pen
  return {
    subject: say(`贵单位助企服务专用链接：${shortName(enterpriseName)}`, `Your own page at the campaign office: ${shortName(enterpriseName)}`),
    heading: say('贵单位助企服务专用链接', 'Your own page'),
    lead: say(
      `${enterpriseName}：您好！通过以下专用链接，可以反映问题、查看办理进展、补充情况、评价办理结果。`,
      `To ${enterpriseName}: by the link below you can raise an issue, see how each stands, add information and rate the result.`,
    ),
    urgency: 'normal',
    blocks: [
      ...toPage(say('打开贵单位页面', 'Open your page'), pen),
      { kind: 'paragraph', text: say('此前发送的链接在有效期内仍可使用。', 'Links that were sent before go on working until they run out.') },
    ],
    because: say(`您收到本邮件，是因为${senderName}为贵单位发送了此链接。`, `You get this mail because ${senderName} had this link sent to your enterprise.`),
    ask: senderName,
  }
}
