import { formatCount } from '../../shared/calendar/wording.ts'
import { html, Markup, nothing } from '../../shared/page/markup.ts'
import { tiers } from '../../shared/issue/category.ts'
import { systemName } from '../../shared/mail/letter.ts'
import { definitionsOf, formatPercent, tablesOf, type Cell, type NamedBulletin, type ReportTable } from '../../shared/report/tables.ts'
import { barChart } from './bar-chart.ts'
import { forCampaign, type PagePen } from '../html/layout.ts'

/** 简报: the page that leaders look at, on a screen of any size or printed on one A4. */

const style = new Markup(`
:root{color-scheme:light;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--accent:#9b1c1f;--bar:#9b1c1f;--bar2:#5d7fa3;--link:#0b57a4;--tint:#f6f8fa}
*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{border-top:4px solid var(--accent);border-bottom:1px solid var(--line)}header p,main,footer{max-width:64rem;margin:0 auto;padding:.6rem 1rem}header p{font-weight:600}
h1{font-size:1.5rem;line-height:1.4;margin:.8rem 0 .2rem}h2{font-size:1.05rem;margin:1.4rem 0 .4rem}a{color:var(--link)}.soft{color:var(--soft);font-size:.9rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1rem 0;padding:0;list-style:none}.figures li{background:var(--tint);border-left:4px solid var(--accent);padding:.5rem .8rem}.figures b{display:block;font-size:1.5rem;line-height:1.3}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem}figure{margin:0}figcaption{font-weight:600;margin-bottom:.3rem}svg{width:100%;height:auto;display:block}svg text{font-size:12px;fill:var(--ink)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:right;white-space:nowrap}th:first-child,td:first-child{text-align:left;white-space:normal;min-width:7rem}thead th{background:var(--tint)}tr.total td,tr.total th{font-weight:600;border-top:2px solid var(--line)}
tbody th{font-weight:400}.button{display:inline-block;font-weight:600;color:#fff;background:var(--accent);border-radius:6px;padding:.6rem 1.2rem;min-height:2.75rem;text-decoration:none}
.definitions th,.definitions td{text-align:left;white-space:normal;vertical-align:top}summary{font-weight:600;padding:.6rem 0;cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}footer{color:var(--soft);font-size:.9rem;border-top:1px solid var(--line);margin-top:2rem}
@media (min-width:60rem){.narrow{columns:2;column-gap:2rem}.narrow section{break-inside:avoid}}
@media print{@page{size:A4;margin:9mm}body{font-size:7pt;line-height:1.2}header p,main,footer{max-width:none;padding:0}header{border-top:0}h1{font-size:13pt;margin:1mm 0 0}h2{font-size:8pt;margin:0 0 .3mm}.soft{font-size:6.5pt;margin:0}
.figures{grid-template-columns:repeat(6,1fr);gap:1.5mm;margin:1mm 0}.figures li{padding:.3mm 1.5mm;print-color-adjust:exact;-webkit-print-color-adjust:exact}.figures b{font-size:11pt}.charts{grid-template-columns:repeat(3,1fr);gap:3mm}figcaption{margin:0}svg{max-height:30mm;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.narrow{columns:3;column-gap:4mm}.pair{display:grid;grid-template-columns:1fr 1fr;gap:4mm}.tables section{margin-top:1mm;break-inside:avoid}table{font-size:6.3pt;line-height:1.1}th,td{padding:.2mm .6mm}th:first-child,td:first-child{min-width:0}thead th,.pair th{white-space:normal}.tables>section th:first-child{width:30%}.narrow th:first-child{width:44%}.tables>section{break-inside:auto}.scroll{overflow:visible}.noprint,tr.beyond{display:none}footer{margin-top:1mm;font-size:6.3pt}}
`)

/** Rows too many would push the rest off the sheet; the workbook has them all. */
const rowsPrinted: Readonly<Record<string, number>> = { departments: 18, measures: 4 }

export const bulletinPage = (bulletin: NamedBulletin, path: string, pen: PagePen): string => {
  const { say } = pen
  const title = say(`助企工作简报（${pen.month(bulletin.month)}）`, `The bulletin of ${pen.month(bulletin.month)}`)
  return html`<!doctype html>
<html lang="${pen.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title} · ${systemName[pen.locale]}</title><style>${style}</style></head>
<body><header><p>${systemName[pen.locale]}</p></header><main><h1>${title}</h1><p class="soft">${say('印发', 'Issued')} ${pen.at(Date.parse(bulletin.countedAt))}</p>
${headline(bulletin, pen)}<div class="charts">${charts(bulletin, pen)}</div>
<p class="noprint"><a class="button" href="${path}/bulletin.xlsx">${say('下载表格（XLSX）', 'Download the workbook (XLSX)')}</a></p>
<div class="tables">${tables(bulletin, pen)}</div>
${definitions(definitionsOf(bulletin, pen))}</main>
<footer>${say('各项数据按印发时的台账统计。', 'The figures are as the records had them when this was issued. ')}${forCampaign(pen)}</footer></body></html>`.text
}

/** What leaders ask first, and what it was the month before. */
const headline = ({ figures, rates, before }: NamedBulletin, { say }: PagePen): Markup => {
  const entries: readonly (readonly [string, string, string])[] = [
    [say('有效走访', 'Visits'), formatCount(figures.visits), formatCount(before.figures.visits)],
    [say('走访达标率', 'Quota kept'), formatPercent(rates.quota.percent), formatPercent(before.rates.quota.percent)],
    [say('新增问题', 'Issues raised'), formatCount(figures.issuesRaised), formatCount(before.figures.issuesRaised)],
    [say('响应率', 'Response'), formatPercent(rates.response.percent), formatPercent(before.rates.response.percent)],
    [say('办结率', 'Resolution'), formatPercent(rates.resolution.percent), formatPercent(before.rates.resolution.percent)],
    [say('满意率', 'Satisfaction'), formatPercent(rates.satisfaction.percent), formatPercent(before.rates.satisfaction.percent)],
  ]
  return html`<ul class="figures">${entries.map(([name, value, then]) => html`<li>${name}<b>${value}</b><span class="soft">${say('上月', 'Last month')} ${then}</span></li>`)}</ul>`
}

const charts = ({ figures, byTier, byDepartment }: NamedBulletin, { say }: PagePen): readonly Markup[] => {
  const behind = [...byDepartment].filter(({ rates }) => rates.quota.percent !== undefined).sort((one, other) => (one.rates.quota.percent ?? 0) - (other.rates.quota.percent ?? 0))
  return [
    barChart(say('干部走访次数（人）', 'Officers by visits'), [
      { name: say('三次及以上', '3 or more'), bars: [{ value: figures.officersThreeOrMore }] },
      { name: say('两次', '2'), bars: [{ value: figures.officersTwo }] },
      { name: say('一次', '1'), bars: [{ value: figures.officersOne }] },
      { name: say('未走访', 'None'), bars: [{ value: figures.officersNone }] },
    ]),
    barChart(say('新增问题与其中已办结（件）', 'Issues raised, and resolved'), tiers.map(tier => ({ name: say(`${tier}类`, tier), bars: [{ value: byTier[tier].issuesRaised }, { value: byTier[tier].raisedResolved, second: true }] })), [say('新增', 'raised'), say('已办结', 'resolved')]),
    ...(behind.length === 0 ? [] : [barChart(say('走访达标率较低的部门（%）', 'Departments, by quota kept (%)'), behind.slice(0, 5).map(({ departmentName: name, rates }) => ({ name, bars: [{ value: rates.quota.percent ?? 0 }] })), undefined, 100)]),
  ]
}

/** Tables as wide as the page stand by themselves, those half as wide in pairs, and the others in columns. */
const tables = (bulletin: NamedBulletin, pen: PagePen): readonly Markup[] => {
  const all = tablesOf(bulletin, pen)
  const ofWidth = (least: number, most: number): readonly Markup[] => all.filter(({ headers: { length } }) => least <= length && length <= most).map(table => tableOf(table, pen))
  return [html`<div class="narrow">${ofWidth(1, 5)}</div>`, html`<div class="pair">${ofWidth(6, 8)}</div>`, ...ofWidth(9, Infinity)]
}

const tableOf = ({ id, title, headers, rows, hasTotal, note }: ReportTable, { say }: PagePen): Markup => {
  const isTotal = (at: number): boolean => hasTotal && at === rows.length - 1
  const printed = rowsPrinted[id] ?? rows.length
  const isBeyond = (at: number): boolean => at >= printed && !isTotal(at)
  const [first = '', ...others] = headers
  return html`<section><h2 id="${id}">${title}</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="${id}"><table><thead><tr><th scope="col">${first}</th>${others.map(header => html`<th scope="col">${header}</th>`)}</tr></thead><tbody>${rows.map(
    ([name, ...cells], at) => html`<tr${isTotal(at) ? html` class="total"` : isBeyond(at) ? html` class="beyond"` : nothing}><th scope="row">${name === undefined ? '' : written(name)}</th>${cells.map(cell => html`<td>${written(cell)}</td>`)}</tr>`,
  )}</tbody></table></div>${note === undefined ? nothing : html`<p class="soft">${note}</p>`}${rows.some((_, at) => isBeyond(at)) ? html`<p class="soft">${say(`打印时仅列前${printed}行，全部内容见表格。`, `Printed, the first ${printed} rows are shown; the workbook has them all.`)}</p>` : nothing}</section>`
}

/** What each figure counts: to be opened by who wants to know, and not printed. */
const definitions = ({ title, headers, rows }: ReportTable): Markup =>
  html`<details class="noprint"><summary>${title}</summary><table class="definitions"><thead><tr>${headers.map(header => html`<th scope="col">${header}</th>`)}</tr></thead><tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name === undefined ? '' : written(name)}</th>${cells.map(cell => html`<td>${written(cell)}</td>`)}</tr>`)}</tbody></table></details>`

const written = (cell: Cell): string => ('text' in cell ? cell.text : 'count' in cell ? formatCount(cell.count) : formatPercent(cell.percent))
