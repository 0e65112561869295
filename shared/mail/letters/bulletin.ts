import { formatCount } from '../../calendar/wording.ts'
import { formatPercent, tablesOf, type Cell, type ReportTable } from '../../report/tables.ts'
import type { Block } from '../letter.ts'
import { cut, type Draft, type FactsOf, type Pen } from './pen.ts'

/** 简报: to the campaign office and the leading group, on the first working day of the next month. */
export const bulletinIssued = ({ bulletin }: FactsOf<'bulletin'>, pen: Pen): Draft => {
  const { say } = pen
  const month = pen.month(bulletin.month)
  const { figures: { officers, visits, issuesRaised, issuesOverdue }, rates: { satisfaction } } = bulletin
  const [counted, raised, overdue] = [visits, issuesRaised, issuesOverdue].map(formatCount)
  return {
    subject: say(`助企工作简报：${month}走访${counted}次、新增问题${raised}件、月末逾期${overdue}件`, `Bulletin of ${month}: ${counted} visits, ${raised} issues raised, ${overdue} overdue`),
    heading: say(`助企工作简报（${month}）`, `The bulletin of ${month}`),
    lead: say(
      `${month}，全区${formatCount(officers)}名助企干部有效走访${counted}次；新增问题${raised}件，月末逾期${overdue}件${satisfaction.percent === undefined ? '' : `；企业满意率${formatPercent(satisfaction.percent)}`}。`,
      `In ${month}, ${formatCount(officers)} officers made ${counted} visits that count; ${raised} issues were raised, and ${overdue} were overdue at the end.${satisfaction.percent === undefined ? '' : ` Enterprises were satisfied with ${formatPercent(satisfaction.percent)} of what they rated.`}`,
    ),
    urgency: 'normal',
    blocks: [
      ...(pen.link === undefined ? [] : [{ kind: 'action', label: say('查看图表，下载表格', 'See the charts, download the workbook'), url: pen.link } as const]),
      ...tablesOf(bulletin, pen).flatMap(table => blocksOf(table, pen)),
      { kind: 'section', title: say('说明', 'Please note') },
      {
        kind: 'list',
        items: [
          say('各项数据按印发时的台账统计，此后不再变动；口径见链接页面和表格的“指标口径”。', 'The figures are as the records had them when this was issued, and stay so. What each counts is said on the linked page and in its workbook, under Definitions.'),
          say('本简报只列部门情况，不作个人排名。', 'Departments are listed; no person is ranked.'),
        ],
      },
    ],
    because: say('您收到本邮件，是因为您负责或分管助企工作。', 'You get this mail because you run or oversee the campaign.'),
  }
}

/** With names cut to this width, as many rows as keep the largest mail below the 102 KB that Gmail shows whole. */
const nameColumns = 36
const rowsShown = 16

const blocksOf = ({ title, headers, rows, hasTotal, note }: ReportTable, { say }: Pen): readonly Block[] => {
  const shown = rows.length <= rowsShown ? rows : [...rows.slice(0, rowsShown), ...(hasTotal ? rows.slice(-1) : [])]
  return [
    { kind: 'section', title },
    { kind: 'table', headers, rows: shown.map(row => row.map(written)) },
    ...(note === undefined ? [] : [{ kind: 'paragraph', text: note } as const]),
    ...(shown.length === rows.length ? [] : [{ kind: 'paragraph', text: say(`仅列前${rowsShown}行，全部内容见链接。`, `Only the first ${rowsShown} rows are shown; the link has them all.`) } as const]),
  ]
}

const written = (cell: Cell): string => ('text' in cell ? cut(cell.text, nameColumns) : 'count' in cell ? formatCount(cell.count) : formatPercent(cell.percent))
