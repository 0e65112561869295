import type { Tier } from '../../issue/category.ts'
import type { AwaitedParty, ClockName, Level, RequestKind } from '../../issue/issue.ts'
import type { Wording } from '../../contract/problem.ts'
import type { ExemptionReason, VisitMode } from '../../policy/policy.ts'
import type { ReasonNotCounted } from '../../visit/visit.ts'
import type { MailFacts } from '../facts.ts'
import type { MailKind } from '../notice.ts'

/** The office's terms that letters of several kinds use. English ones fit into the middle of a sentence. */

export const tierTerms: Readonly<Record<Tier, Wording>> = {
  A: { zh: 'A类（本部门解决）', en: "A (solved by the officer's own department)" },
  B: { zh: 'B类（区内部门协同解决）', en: 'B (solved by departments of the district together)' },
  C: { zh: 'C类（提请市级解决）', en: 'C (solved with the city)' },
  D: { zh: 'D类（现行规定下无法解决，须做好解释）', en: "D (cannot be solved under today's rules and must be explained)" },
}

/** What a clock asks for: `deed` after "请…" and "to", `undone` after "仍" and "still"; `limit` and `done` are labels, short enough for a phone. */
export const clockTerms: Readonly<Record<ClockName, { deed: Wording; undone: Wording; limit: Wording; done: Wording }>> = {
  accept: {
    deed: { zh: '签收', en: 'accept it' },
    undone: { zh: '未签收', en: 'not accepted' },
    limit: { zh: '签收时限', en: 'Accept by' },
    done: { zh: '已签收', en: 'Accepted' },
  },
  reply: {
    deed: { zh: '答复企业', en: 'reply to the enterprise' },
    undone: { zh: '未答复企业', en: 'not answered' },
    limit: { zh: '答复时限', en: 'Reply by' },
    done: { zh: '已答复', en: 'Replied' },
  },
  resolve: {
    deed: { zh: '办结', en: 'resolve it' },
    undone: { zh: '未办结', en: 'not resolved' },
    limit: { zh: '办结时限', en: 'Resolve by' },
    done: { zh: '已办结', en: 'Resolved' },
  },
}

export const levelTerms: Readonly<Record<Level, Wording>> = {
  1: { zh: '催办', en: 'prompt' },
  2: { zh: '督办', en: 'supervision' },
  3: { zh: '通报', en: 'report to the leading group' },
}

/** What a department asks its director for. English ones stand after "for" and "of". */
export const requestTerms: Readonly<Record<RequestKind, Wording>> = {
  extension: { zh: '延期', en: 'an extension' },
  pause: { zh: '暂停计时', en: 'a pause of the clocks' },
  explanation: { zh: '解释办结', en: 'an explanation in place of a solution' },
}

/** Whom a pause waits for. */
export const awaitedTerms: Readonly<Record<AwaitedParty, Wording>> = {
  enterprise: { zh: '等待企业补充材料或配合', en: 'the enterprise has to act first' },
  'outside-body': { zh: '等待区外单位办理', en: 'a body outside the district has to act first' },
}

export const exemptionTerms: Readonly<Record<ExemptionReason, Wording>> = {
  away: { zh: '因公外出', en: 'away on duty' },
  'enterprise-unavailable': { zh: '企业无法接待', en: 'the enterprise could not receive visitors' },
  health: { zh: '因病', en: 'ill health' },
  training: { zh: '参加培训', en: 'training' },
}

export const visitModeTerms: Readonly<Record<VisitMode, Wording>> = {
  onsite: { zh: '上门走访', en: 'on site' },
  office: { zh: '办公室面谈', en: 'at the office' },
  session: { zh: '现场办公', en: 'on-site session' },
  phone: { zh: '电话联系', en: 'by telephone' },
  online: { zh: '线上联系', en: 'online' },
}

export const notCountedTerms: Readonly<Record<ReasonNotCounted, Wording>> = {
  mode: { zh: '此种方式不计入', en: 'visits of this kind do not count' },
  'same-day': { zh: '当日已有走访计入', en: 'another visit of that day counts' },
}

/** What a mail of each kind is called in another mail. */
export const mailTerms: Readonly<Record<MailKind, Wording>> = {
  'issue-dispatched': { zh: '交办通知', en: 'dispatch notice' },
  'issue-unrouted': { zh: '核定主办部门的通知', en: 'request to decide on the lead department' },
  'issue-transferred': { zh: '转办通知', en: 'transfer notice' },
  'issue-replied': { zh: '答复', en: 'reply' },
  'issue-resolved': { zh: '办结通知', en: 'notice of resolution' },
  'issue-warning': { zh: '临期提醒', en: 'deadline warning' },
  'issue-explained': { zh: '情况说明', en: 'explanation' },
  'issue-asked': { zh: '审批通知', en: 'request for a decision' },
  'issue-decided': { zh: '审批结果', en: 'decision' },
  'issue-moved': { zh: '时限变更通知', en: 'notice of a changed deadline' },
  'issue-directed': { zh: '现场办公决定通知', en: 'notice of a decision on the spot' },
  'session-invited': { zh: '现场办公邀请', en: 'invitation to a session' },
  'session-cancelled': { zh: '现场办公取消通知', en: 'notice that a session is off' },
  'session-minutes': { zh: '现场办公纪要', en: 'minutes of a session' },
  'assist-asked': { zh: '商请协办通知', en: 'request for assistance' },
  'assist-answered': { zh: '协办答复通知', en: 'notice of an assisting department' },
  'assist-warning': { zh: '协办临期提醒', en: 'warning about a piece' },
  'assist-escalated': { zh: '协办逾期通知', en: 'overdue notice about a piece' },
  'assist-dropped': { zh: '协办终止通知', en: 'notice that a piece is not needed any more' },
  'issue-informed': { zh: '企业补充情况通知', en: 'notice of information from the enterprise' },
  'issue-withdrawn': { zh: '企业撤回通知', en: "notice of the enterprise's withdrawal" },
  'issue-closed': { zh: '销号通知', en: 'notice of closing' },
  'issue-reopened': { zh: '企业不满意通知', en: "notice of the enterprise's dissatisfaction" },
  'call-back-due': { zh: '电话回访通知', en: 'request for a call-back' },
  'issue-escalated': { zh: '逾期通知', en: 'overdue notice' },
  'case-opened': { zh: '绿色通道开办通知', en: 'notice of the opening' },
  'case-step': { zh: '环节办理通知', en: 'request to begin a step' },
  'case-waiting': { zh: '补充材料通知', en: 'request to bring something' },
  'case-resumed': { zh: '恢复计时通知', en: 'notice that a step goes on' },
  'case-informed': { zh: '企业补充情况通知', en: 'notice of information from the enterprise' },
  'case-reassigned': { zh: '更换跟办干部通知', en: 'notice of a change of officer' },
  'case-ended': { zh: '事项终止通知', en: 'notice of the end of a case' },
  'case-handed-over': { zh: '结果送达通知', en: 'notice of the handing over' },
  'case-completed': { zh: '事项办结通知', en: 'notice of completion' },
  'case-returned': { zh: '企业未收到结果的通知', en: 'notice of a failed handing over' },
  'case-call-back-due': { zh: '电话回访通知', en: 'request for a call-back' },
  'case-warning': { zh: '环节临期提醒', en: 'warning about a step' },
  'case-escalated': { zh: '环节逾期通知', en: 'overdue notice about a step' },
  'quota-nudge': { zh: '走访提示', en: 'visit nudge' },
  'quota-reminder': { zh: '走访提醒', en: 'visit reminder' },
  'quota-last-call': { zh: '走访月末提醒', en: 'last call for visits' },
  'quota-missed': { zh: '走访未完成情况', en: 'list of missed visits' },
  bulletin: { zh: '助企工作简报', en: 'bulletin' },
  'notice-drafted': { zh: '拟予通报告知书', en: 'notification of a draft criticism' },
  'notice-decided': { zh: '申诉复核结果', en: 'decision on an appeal' },
  'notice-published': { zh: '通报发布通知', en: 'notice of publication' },
  'notice-ended': { zh: '通报终止通知', en: 'notice that nothing is published' },
  'notice-proposed': { zh: '通报审核通知', en: 'draft for publication' },
  'notice-appealed': { zh: '申诉复核通知', en: 'appeal to decide on' },
  'notices-of-month': { zh: '走访通报拟稿汇总', en: 'summary of draft criticisms' },
  'assessment-opened': { zh: '考核表核对通知', en: 'notice that a sheet is open' },
  'assessment-final': { zh: '考核定稿通知', en: 'notice of a final assessment' },
  'assessment-appealed': { zh: '考核申诉复核通知', en: 'appeal against an assessment' },
  'assessment-decided': { zh: '考核申诉复核结果', en: 'decision on an appeal against an assessment' },
  'enterprise-link': { zh: '企业专用链接', en: "link to the enterprise's pages" },
  'officer-rating-asked': { zh: '企业评议邀请', en: 'request to rate an officer' },
  'visit-joint': { zh: '联合走访告知', en: 'notice of a joint visit' },
  'visit-denied': { zh: '走访核查通知', en: 'request to look into a visit' },
  'exemption-requested': { zh: '容错审批通知', en: 'request for an exemption' },
  'exemption-decided': { zh: '容错审批结果', en: 'decision on an exemption' },
  'mail-undeliverable': { zh: '邮件未送达通知', en: 'notice of an undelivered mail' },
}

type Undelivered = Extract<MailFacts, { kind: 'mail-undeliverable' }>['reason']

const notDelivered: Wording = { zh: '未送达', en: 'did not arrive' }
const notConfirmed: Wording = { zh: '未能确认送达', en: 'may not have arrived' }

/** What became of a mail, why, and what would make the next one arrive. */
export const undeliveredTerms: Readonly<Record<Undelivered, { outcome: Wording; why: Wording; remedy: Wording }>> = {
  'no-address': {
    outcome: notDelivered,
    why: { zh: '对方未登记邮箱', en: 'no e-mail address is registered' },
    remedy: { zh: '请向管理员提供其邮箱，以便补登。', en: 'Give an administrator an address to register.' },
  },
  'left-the-roster': {
    outcome: notDelivered,
    why: { zh: '对方已不在名册', en: 'no longer in the roster' },
    remedy: { zh: '请确定接办人员，并请管理员更新名册。', en: 'Decide who takes over, and have an administrator update the roster.' },
  },
  refused: {
    outcome: notDelivered,
    why: { zh: '邮件服务拒绝发送', en: 'the mail service refused to send it' },
    remedy: { zh: '请核对其邮箱地址；地址无误的，请联系管理员检查邮件服务。', en: 'Check the address; if it is right, ask an administrator to check the mail service.' },
  },
  bounced: {
    outcome: notDelivered,
    why: { zh: '被对方邮箱退回', en: "the recipient's mailbox returned it" },
    remedy: { zh: '请核对其邮箱是否有误、已满或停用，并请管理员更正。', en: 'Check whether the address is wrong, the mailbox full or closed, and have an administrator correct it.' },
  },
  complained: {
    outcome: { zh: '可能未被阅读', en: 'may not have been read' },
    why: { zh: '对方将其标记为垃圾邮件', en: 'the reader marked it as spam' },
    remedy: { zh: '请当面或电话告知对方，并说明今后邮件的用途。', en: 'Tell them in person or by telephone, and say what the mail is for.' },
  },
  'answer-lost': {
    outcome: notConfirmed,
    why: { zh: '邮件服务未返回结果，对方可能已收到', en: 'the mail service never confirmed it' },
    remedy: { zh: '请先向其核实是否收到，已收到的无需再次办理。', en: 'Ask first whether it arrived; if it did, nothing needs doing twice.' },
  },
  'not-taken': {
    outcome: notDelivered,
    why: { zh: '邮件服务多次未予接收，系统仍在重试', en: 'the mail service has not taken it after many tries, which go on' },
    remedy: { zh: '请核对其邮箱地址，并请管理员检查邮件服务。', en: 'Check the address, and have an administrator check the mail service.' },
  },
  'given-up': {
    outcome: notDelivered,
    why: { zh: '系统多次发送均未成功，已停止重试', en: 'it could not be sent after many tries, and is not tried again' },
    remedy: { zh: '请核对其邮箱地址，并请管理员查明未能发送的原因。', en: 'Check the address, and have an administrator find out why it could not be sent.' },
  },
}
