import { formatDate, formatDayKind } from '../../shared/calendar/wording.ts'
import { shippedCalendar, walk } from '../../shared/calendar/working-day.ts'
import type { Letter } from '../../shared/mail/letter.ts'

/** Letters of every kind of block, in both languages. Enterprises, people and numbers in them are made up. */
export const mailSamples = {
  dispatched: {
    locale: 'zh-CN',
    subject: '【请签收】2016-000123 示例科技：厂区北侧道路夜间无照明（8月16日18:00前）',
    heading: '新问题待签收：厂区北侧道路夜间无照明',
    lead: '请区建设局于8月16日（周二）18:00前签收，8月29日（周一）18:00前办结。',
    urgency: 'normal',
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: '编号', value: '2016-000123' },
          { label: '企业', value: '示例科技有限公司' },
          { label: '类别', value: '配套 · 道路（B类，区内多部门协同）' },
          { label: '助企干部', value: '张示例（区发展局）' },
          { label: '首次答复', value: '8月17日（周三）18:00前' },
          { label: '办结', value: '8月29日（周一）18:00前' },
        ],
      },
      { kind: 'section', title: '企业反映' },
      {
        kind: 'quote',
        text: '厂区北侧道路约600米没有路灯，夜班职工下班后步行回宿舍很不安全。\n希望能在入冬前装上，或者先装临时照明。',
        by: '示例科技有限公司',
      },
      { kind: 'action', label: '签收并办理', url: 'https://example.org/issues/2016-000123' },
    ],
    footer: ['您收到此邮件，是因为您是区建设局的承办人员。', '此邮件由系统自动发出，直接回复无人查看；如有疑问，请联系区助企办。'],
  },
  digest: {
    locale: 'zh-CN',
    subject: '【走访提醒】您8月还有4家企业未走访满两次，请于8月31日前完成',
    heading: '8月走访提醒',
    lead: '张示例同志：您结对的6家企业中还有4家8月未走访满两次，请于8月31日（周三）前完成。',
    urgency: 'due',
    blocks: [
      {
        kind: 'table',
        headers: ['企业', '应走访', '已走访', '最近一次', '联系人'],
        rows: [
          ['示例科技有限公司', '2次', '1次', '8月9日（周二）', '王示例'],
          ['示范新材料（集团）股份有限公司西安分公司', '2次', '0次', '—', '赵示例'],
          ['样本文化旅游项目指挥部', '2次', '0次', '7月28日（周四）', '钱示例'],
          ['试验餐饮管理有限公司', '1次', '0次', '—', '孙示例'],
        ],
      },
      { kind: 'paragraph', text: '本月还剩5个工作日（含今天）。电话、线上联系请照常记录，但不计入走访次数。' },
      {
        kind: 'list',
        items: [
          '上门走访后，请在3个工作日内补录纪实手册；',
          '因出差、病假、培训或企业无法接待而不能走访的，请向本部门负责人申请容错，并写明原因；',
          '走访中了解到的问题，请当天提交台账。',
        ],
      },
      { kind: 'action', label: '记录走访', url: 'https://example.org/visits/new?month=2016-08' },
    ],
    footer: ['您收到此邮件，是因为您是助企干部。'],
  },
  escalated: {
    locale: 'zh-CN',
    subject: '【督办】2016-000087 已逾期4个工作日，请于10月17日18:00前督促办结',
    heading: '二级督办：2016-000087 供电容量不足',
    lead: '李示例局长：此问题已逾期4个工作日，请于10月17日（周一）18:00前督促办结，或说明情况。',
    urgency: 'late',
    blocks: [
      { kind: 'facts', rows: [{ label: '企业', value: '示范新材料有限公司' }, { label: '应办结', value: '10月10日（周一）18:00' }, { label: '承办人', value: '周示例' }] },
      { kind: 'section', title: '期限是怎样算出来的' },
      {
        kind: 'table',
        headers: ['日期', '工作日', '说明'],
        rows: walk(shippedCalendar, '2016-09-27', 5).map((step) => [
          formatDate('zh-CN', step.date),
          step.day === null ? '—' : `第${step.day}天`,
          step.day === 0 ? '派单' : formatDayKind('zh-CN', step),
        ]),
      },
      { kind: 'reference', label: '请在台账中办理，编号', id: '2016-000087' },
    ],
    footer: ['抄送：区助企办'],
  },
  resolved: {
    locale: 'en',
    subject: 'Solved: 2016-000123, street lights north of the works',
    heading: 'The department reports 2016-000123 as solved',
    lead: 'Ms Wang, please tell us by Mon 5 September, 18:00 whether you are satisfied.',
    urgency: 'good',
    blocks: [
      { kind: 'paragraph', text: 'You raised this on Mon 15 August. The district works department answered:' },
      { kind: 'quote', text: 'Eighteen street lights have been put up and were switched on last night.', by: 'Works department' },
      {
        kind: 'table',
        headers: ['Step', 'Due', 'Done'],
        rows: [
          ['Accept', 'Tue 16 August, 18:00', 'Mon 15 August, 16:20'],
          ['First reply', 'Wed 17 August, 18:00', 'Wed 17 August, 09:05'],
          ['Resolve', 'Mon 29 August, 18:00', 'Fri 26 August, 11:40'],
        ],
      },
      { kind: 'action', label: 'Rate the result', url: `https://example.org/p/${'0f1e2d3c4b5a6978'.repeat(4)}` },
    ],
    footer: ['You get this mail because your enterprise raised this issue.'],
  },
  hostile: {
    locale: 'zh-CN',
    subject: '【请签收】<script>document.title="ran"</script>\r\nBcc: everybody@example.org',
    preheader: '<img src=x onerror=\'document.title="ran"\'>',
    sender: '亲商助企"><script>document.title="ran"</script>',
    heading: '<script>document.title="ran"</script>㐂𠮷野家（𬱖、㛃、䶮）有限公司 🏭👩🏽‍🔧🇨🇳',
    lead: `请处理附件\u202Efdp.exe\u202C与${'超长企业名称'.repeat(20)}，<b>不是粗体</b>&amp;。`,
    urgency: 'late',
    blocks: [
      { kind: 'section', title: '</h2></td></tr></table><script>document.title="ran"</script>' },
      { kind: 'paragraph', text: `${'Donaudampfschifffahrtsgesellschaft'.repeat(8)} \${process.env} {{subject}} <!--part:fact-->\u0000\u0007\u200b` },
      { kind: 'facts', rows: [{ label: 'W'.repeat(80), value: 'M'.repeat(300) }, { label: '空', value: '' }, { label: 'اردو', value: 'شركة المثال ١٢٣' }] },
      {
        kind: 'table',
        headers: ['企业', '<i>次数</i>', 'E-mail', '编号', '很长很长很长很长很长的表头', '备注'],
        rows: [
          ['<script>document.title="ran"</script>', '1', `${'a'.repeat(64)}@example.org`, '2016-000123', '', '" onmouseover="document.title=1'],
          ['㐂㐂㐂', '12,345,678', 'b@example.org', '2016-000124', '好'.repeat(60), 'Z̴̡͓a̵l̶g̷o̸'],
        ],
      },
      { kind: 'quote', text: '<iframe src="javascript:alert(1)"></iframe>\r\n第二行\u2028第三行\n\n\n末行', by: '"><svg onload=alert(1)>' },
      { kind: 'list', items: ['', `https://example.org/${'很长的路径/'.repeat(12)}`, '<style>*{display:none}</style>'] },
      { kind: 'action', label: '点<我>', url: 'https://example.org/?a=1&b="><script>document.title="ran"</script>' },
      { kind: 'action', label: '不可点', url: 'javascript:document.title="ran"' },
      { kind: 'reference', label: '编号', id: '<b>2016</b>' },
    ],
    footer: ['</body><script>document.title="ran"</script>'],
  },
} satisfies Record<string, Letter>
