import type { Operation } from '../../shared/contract/operation.ts'
import { faults, problems } from '../../shared/contract/problem.ts'
import { escapeHtml } from '../../shared/mail/render-safe.ts'

import { openApiDocument, problemsOf } from './openapi.ts'

type Json = Record<string, unknown>

const groups = {
  roster: ['名册', 'Roster'],
  visits: ['走访、容错与惠企政策', 'Visits, exemptions and support measures'],
  issues: ['台账', 'The ledger'],
  sessions: ['现场办公', 'On-site sessions'],
  cases: ['绿色通道', 'The green channel'],
  notices: ['通报和激励', 'Notices of criticism and commendations'],
  assessments: ['年中和年度考核', 'Assessments'],
  projects: ['项目投资', 'Projects and investment'],
  policy: ['规则与日历', 'Policy and calendar'],
  reports: ['简报', 'Reports'],
  exports: ['导出', 'Exports'],
  pages: ['企业页面', "The enterprise's pages"],
  publications: ['发布页面', 'Published pages'],
  docs: ['文档', 'Documents'],
} as const satisfies Record<Operation['owner'], readonly [string, string]>

const style = `
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6673;--line:#d5dbe1;--paper:#fff;--tint:#f3f6f9;--accent:#9b1c1f}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#a3afbb;--line:#3a4552;--paper:#14191f;--tint:#1d242c;--accent:#ff8f86}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}
main,header{max-width:60rem;margin:0 auto;padding:1rem}header{border-bottom:3px solid var(--accent)}h1{margin:.5rem 0;font-size:1.6rem}
h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{margin:0;font-size:1rem;font-weight:600}a{color:var(--accent)}
code,pre{font:.875rem/1.5 ui-monospace,Consolas,monospace}pre{background:var(--tint);padding:.75rem;overflow-x:auto}
details{border:1px solid var(--line);border-radius:4px;margin:.5rem 0}summary{cursor:pointer;padding:.5rem .75rem}summary>*{display:inline}
details>div{padding:0 .75rem .75rem}.method{display:inline-block;min-width:3rem;font-weight:700}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
nav ul{padding-left:1.2rem}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`

const json = (value: unknown): string => `<pre tabindex="0">${escapeHtml(JSON.stringify(value, null, 2))}</pre>`

const operationSection = (op: Operation, described: Json): string => {
  const body = described['requestBody'] as { content: Json } | undefined
  const responses = described['responses'] as Record<string, { content: Json }>
  const success = responses[String(op.status)]?.content
  const who = op.access === 'public' ? '公开 Public' : op.access === 'link' ? '持企业专用链接者 Whoever holds the enterprise’s link' : Object.entries(op.access).map(([role, reach]) => `${role} (${reach})`).join(', ')
  return `<details id="${op.id}"><summary><h3><span class="method">${op.method}</span> <code>${escapeHtml(op.path)}</code></h3>
<span class="soft">${escapeHtml(op.summary.zh)} · <span lang="en">${escapeHtml(op.summary.en)}</span></span></summary><div>
<p><strong>权限 Who</strong> ${escapeHtml(who)}</p>
${op.note === undefined ? '' : `<p>${escapeHtml(op.note.zh)}<br><span lang="en" class="soft">${escapeHtml(op.note.en)}</span></p>`}
${(described['parameters'] as Json[]).length === 0 ? '' : `<p><strong>参数 Parameters</strong></p>${json(described['parameters'])}`}
${body === undefined ? '' : `<p><strong>提交 Body</strong></p>${json(body.content)}`}
<p><strong>返回 Answer ${op.status}</strong></p>${json(success)}
<p><strong>可能的问题 Problems</strong> ${[...new Set(problemsOf(op))].map(code => `<a href="#${code}">${code}</a>`).join(' ')}</p>
</div></details>`
}

const problemRows = (): string =>
  Object.entries(problems)
    .map(([code, { status, title, detail }]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title.zh)}：${escapeHtml(detail.zh)}<br><span lang="en" class="soft">${escapeHtml(title.en)}. ${escapeHtml(detail.en)}</span></td></tr>`)
    .join('\n')

const faultRows = (): string =>
  Object.entries(faults)
    .map(([code, { zh, en }]) => `<tr id="${code}"><td><code>${code}</code></td><td>422</td><td>${escapeHtml(zh)}<br><span lang="en" class="soft">${escapeHtml(en)}</span></td></tr>`)
    .join('\n')

/** The docs page: every operation and every problem, from the contract; one HTML page without script. */
export const docsPage = (operations: readonly Operation[]): string => {
  const paths = openApiDocument(operations)['paths'] as Record<string, Record<string, Json>>
  const sections = Object.entries(groups).map(([owner, [zh, en]]) => {
    const own = operations.filter(op => op.owner === owner)
    return `<section aria-labelledby="g-${owner}"><h2 id="g-${owner}">${zh} <span lang="en">${en}</span></h2>
${own.map(op => operationSection(op, paths[op.path]?.[op.method.toLowerCase()] ?? {})).join('\n')}</section>`
  })
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>亲商接口文档 Qinshang API</title><style>${style}</style></head>
<body><header><h1>亲商接口文档 <span lang="en">Qinshang API</span></h1>
<p>机器可读：<a href="/openapi.json">openapi.json</a>（OpenAPI 3.1）。<span lang="en">Machine-readable: OpenAPI 3.1.</span></p></header>
<main>
<section aria-labelledby="conventions"><h2 id="conventions">约定 <span lang="en">Conventions</span></h2><ul>
<li>每个请求带 <code>Authorization: Bearer …</code>；角色和部门以名册为准。<span lang="en" class="soft">Roles come from the roster, not from the token.</span></li>
<li>每个 POST 可带 <code>Idempotency-Key</code>：同键同内容重放首次结果；<code>/p/</code> 下的表单除外，重复提交由系统自行识别。<span lang="en" class="soft">The same key and body replay the first answer. Forms under /p/ take none: what has been sent before is known by itself.</span></li>
<li>办理问题须带 <code>If-Match</code>（读取时返回的 ETag）。<span lang="en" class="soft">Commands on an issue need its ETag.</span></li>
<li>错误为 <code>application/problem+json</code>，<code>code</code> 稳定不变。<span lang="en" class="soft">Errors are RFC 9457; code is stable.</span></li>
<li>请求到达本系统之前，网关以 <code>{"message"}</code> 直接答复：401 令牌缺失或过期，请重新登录；400 地址无法识别；413 超过约 6 MB。<span lang="en" class="soft">Before a request reaches the application the gateway answers by itself: 401 for a token that is missing or has run out, 400 for an address it cannot read, 413 beyond about 6 MB.</span></li>
<li>列表用 <code>limit</code> 和 <code>cursor</code> 翻页，没有 <code>nextCursor</code> 即到末尾；中间页可能不满甚至为空。<span lang="en" class="soft">A page can be short or empty and still carry a cursor.</span></li>
</ul></section>
${sections.join('\n')}
<section aria-labelledby="problems"><h2 id="problems">错误代码 <span lang="en">Problems</span></h2><table><thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">说明 Meaning</th></tr></thead><tbody>
${problemRows()}
${faultRows()}
</tbody></table></section>
</main></body></html>`
}
