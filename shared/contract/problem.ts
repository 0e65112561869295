/** A text in both languages of the product. `{name}` stands for a value given where the problem arises. */
export interface Wording {
  readonly zh: string
  readonly en: string
}

/** What a place in a text is filled with: the same in both languages, or a word of each. */
export type Filling = string | number | Wording
export type Fillings = Readonly<Record<string, Filling>>

interface ProblemEntry {
  readonly status: number
  readonly title: Wording
  /** Says what to do. */
  readonly detail: Wording
}

const entry = (status: number, title: [zh: string, en: string], detail: [zh: string, en: string]): ProblemEntry => ({
  status,
  title: { zh: title[0], en: title[1] },
  detail: { zh: detail[0], en: detail[1] },
})

/** Every problem the API answers with: its stable code, HTTP status and words (RFC 9457). */
export const problems = {
  // The request itself
  'malformed-json': entry(400, ['请求体不是有效的 JSON', 'The body is not valid JSON'], ['请检查 JSON 语法，并以 UTF-8 编码重新提交。', 'Correct the JSON, see that it is in UTF-8, and send it again.']),
  'several-faults': entry(422, ['提交内容有多处错误', 'The request has several faults'], ['请按 errors 中逐项说明修改后重新提交。', 'Correct each fault listed in errors and send it again.']),
  'cursor-not-valid': entry(400, ['翻页标记无效', 'The cursor is not valid'], ['翻页标记只能由同一用户用于同一查询，请去掉 cursor 从第一页重新查询。', 'A cursor serves the same caller and the same query only. Leave it out to start again from the first page.']),
  'unsupported-media-type': entry(415, ['内容类型不受支持', 'This content type is not supported'], ['请使用 Content-Type: {expected}。', 'Send it with Content-Type: {expected}.']),
  'body-too-large': entry(413, ['提交内容过大', 'The body is too large'], ['上限为 {limit} 字节，请减少内容或分批提交。', 'The limit is {limit} bytes. Send less, or send it in parts.']),
  'idempotency-key-not-valid': entry(400, ['Idempotency-Key 格式错误', 'The Idempotency-Key is not valid'], ['请使用 1 至 128 个可见 ASCII 字符。', 'Use 1 to 128 visible ASCII characters.']),
  'idempotency-key-reused': entry(422, ['同一 Idempotency-Key 已用于其他内容', 'This Idempotency-Key was used for another request'], ['新的提交请换用新的 Idempotency-Key。', 'Use a new Idempotency-Key for a new request.']),
  'idempotency-in-flight': entry(409, ['同一请求正在处理', 'The same request is being processed'], ['请稍候用同一 Idempotency-Key 重试。', 'Wait a moment and repeat it with the same Idempotency-Key.']),
  'done-before': entry(409, ['该请求此前已办理', 'This request was carried out before'], ['同一 Idempotency-Key 的请求已办理，当时的答复已过保存期，请查询记录；新的提交请换用新的 Idempotency-Key。', 'It was carried out under this Idempotency-Key, and its answer is no longer kept. Look up what it recorded; use a new key for a new request.']),
  'if-match-required': entry(428, ['缺少 If-Match', 'If-Match is missing'], ['请先读取该事项，并在 If-Match 中带上返回的 ETag。', 'Read the object first and send the ETag you got as If-Match.']),
  'if-match-not-valid': entry(400, ['If-Match 格式错误', 'If-Match is not valid'], ['请原样填写读取时返回的 ETag，例如 "3"。', 'Send the ETag exactly as you got it, such as "3".']),
  'if-match-stale': entry(412, ['内容已被他人更新', 'The object has changed since you read it'], ['请重新读取后再提交，当前 ETag 为 {current}。', 'Read it again before you change it. The current ETag is {current}.']),
  'no-such-operation': entry(404, ['没有此接口', 'There is no such operation'], ['接口清单见 /docs。', 'See /docs for the operations there are.']),
  'method-not-allowed': entry(405, ['此地址不支持该方法', 'This address does not take that method'], ['可用的方法：{allowed}。', 'It takes: {allowed}.']),
  // Who calls
  'identity-not-usable': entry(401, ['无法确认您的身份', 'The token does not say who you are'], ['登录凭证须含 {claim}（邮箱须已验证），请重新登录或联系管理员。', 'The token must carry {claim} (an e-mail address must be verified). Sign in again or ask an administrator.']),
  'not-in-roster': entry(403, ['您不在干部名册中，或已停用', 'You are not in the roster, or no longer active'], ['请联系管理员将您录入名册；已停用的，请联系管理员恢复。', 'Ask an administrator to enter you in the roster, or to take you back.']),
  'role-not-allowed': entry(403, ['您的角色不能办理此项', 'Your role may not do this'], ['此项由以下角色办理：{roles}。', 'This is done by: {roles}.']),
  'out-of-reach': entry(403, ['此项不在您的职责范围内', 'This is outside your responsibility'], ['请由所属部门或结对干部办理。', 'Ask the department or the paired officer it belongs to.']),
  'own-request': entry(403, ['不能审批本人或本人代为提出的申请', 'Nobody decides on their own request, or one they entered'], ['请由其他负责人或助企办审批。', 'Leave the decision to another director or to a supervisor.']),
  'own-visit': entry(403, ['不能核查本人参加或登记的走访', 'Nobody checks a visit that they made, were along on or entered'], ['请由助企办其他人员核查。', 'Leave it to somebody else in the campaign office.']),
  'own-notice': entry(403, ['不能办理与本人有关的通报', 'Nobody decides on a notice that concerns them'], ['被通报的人员及其部门负责人、被通报的部门、拟稿人或提名人不得自行办理，请由助企办其他人员办理。', 'Leave it to a supervisor whom it does not concern, and who has neither drafted nor proposed it.']),
  'own-assessment': entry(403, ['不能复核与本人有关的申诉', 'Nobody decides on an appeal that concerns them'], ['被考核的人员及其部门负责人、被考核的部门、申诉人不得自行复核，请由助企办其他人员办理。', 'Leave it to a supervisor whom the sheet does not concern, and who has not appealed.']),
  // What the request speaks of
  'department-not-found': entry(404, ['没有此部门', 'There is no such department'], ['请核对部门代码 {id}。', 'Check the department code {id}.']),
  'officer-not-found': entry(404, ['没有此干部', 'There is no such officer'], ['请核对工号 {id}。', 'Check the staff number {id}.']),
  'enterprise-not-found': entry(404, ['没有此企业', 'There is no such enterprise'], ['请核对企业代码 {id}。', 'Check the enterprise code {id}.']),
  'pairing-not-found': entry(404, ['没有此结对关系', 'There is no such pairing'], ['请核对结对编号 {id}。', 'Check the pairing id {id}.']),
  'visit-not-found': entry(404, ['没有此走访记录', 'There is no such visit'], ['请核对走访编号 {id}。', 'Check the visit id {id}.']),
  'exemption-not-found': entry(404, ['没有此容错申请', 'There is no such exemption'], ['请核对申请编号 {id}。', 'Check the exemption id {id}.']),
  'flag-not-found': entry(404, ['没有此项核查', 'There is no such flag'], ['请核对核查编号 {id}。', 'Check the flag id {id}.']),
  'measure-not-found': entry(404, ['没有此惠企政策', 'There is no such measure'], ['请核对政策编号 {id}。', 'Check the code of the measure, {id}.']),
  'assessment-not-found': entry(404, ['没有此考核，或尚未开放', 'There is no such assessment, or it is not open yet'], ['请核对考核期 {id}；初核期间仅助企办督查可以查看。', 'Check the period, {id}. While it is a draft, only supervisors see it.']),
  'sheet-not-found': entry(404, ['没有此考核表', 'There is no such sheet'], ['{id} 在该考核期内没有可考核的记录，或考核表尚未核算完成。', 'Nothing of {id} was recorded in that period, or the sheet has not been drawn up yet.']),
  'issue-not-found': entry(404, ['台账中没有此问题', 'There is no such issue in the ledger'], ['请核对问题编号 {id}。', 'Check the issue number {id}.']),
  'session-not-found': entry(404, ['没有此现场办公', 'There is no such session'], ['请核对现场办公编号 {id}。', 'Check the number of the session, {id}.']),
  'template-not-found': entry(404, ['没有此办理流程', 'There is no such template'], ['请核对流程编号 {id}。', 'Check the code of the template, {id}.']),
  'case-not-found': entry(404, ['没有此绿色通道事项', 'There is no such case'], ['请核对事项编号 {id}。', 'Check the number of the case, {id}.']),
  'step-not-found': entry(404, ['没有此办理环节', 'There is no such step'], ['{id} 没有环节 {step}，请核对。', '{id} has no step {step}. Check its code.']),
  'notice-not-found': entry(404, ['没有此通报', 'There is no such notice'], ['请核对通报编号 {id}；未发布的通报不对外公开。', 'Check the id {id}. What has not been published is not shown to the public.']),
  'milestone-not-found': entry(404, ['没有此节点', 'There is no such milestone'], ['请核对节点编号 {id}；节点须先列入年度计划。', 'Check the code of the milestone, {id}. It has to stand in the plan of a year first.']),
  'obstacle-not-found': entry(404, ['未关联此问题', 'That issue is not linked'], ['问题 {id} 未列为该项目的制约问题，请核对编号。', 'Issue {id} does not stand among what holds the project up. Check the number.']),
  'calendar-not-found': entry(404, ['该年度日历尚未录入', 'The calendar of this year has not been entered'], ['国务院办公厅发布 {year} 年放假通知后，请录入该年度日历。', 'Enter the calendar of {year} once the State Council has published it.']),
  // Rules of the roster
  'email-taken': entry(409, ['邮箱已被他人使用', 'The e-mail address is in use'], ['{email} 已属于工号 {officerId}，请更换邮箱或先更正该记录。', '{email} belongs to officer {officerId}. Use another address or correct that record first.']),
  'last-administrator': entry(409, ['不能没有系统管理员', 'Somebody has to administer the roster'], ['此变更后将无人可以管理名册，请先授予他人管理员角色。', 'After this nobody could. Give the administrator role to somebody else first.']),
  'officer-left': entry(409, ['该干部已离开名册', 'The officer has left the roster'], ['工号 {id} 已停用，请另选干部，或先恢复该干部。', 'Staff number {id} is not active. Choose somebody else, or take the officer back first.']),
  'no-contact-address': entry(409, ['企业未登记邮箱', 'The enterprise has no e-mail address'], ['请先登记 {id} 的联系人邮箱，再发送链接。', 'Register an address for the contact of {id} first.']),
  'not-an-officer': entry(422, ['该人员不是助企干部', 'That person is no officer'], ['工号 {id} 没有助企干部角色，不能登记走访或跟办事项；请先授予该角色，或另选干部。', 'Staff number {id} does not hold the role of officer and could record no visit. Give the role first, or choose somebody else.']),
  'enterprise-code-mismatch': entry(422, ['企业代码与类型不符', "The code does not suit the enterprise's kind"], ['company 须为统一社会信用代码，project 须为项目代码。', 'A company has a unified social credit code, a project a project code.']),
  'pairing-overlaps': entry(409, ['结对时间重叠', 'The pairing overlaps another'], ['该干部与该企业已有结对 {pairingId}，请先结束原结对。', 'This officer and enterprise already have pairing {pairingId}. End it first.']),
  'pairing-ended': entry(409, ['结对已有结束日期', 'The pairing has a last day'], ['最后一日为 {endsOn}：尚未到期的只能提前，已结束的不再更改；如需继续，请自次日起新建结对。', 'Its last day is {endsOn}: one still to come can only be brought forward, one that is past stays. To go on, make a new pairing from the day after.']),
  'pairing-ends-before-start': entry(422, ['结束日期早于开始日期', 'The pairing would end before it starts'], ['结束日期不得早于 {startsOn}。', 'The last day can be {startsOn} at the earliest.']),
  'pairing-has-visits': entry(409, ['结束日期之后已有走访', 'There are visits after that day'], ['{visitedOn} 已有走访记录，结束日期不得早于该日。', 'A visit was recorded on {visitedOn}; the pairing cannot end before that day.']),
  'import-too-large': entry(413, ['导入文件过大', 'The file is too large to import'], ['每次最多 {rows} 行，请拆分后分次导入。', 'At most {rows} rows at a time. Split the file.']),
  'import-not-readable': entry(422, ['无法读取导入文件', 'The file cannot be read'], ['{reason}', '{reason}']),
  // Rules of visits
  'not-paired': entry(422, ['企业当日未与该干部结对', 'The enterprise was not paired with this officer on that day'], ['{enterpriseId} 于 {date} 未与工号 {officerId} 结对，请核对企业代码和日期；助企办代干部登记的，请填写 officerId。', '{enterpriseId} was not paired with officer {officerId} on {date}. Check the code and the date; the campaign office, entering it for an officer, gives their officerId.']),
  'visit-in-future': entry(422, ['走访日期晚于今天', 'The visit lies in the future'], ['今天是 {today}，请在走访之后再登记。', 'Today is {today}. Record a visit after it has taken place.']),
  'visit-too-late': entry(422, ['登记已超过期限', 'It is too late to enter this visit'], ['{visitedOn} 的走访最迟应于 {until} 登记。', 'A visit of {visitedOn} could be entered until {until}.']),
  'measure-ends-before-start': entry(422, ['有效期截止日早于起始日', 'The measure would end before it starts'], ['截止日不得早于 {validFrom}。', 'The last day can be {validFrom} at the earliest.']),
  'measure-not-valid': entry(422, ['政策当日不在有效期内', 'The measure was not valid on that day'], ['{date} 不在以下政策的有效期内：{measures}，请核对政策编号和走访日期。', 'These were not valid on {date}: {measures}. Check the codes and the day of the visit.']),
  'month-not-open': entry(422, ['该月份不能申请容错', 'No exemption can be asked for that month'], ['只能申请 {from} 至 {until} 的容错。', 'Exemptions can be asked for {from} to {until}.']),
  'nothing-owed': entry(422, ['该月无走访任务', 'Nothing is owed in that month'], ['该干部在 {month} 没有需要豁免的结对。', 'This officer has no pairing to exempt in {month}.']),
  'not-paired-in-month': entry(422, ['企业当月未与该干部结对', 'The enterprise is not paired with this officer in that month'], ['{enterpriseId} 在 {month} 未与工号 {officerId} 结对，请核对企业代码和月份。', '{enterpriseId} is not paired with officer {officerId} in {month}. Check the code and the month.']),
  'exemption-exists': entry(409, ['已有同样的容错申请', 'The same has been asked for'], ['同一月份的申请 {id} 已包含所申请的范围，{status}，无须重复申请。', 'Request {id} for that month covers the same and is {status}; there is no need to ask again.']),
  'already-decided': entry(409, ['该申请已审批', 'The request has been decided'], ['审批结果：{decision}。', 'The decision was: {decision}.']),
  'already-checked': entry(409, ['该走访已核查', 'The flag has been checked'], ['核查结论：{finding}。', 'What was found: {finding}.']),
  'month-to-come': entry(422, ['该月份尚未开始', 'That month has not begun'], ['目前最多可查询到 {until}。', 'Reports reach up to {until}.']),
  'round-not-over': entry(409, ['评议尚未结束', 'The round is not over'], ['本轮评议截至 {until}，结束后方可查看结果。', 'Enterprises can answer until {until}; results can be read after that.']),
  'month-not-over': entry(422, ['该月份尚未结束', 'That month is not over'], ['最多可推演到 {until}。', 'Months can be rehearsed up to {until}.']),
  'rehearsal-too-large': entry(422, ['推演规模过大', 'There is too much to rehearse'], ['该月涉及超过 {most} {what}，请用 departmentId 指定部门，逐个推演。', 'There are more than {most} {what} in that month. Name one department in departmentId at a time.']),
  'rehearsal-of-department-too-large': entry(422, ['推演规模过大', 'There is too much to rehearse'], ['该部门当月涉及超过 {most} {what}，无法在线推演，请改为推演其他部门或月份。', 'That department has more than {most} {what} in that month, which is more than one request can rehearse. Take another department or month.']),
  'rehearsal-too-far-back': entry(422, ['推演的月份过早', 'That month lies too far back to rehearse'], ['自该月以来的问题或绿色通道事项超过 {most} 件，一次无法逐件查阅，请推演较近的月份。', 'There have been more than {most} issues or cases since that month, which is more than one request can look through. Rehearse a later month.']),
  'month-too-far-back': entry(422, ['时间过早', 'That is too far back'], ['按记录统计最早可到 {from}；更早的请查看已印发的简报和已定稿的考核。', 'What lies back to {from} is counted from its records; of what lies before, read the bulletins that were issued and the assessments that are final.']),
  'bulletin-not-issued': entry(409, ['简报尚未印发', 'The bulletin has not been issued'], ['{month} 的简报尚未印发，没有可供比对的数值；可直接查看简报，其指标按现有记录统计。', 'The bulletin of {month} has not been issued, so there is nothing to compare with. Read the bulletin itself: it is counted from the records as they are.']),
  'export-too-large': entry(422, ['导出内容过多', 'That is too much for one export'], ['一次最多导出 {limit} 行，文字较多的更少；导出全区的，干部也不得超过此数。此次超出；{advice}。', 'An export has {limit} rows at most, fewer where their texts are long, and of the whole district goes through no more officers; this one would be larger. {advice}.']),
  'filter-required': entry(422, ['缺少查询条件', 'A filter is missing'], ['请给出 {filters}。', 'Give {filters}.']),
  'filter-not-of-figure': entry(422, ['该指标没有此查询条件', 'The figure has no such filter'], ['{figure} 可用的查询条件：{filters}；请去掉 {given}。', '{figure} can be asked for by: {filters}. Leave out {given}.']),
  // Rules of issues
  'subcategory-mismatch': entry(422, ['小类不属于该大类', 'The subcategory is not of that category'], ['{category} 的小类为：{allowed}。', 'The subcategories of {category} are: {allowed}.']),
  'visit-mismatch': entry(422, ['走访记录与企业或干部不符', 'The visit is of another enterprise or officer'], ['走访 {visitId} 不属于该企业和提交人，请核对。', 'Visit {visitId} does not belong to this enterprise and submitter. Check it.']),
  'command-not-legal': entry(409, ['当前状态不能办理此项', 'The issue is not in a state for this'], ['问题当前为“{status}”，可办理：{legal}。', 'The issue is {status}; what can be done now: {legal}.']),
  'pieces-open': entry(409, ['协办事项尚未答复', 'Other departments have not answered yet'], ['{departments} 尚未答复协办事项，请待其答复；确需直接办结（resolve）的，请在 despite 中说明理由。', '{departments} still owe an answer. Wait for it; or, to resolve the issue without it, say why in despite.']),
  'piece-open': entry(409, ['已商请该部门协办', 'That department has been asked already'], ['{id} 的协办事项尚未答复，请待其答复后再提出。', '{id} has not answered what it was asked for yet. Ask again once it has.']),
  'piece-too-long': entry(422, ['协办时限过长', 'That is too long for a piece'], ['协办最迟须于 {date} 完成：不得晚于问题的办结时限；问题已逾期的，不得超过规定的协办工作日。请缩短协办时限；尚未逾期的，也可先申请延期。', 'It has to be answered by {date}: no later than the issue is due, or, where that is past, within the usual days for a piece. Give fewer working days; an issue that is not late can be extended first.']),
  'piece-not-found': entry(404, ['没有此协办事项', 'There is no such piece'], ['问题 {id} 没有第 {piece} 项协办，请核对。', 'Issue {id} has no piece {piece}. Check the number.']),
  'piece-not-open': entry(409, ['该协办事项已了结', 'That piece is settled'], ['第 {piece} 项协办已答复、退回或因问题了结而终止。', 'Piece {piece} has been answered or refused, or fell away when the issue ended.']),
  'too-many-pieces': entry(409, ['协办事项过多', 'There are too many pieces'], ['每个问题最多 {limit} 项协办。', 'An issue has {limit} at most.']),
  'request-pending': entry(409, ['已有申请待审批', 'Something waits for a decision already'], ['请待部门负责人或助企办审批后再申请。', 'Ask again once the director or the campaign office has decided on it.']),
  'nothing-to-decide': entry(409, ['没有待审批的申请', 'There is nothing to decide on'], ['该问题没有待审批的申请，或申请已因办理进展失效。', 'Nothing has been asked for, or it has fallen away with what has happened since.']),
  'extended-before': entry(409, ['已延期过一次', 'It has been extended before'], ['每个问题只能延期一次，请按期办结；确实无法办结的，可申请解释办结。', 'An issue is extended once. Resolve it in time, or ask to explain why that cannot be.']),
  'extension-too-long': entry(422, ['延期超过上限', 'The extension is too long'], ['办结时限延期后总计不得超过 {most} 个工作日，现最多可延 {limit} 个。', 'With the extension it can take {most} working days in all; {limit} more can be asked for at most.']),
  'deadline-passed': entry(409, ['办结时限已过', 'The time to resolve it has run out'], ['时限截至 {date}，已届满。延期和暂停须在届满前申请；暂停须在届满前批准，延期须在延长后的时限届满前批准。', 'It ran until {date}. An extension or a pause has to be asked for before it runs out; a pause approved before that, an extension before the extended time has run out as well.']),
  'same-tier': entry(422, ['层级未变', 'It is of that tier'], ['该问题已是 {tier} 类，请选择其他层级。', 'It is of tier {tier} already. Choose another.']),
  'merge-into-itself': entry(422, ['不能并入自身', 'An issue cannot be merged into itself'], ['请填写所并入的另一个问题的编号。', 'Give the number of the other issue.']),
  'merge-target-not-open': entry(409, ['所并入的问题未在办理', 'That issue is not being worked on'], ['问题 {id} 已办结、撤回或已并入其他问题，请另选办理中的问题。', 'Issue {id} is resolved, withdrawn, or merged into another itself. Choose one that is being worked on.']),
  'has-followers': entry(409, ['有其他问题并入其中', 'Other issues are merged into it'], ['{issues} 已并入本问题，请先解除并办（separate），再分别并入。', '{issues} follow this issue. Separate them first, then merge each of them.']),
  'too-many-followers': entry(409, ['并入的问题过多', 'Too many issues are merged into it'], ['问题 {id} 最多可并入 {limit} 个问题，请单独办理。', 'Up to {limit} issues can be merged into issue {id}. Work on this one by itself.']),
  'call-back-not-due': entry(409, ['尚未到回访时间', 'It is too early to call back'], ['{date} 起企业仍未评价的，再电话回访；此前请等待企业自行评价。', 'Call the enterprise back from {date} on, if it has not given its rating by then.']),
  'asked-at-another-time': entry(422, ['回访时间有误', 'The time of the call is not possible'], ['回访时间应在办结之后、不晚于现在。', 'The enterprise can have been asked after the issue was resolved and not later than now.']),
  'department-unstaffed': entry(409, ['该部门无人可以签收', 'Nobody in that department can accept it'], ['{id} 在名册中没有经办人和负责人，请先补充人员，或另选部门。', 'The roster has neither a handler nor a director for {id}. Enter one first, or choose another department.']),
  'same-department': entry(422, ['已由该部门主办', 'This department already leads'], ['请选择其他部门。', 'Choose another department.']),
  'nothing-to-acknowledge': entry(409, ['没有需要签收的催办', 'There is no escalation to acknowledge'], ['该事项尚未升级，或本级已签收。', 'It has not been escalated, or this level has been acknowledged.']),
  // Rules of sessions
  'session-command-not-legal': entry(409, ['当前状态不能办理此项', 'The session is not in a state for this'], ['现场办公当前为“{status}”，可办理：{legal}。', 'The session is {status}; what can be done now: {legal}.']),
  'session-in-past': entry(422, ['开始时间已过', 'The session would begin in the past'], ['请填写晚于现在的开始时间；已经开始的，只能连同开始时间一并变更。', 'Give a start that is still to come. What has begun can be changed only together with its start.']),
  'session-too-soon': entry(422, ['召集过于仓促', 'The session would begin too soon'], ['部门负责人召集的，最早于次日开始；确需当日召开的，请由助企办召集。', 'A director calls a session for the next day at the earliest. Where it has to be today, ask the campaign office to call it.']),
  'session-time-not-possible': entry(422, ['起止时间有误', 'The times of the session are not possible'], ['结束时间应晚于开始时间，且不超过 24 小时；开始时间应在一年以内。', 'It has to end after it begins, within 24 hours, and to begin within a year.']),
  'session-not-begun': entry(409, ['现场办公尚未开始', 'The session has not begun'], ['请在 {at} 开始后再办理。', 'Do this once it has begun, from {at} on.']),
  'own-deadline': entry(403, ['不能推迟本部门的办结时限', 'Nobody puts off the deadline of their own department'], ['该问题由召集部门主办，其负责人只能提前办结时限；确需延期的，请按延期办理，或由助企办决定。', 'The department that called the session leads this issue, so its director can only bring the deadline forward. Ask for an extension, or let the campaign office decide.']),
  'issue-not-of-session': entry(422, ['不是参加企业的问题', 'Not an issue of an enterprise that takes part'], ['{id} 不是参加本次现场办公的企业的问题，请核对问题编号。', '{id} is no issue of an enterprise that takes part. Check the number.']),
  'holder-not-director': entry(422, ['主持人不是部门负责人', 'Whoever holds it has to be a director'], ['工号 {id} 不是在职的部门负责人，请在 directorId 中填写主持现场办公的部门负责人。', 'Staff number {id} is not an active director. Name in directorId the director who holds the session.']),
  'too-many-participants': entry(422, ['参加人员过多', 'Too many people would be invited'], ['受邀部门和结对干部最多 {limit} 人，请减少参加部门或企业。', 'The departments and paired officers can be {limit} people at most. Invite fewer departments or enterprises.']),
  'enterprise-not-of-session': entry(422, ['企业未参加该现场办公', 'The enterprise takes no part in the session'], ['{enterpriseId} 不在该现场办公的企业之列，请核对。', '{enterpriseId} is not among the enterprises of the session. Check it.']),
  'enterprise-unpaired': entry(409, ['企业没有结对干部', 'Nobody is paired with the enterprise'], ['{enterpriseId} 当前没有结对干部，新问题无人跟进，请先结对。', '{enterpriseId} has no officer today who would bring a new issue. Pair it first.']),
  'issue-changed': entry(409, ['问题已被他人更新', 'The issue has changed since you read it'], ['请重新查看问题 {id} 后再决定，当前版本为 {current}。', 'Look at issue {id} again before you decide. Its version is {current} by now.']),
  'one-issue-required': entry(422, ['须指明一个问题', 'A decision is about one issue'], ['请填写 issueId 和 issueVersion（台账中的问题），或填写 issue（现场提出的新问题），二者择一。', 'Give either issueId with issueVersion, of an issue in the ledger, or issue, a new one.']),
  'due-not-working-day': entry(422, ['办结日期不是工作日', 'That is not a working day'], ['{date} 不是工作日，请另选日期。', '{date} is no working day. Choose another.']),
  'due-too-early': entry(422, ['办结日期已过', 'That date has passed'], ['{date} 下班时间已过，请另选日期。', 'The office has closed on {date}. Choose a later date.']),
  'due-too-late': entry(422, ['办结日期过晚', 'That date is too late'], ['自时限起算不得超过 {most} 个工作日，最迟 {date}。', 'From when its clock began it can take {most} working days, until {date} at the latest.']),
  'too-many-decisions': entry(409, ['决定过多', 'There are too many decisions'], ['每次现场办公最多 {limit} 项决定，每个问题累计最多 {ofIssue} 项。', 'A session makes {limit} at most, and on one issue there can be {ofIssue} in all.']),
  // Rules of projects
  'not-a-project': entry(422, ['不是投资项目', 'This is no project'], ['{id} 登记为企业，只有 kind 为 project 的才有投资计划，请核对代码。', '{id} is registered as a company. Only those of kind project have a plan; check the code.']),
  'project-not-planned': entry(409, ['该年度尚无投资计划', 'That year has no plan'], ['请先由本部门负责人或助企办录入 {year} 年投资计划，再报送完成投资。', 'Have a director or the campaign office enter the plan of {year} first, then report what was invested.']),
  'project-not-yet': entry(422, ['所填时间尚未到来', 'That has not happened yet'], ['今天是 {today}，只能登记已经发生的月份和日期。', 'Today is {today}. Only months that have begun and days that have come can be reported.']),
  'project-reason-required': entry(422, ['须说明理由', 'This needs a reason'], ['录入或调整已开始半年度的计划，更正已报送的投资，删去或改动已完成的节点，或更改已登记的节点日期，请在 reason 中说明理由。', 'It takes a reason to enter or change the plan of a half-year that has begun, to correct what was invested, and to leave out, alter or take back a milestone that has been reached. Give it in reason.']),
  'plan-year-out-of-range': entry(422, ['不能录入该年度的计划', 'No plan of this year is entered'], ['项目年度计划只录入 {from} 年至 {to} 年，请核对年度。', 'Plans are entered for the years {from} to {to}. Check the year.']),
  'milestone-of-other-year': entry(422, ['节点不属于该年度', 'The milestone is of another year'], ['节点 {id} 的计划日期须在 {year} 年内，且不得同时列入其他年度的计划。', 'Milestone {id} has to be planned for a day of {year}, and to stand in the plan of no other year.']),
  'milestone-too-early': entry(422, ['节点完成日期过早', 'That day is too far back'], ['节点完成日期最早可填 {from}，即首个计划年度上一年的第一天，请核对日期。', 'A milestone can have been reached on {from} at the earliest, the first day of the year before the first that is planned. Check the date.']),
  'issue-not-of-project': entry(422, ['不是该项目的问题', 'Not an issue of this project'], ['台账中没有该项目的问题 {id}，请核对编号。', 'The ledger has no issue {id} of this project. Check the number.']),
  'obstacle-linked': entry(409, ['已关联该问题', 'That issue is linked already'], ['问题 {id} 已列为该项目的制约问题。', 'Issue {id} stands among what holds the project up.']),
  'too-many-obstacles': entry(409, ['制约问题过多', 'Too many issues are linked'], ['每个项目最多关联 {limit} 个问题，请先解除已办结问题的关联。', 'A project has {limit} at most. Remove those first that hold it up no more.']),
  // Rules of cases
  'step-command-not-legal': entry(409, ['该环节当前不能办理此项', 'The step is not in a state for this'], ['环节当前为“{status}”，可办理：{legal}。', 'The step is {status}; what can be done now: {legal}.']),
  'case-command-not-legal': entry(409, ['该事项当前不能办理此项', 'The case is not in a state for this'], ['事项当前为“{status}”，可办理：{legal}。', 'The case is {status}; what can be done now: {legal}.']),
  'step-overdue': entry(409, ['该环节已逾期', 'The step is overdue'], ['时限截至 {date}，已届满，不能再以等待企业为由停止计时，请抓紧办理。', 'It was due by {date}. What has been missed cannot be waited away; go on with it.']),
  'too-many-waits': entry(409, ['等待企业的次数过多', 'The step has waited too often'], ['每个环节最多等待企业 {limit} 次，请一次告知所需全部材料。', 'A step waits for the enterprise {limit} times at most. Ask for all that is needed at once.']),
  'receipt-not-due': entry(409, ['尚未到回访时间', 'It is too early to call back'], ['{date} 起企业仍未确认收到的，再电话回访；此前请等待企业自行确认。', 'Call the enterprise back from {date} on, if it has not confirmed by then.']),
  'asked-before-handover': entry(422, ['回访时间有误', 'The time of the call is not possible'], ['回访时间应在送达之后、不晚于现在。', 'The enterprise can have been asked after the result was handed over and not later than now.']),
  'same-officer': entry(422, ['已由该干部跟办', 'That officer is on it already'], ['请选择其他干部。', 'Choose somebody else.']),
  'not-going-along': entry(422, ['该干部未跟办此事项', 'That officer does not go along with the case'], ['工号 {id} 既不跟办此事项，也不跟办其尚未办妥的环节。请在 from 中填写现由其跟办的干部；不填的，为跟办此事项的干部。', 'Staff number {id} neither follows the case nor goes along with a step that is still to be finished. Name in from somebody who does, or leave it out for whoever follows the case.']),
  // Rules of notices
  'notice-command-not-legal': entry(409, ['该通报当前不能办理此项', 'The notice is not in a state for this'], ['通报当前为“{status}”，可办理：{legal}。', 'The notice is {status}; what can be done now: {legal}.']),
  'one-subject-required': entry(422, ['须指明一个对象', 'A notice concerns one'], ['请填写 officerId（干部）或 departmentId（部门），二者择一。', 'Give either officerId or departmentId.']),
  'criticism-by-office': entry(403, ['批评通报由助企办拟稿', 'Criticism is for the campaign office to draft'], ['部门负责人可为本部门及其干部提名表扬；需要批评通报的，请商助企办。', 'A director proposes commendations of the department and its officers. For a criticism, speak to the campaign office.']),
  'appeal-closed': entry(409, ['申诉期限已过', 'It is too late to appeal'], ['申诉应于 {until} 前提出；如有新的情况，请与助企办联系。', 'An appeal could be made until {until}. If something new has come up, speak to the campaign office.']),
  'appeal-open': entry(409, ['申诉期限未满', 'It can still be appealed against'], ['{until} 后无人申诉的，方可发布。', 'It can be published after {until}, unless it is appealed against by then.']),
  'exemption-reason-mismatch': entry(422, ['容错情形填写有误', 'The reason for exemption is missing, or is none of this'], ['支持走访未达标的申诉时，须在 exemptionReason 中填写容错情形；其他情况请勿填写。', 'Granting an appeal against missed visits names the reason in exemptionReason; nothing else does.']),
  // Assessments and rankings
  'assessment-not-settled': entry(409, ['考核期的数据尚未稳定', 'The figures of that period still move'], ['{period}至{last}结束，补录走访的期限过后，自{from}起方可核算。', 'Of {period}, which ends on {last}, visits can be entered for some days after. It can be drawn up from {from} on.']),
  'assessment-command-not-legal': entry(409, ['考核当前不能这样办理', 'That cannot be done with the assessment now'], ['考核处于“{status}”状态，当前可办理：{legal}。', 'It is {status}. What can be done now: {legal}.']),
  'assessment-at-work': entry(409, ['系统正在处理该考核', 'The system is at work on that assessment'], ['请待处理完成（7时至20时每小时处理一次，GET /v1/assessments/考核期 可查进度）后再办理。', 'Wait until that is done: the work goes on once an hour from 7 to 20; GET the assessment to see how far it has come.']),
  'assessment-appeals-open': entry(409, ['申诉期限未满', 'There is still time to appeal'], ['{until}后、且申诉均已复核的，方可定稿；目前待复核 {open} 件。', 'It can be finalized after {until}, once every appeal is decided; {open} wait now.']),
  'assessment-appeals-undecided': entry(409, ['尚有申诉待复核', 'Appeals still wait for a decision'], ['待复核 {open} 件，请先逐件复核，再定稿。', '{open} wait. Decide on each, then finalize it.']),
  'assessment-not-final': entry(409, ['考核尚未定稿', 'The assessment is not final'], ['定稿并封存后方可查看排名。', 'There is a ranking once it is final and sealed.']),
  'appeal-waits': entry(409, ['已有申诉待复核', 'An appeal waits already'], ['请待其复核后再提出下一项申诉。', 'Wait for what is decided on it before you appeal against another component.']),
  'appealed-before': entry(409, ['该指标的申诉未获支持', 'An appeal against that component was refused'], ['同一指标不再受理；可就其他指标申诉。', 'It is not taken up again; other components still can be appealed against.']),
  'appeals-exhausted': entry(409, ['申诉次数已满', 'As many appeals as a sheet holds'], ['一张考核表最多申诉 {most} 次；其他情况请向助企办说明。', 'A sheet holds {most} appeals at most. Tell the campaign office what else there is.']),
  'no-appeal-waits': entry(409, ['没有待复核的申诉', 'No appeal waits'], ['请先查看考核表中的申诉及复核结果。', 'See on the sheet what has been appealed against, and what was decided.']),
  'appeal-record-mismatch': entry(422, ['所列记录有误', 'The record is missing, or is none of this'], ['支持申诉的，须在 recordId 中填写计入该指标的一条记录；不予支持的，请勿填写。', 'Granting an appeal names in recordId a record that counts for the component; refusing it names none.']),
  'rankings-off': entry(409, ['个人排名未开启', 'Individual rankings are off'], ['2023 年中央有关整治形式主义为基层减负的规定要求不搞个人排名；确有必要的，由助企办督查说明理由后开启（PUT /v1/supervision/rankings）。', 'Central rules of 2023 ask not to rank individuals. Where it is needed all the same, a supervisor can turn rankings on, with a reason (PUT /v1/supervision/rankings).']),
  // Policy
  'year-not-enterable': entry(422, ['该年度日历不能录入', 'The calendar of that year cannot be entered'], ['可录入 {from} 至 {until} 年。', 'Years {from} to {until} can be entered.']),
  // What is not the caller's doing
  busy: entry(503, ['系统繁忙', 'The system is busy'], ['请稍候重试；带有 Idempotency-Key 的，请用同一键，不会重复办理。', 'Repeat it in a moment; if it had an Idempotency-Key, with the same one, and nothing will be done twice.']),
  unexpected: entry(500, ['系统出现意外错误', 'Something unexpected went wrong'], ['请重试，带有 Idempotency-Key 的用同一键，不会重复办理；未带的，请先查看是否已经生效。如仍失败，请将编号 {requestId} 告知管理员。', 'Repeat it; if it had an Idempotency-Key, with the same one, and nothing will be done twice; without one, look first whether it has been done. If it fails again, give an administrator the reference {requestId}.']),
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof problems

/**
 * Faults of single fields. A problem whose faults are all of one kind carries that kind as its code,
 * otherwise `several-faults`; either way `errors` lists each fault with its path.
 */
export const faults = {
  required: { zh: '必填', en: 'is required' },
  'wrong-type': { zh: '类型应为 {expected}', en: 'must be {expected}' },
  'unknown-field': { zh: '没有此字段', en: 'is not a known field' },
  'not-allowed': { zh: '只能是：{allowed}', en: 'must be one of: {allowed}' },
  'too-long': { zh: '最多 {limit} 个字', en: 'must have at most {limit} characters' },
  'too-many': { zh: '最多 {limit} 项', en: 'must have at most {limit} entries' },
  'too-short': { zh: '至少 {limit} 个', en: 'must have at least {limit}' },
  'too-large': { zh: '不得大于 {limit}', en: 'must be at most {limit}' },
  'too-small': { zh: '不得小于 {limit}', en: 'must be at least {limit}' },
  'not-whole': { zh: '合计应为 {sum}', en: 'must add up to {sum}' },
  'not-later': { zh: '须晚于 {than}', en: 'must be later than {than}' },
  'bad-format': { zh: '格式错误，正确写法：{example}', en: 'has the wrong format; write it like {example}' },
  'control-character': { zh: '含有控制字符或不可见的字符（{character}），请删除', en: 'contains a control or invisible character ({character}); remove it' },
  'impossible-date': { zh: '不是真实存在的日期', en: 'is not a date that exists' },
  'bad-check-character': { zh: '统一社会信用代码校验位错误，请核对', en: 'has a wrong check character; check the credit code' },
  'not-of-year': { zh: '不属于该年度放假通知的日期', en: "is not a day that the year's notice settles" },
  'not-a-weekend': { zh: '不是周六或周日，不能作为调休上班日', en: 'is not a Saturday or Sunday, so it cannot be a make-up day' },
  'holiday-and-make-up': { zh: '不能既是放假日又是调休上班日', en: 'cannot be a holiday and a make-up day' },
  'given-twice': { zh: '只能填写一次', en: 'can be given only once' },
  'not-listed-before': { zh: '只能填写列在本环节之前的环节', en: 'must be a step that is listed before this one' },
  'duplicate-value': { zh: '重复', en: 'is given twice' },
  'not-found': { zh: '不存在', en: 'does not exist' },
  'in-use': { zh: '已属于工号 {officerId}', en: 'belongs to officer {officerId}' },
  'no-administrator': { zh: '此后将无人可以管理名册，请先授予他人管理员角色', en: 'would leave nobody to administer the roster; give the role to somebody else first' },
  'no-officer': { zh: '没有助企干部角色，请先授予', en: 'does not hold the role of officer; give it first' },
  left: { zh: '该干部已停用', en: 'is not active any more' },
  reserved: { zh: '系统保留，不能使用', en: 'is reserved by the system' },
  conflict: { zh: '与结对 {pairingId} 的时间重叠，请先结束该结对，或更正日期', en: 'overlaps the pairing {pairingId}; end that first, or correct the date' },
} as const satisfies Record<string, Wording>

export type FaultCode = keyof typeof faults

/** One fault of one field: where it is (`a.b.0`, empty for the whole), what it is, and the values its wording needs. */
export interface Fault {
  readonly path: string
  readonly code: FaultCode
  readonly values?: Fillings
}

/**
 * A rule says no. Carries the stable code, the values its wording needs, and extra members for the answer
 * (such as the commands that are legal now). Thrown by rules, rendered in one place.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly values: Fillings
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: ProblemCode, values: Fillings = {}, members: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.values = values
    this.members = members
  }
}

/** The request's fields are at fault. */
export class FieldFaults extends Error {
  readonly faults: readonly Fault[]

  constructor(found: readonly Fault[]) {
    super('field-faults')
    this.name = 'FieldFaults'
    this.faults = found
  }
}

/** Fills the `{name}` places of a text. A place without a value stays as it is, so that a slip shows. */
export const fill = (wording: Wording, values: Fillings, language: keyof Wording): string =>
  wording[language].replace(/\{(\w+)\}/g, (place, name: string) => {
    const filling = values[name] ?? place
    return typeof filling === 'object' ? filling[language] : String(filling)
  })

/** Several words as one filling. */
/** What can be done now, as a refusal names it. */
export const listedLegal = (legal: readonly Wording[]): Wording => (legal.length === 0 ? { zh: '无', en: 'nothing' } : listed(legal))

/** One of these, as it is asked for. */
export const oneOf = (names: readonly string[]): Wording => ({ zh: names.join(' 或 '), en: names.join(' or ') })

export const listed = (words: readonly Wording[]): Wording => ({
  zh: words.map(({ zh }) => zh).join('、'),
  en: words.map(({ en }) => en).join(', '),
})
