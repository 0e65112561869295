import { html, Markup } from '../../shared/page/markup.ts'
import type { Clock } from './clock.ts'
import type { Person } from './control-plane.ts'
import type { DeadLetters } from './dead-letters.ts'
import { calendarIn, type Mail, type Mailbox } from './mailbox.ts'
import { daysAtMost, type Scheduler } from './scheduler.ts'

interface Shown {
  readonly url: string
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly mailbox: Mailbox
  readonly deadLetters: DeadLetters
  readonly people: readonly Person[]
}

const style = new Markup(`
  :root { color-scheme: light; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --accent: #8c1d18; --paper: #fff }
  * { box-sizing: border-box }
  body { margin: 0; background: #f6f7f8; color: var(--ink);
    font: 16px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif }
  header { background: var(--paper); border-top: 4px solid var(--accent); border-bottom: 1px solid var(--line) }
  header > div, main { max-width: 60rem; margin: 0 auto; padding: 1.25rem 1.5rem }
  h1 { font-size: 1.5rem; margin: 0 } h1 small { font-weight: 400; font-size: 1rem; color: var(--soft); margin-left: .5rem }
  h2 { font-size: 1.05rem; margin: 0 0 .5rem } h2 small, label small, td small { font-weight: 400; color: var(--soft) }
  section { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 1.1rem 1.25rem; margin: 0 0 1rem }
  nav a { margin-right: 1.25rem } a { color: #0b57a4 } p { margin: .25rem 0 .6rem } .soft { color: var(--soft) }
  .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem } .grid section { margin: 0 }
  .wide { margin-top: 1rem }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .4rem 0 } label { display: grid; gap: .15rem; min-width: 0; max-width: 100% }
  .grid > * { min-width: 0 } select { width: 100% }
  input, select, button { font: inherit; padding: .35rem .7rem; border: 1px solid #8c959f; border-radius: 4px; background: #fff; color: inherit; max-width: 100% }
  button { cursor: pointer; background: #f6f8fa } button.main { background: var(--accent); border-color: var(--accent); color: #fff }
  :is(a, button, input, select):focus-visible { outline: 3px solid #0b57a4; outline-offset: 2px }
  .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top } th { color: var(--soft); font-weight: 600; white-space: nowrap }
  td form { margin: 0 } .time { white-space: nowrap; font-variant-numeric: tabular-nums }
  pre { background: #f6f8fa; border: 1px solid var(--line); border-radius: 4px; padding: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; margin: .5rem 0 0 }
  iframe { width: 100%; height: 44rem; border: 1px solid var(--line); border-radius: 4px; background: #fff }
  .mail { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem } .mail > * { min-width: 0 }
  @media (max-width: 40rem) {
    thead { position: absolute; clip-path: inset(50%) } tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0 }
    td { display: block; border: 0; padding: .1rem 0; overflow-wrap: anywhere } header > div, main { padding: 1rem }
  }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0 0 } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
`)

const document = (title: string, heading: Markup, body: Markup): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>${style}</style>
      </head>
      <body>
        <header><div>${heading}</div></header>
        <main>${body}</main>
      </body>
    </html>`.text

/** The stack's own time zone: that of its first schedule. */
export const timeZoneOf = ({ scheduler }: Pick<Shown, 'scheduler'>): string => scheduler.schedules[0]?.timeZone ?? 'UTC'

const shownTime = (instant: Date, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(instant)
}

/** Where a first visitor arrives. */
export const frontPage = (stack: Shown): string => {
  const timeZone = timeZoneOf(stack)
  return document(
    '亲商 · 本机环境',
    html`<h1>亲商 <small lang="en">Qinshang, on this machine</small></h1>
      <p class="soft">千人亲商助企：走访、问题台账、催办与通报。<span lang="en">Everything here runs on this computer; no mail leaves it.</span></p>
      <nav>
        <a href="/docs">接口文档 <span lang="en">API docs</span></a>
        <a href="/openapi.json">OpenAPI</a>
        <a href="/_local/inbox">收件箱 <span lang="en">Inbox</span> (${stack.mailbox.list().length})</a>
        <a href="/_local/logs">日志 <span lang="en">Logs</span></a>
      </nav>`,
    html`<div class="grid">${[clockSection(stack, timeZone), tokenSection(stack)]}</div>
      ${scheduleSection(stack, timeZone)} ${deadLetterNote(stack)}`,
  )
}

const clockSection = ({ clock }: Shown, timeZone: string): Markup => {
  const now = shownTime(clock.now(), timeZone)
  const forward = [
    { seconds: 3600, label: '1 小时 +1 h' },
    { seconds: 86_400, label: '1 天 +1 day' },
    { seconds: 604_800, label: '1 周 +1 week' },
  ]
  return html`<section>
    <h2>时钟 <small lang="en">Clock</small></h2>
    <p><strong class="time">${now}</strong> <span class="soft">${timeZone} · ${clock.standing ? '静止 standing still' : '走动 ticking'}</span></p>
    <form method="post" action="/_local/clock">
      <label>拨到 <small lang="en">Move forward to</small>
        <input type="datetime-local" name="local" value="${now.replace(' ', 'T')}" required /></label>
      <input type="hidden" name="timeZone" value="${timeZone}" />
      <button class="main">拨钟 Move</button>
    </form>
    <form method="post" action="/_local/clock">
      ${forward.map(({ seconds, label }) => html`<button name="forward" value="${seconds}">${label}</button>`)}
    </form>
    <p class="soft">时钟只能向前，一次最多 ${daysAtMost} 天；途中到期的定时任务依次执行。<span lang="en">Forward only, by ${daysAtMost} days at most at once; every schedule that falls due on the way is run.</span></p>
  </section>`
}

const tokenSection = ({ people }: Shown): Markup =>
  html`<section>
    <h2>试用令牌 <small lang="en">A token to try</small></h2>
    <form method="post" action="/_local/token">
      <label>身份 <small lang="en">Act as</small>
        <select name="email">
          ${people.map(({ email, label }) => html`<option value="${email}">${label} · ${email}</option>`)}
        </select></label>
      <button class="main">取令牌 Get token</button>
    </form>
    <form method="post" action="/_local/token">
      <label>或任一邮箱 <small lang="en">or any address</small>
        <input type="email" name="email" required autocomplete="off" /></label>
      <button>取令牌 Get token</button>
    </form>
  </section>`

const scheduleSection = ({ scheduler }: Shown, timeZone: string): Markup =>
  html`<section class="wide">
    <h2>定时任务 <small lang="en">Schedules</small></h2>
    <div class="scroll"><table>
      <thead><tr><th scope="col">名称 Name</th><th scope="col">表达式 Expression</th><th scope="col">下次 Next</th><th scope="col"><span class="soft">执行 Run</span></th></tr></thead>
      <tbody>
        ${scheduler.schedules.map(({ name, expression }) => {
          const next = scheduler.nextDue(name)
          return html`<tr>
            <td>${name}</td>
            <td><code>${expression}</code></td>
            <td class="time">${next ? shownTime(next, timeZone) : '—'}</td>
            <td><form method="post" action="/_local/schedules/${encodeURIComponent(name)}"><button aria-label="立即执行 ${name} Run now">立即执行 Run now</button></form></td>
          </tr>`
        })}
      </tbody>
    </table></div>
  </section>`

const deadLetterNote = ({ deadLetters }: Shown): Markup => {
  const count = deadLetters.list().length
  if (count === 0) return html``
  return html`<section class="wide"><h2>死信 <small lang="en">Dead letters</small></h2>
    <p>有 ${count} 次处理最终失败。<a href="/_local/dead-letters" lang="en">${count} given up</a></p></section>`
}

/** A token, ready to paste into a terminal. */
export const tokenPage = ({ url }: Shown, email: string, token: string): string =>
  document(
    '令牌 · 亲商',
    html`<h1>令牌 <small lang="en">Token</small></h1><p class="soft">${email}</p><nav><a href="/">返回 Back</a></nav>`,
    html`<section>
      <h2>在终端中使用 <small lang="en">In a terminal</small></h2>
      <pre>${`TOKEN=${token}\ncurl -H "Authorization: Bearer $TOKEN" "${url}/v1/issues"`}</pre>
    </section>`,
  )

/** One sentence, and the way back. */
export const messagePage = (message: string): string =>
  document('亲商', html`<h1>亲商</h1>`, html`<section><p>${message}</p><nav><a href="/">返回 Back</a></nav></section>`)

/** All delivered mail, newest first. */
export const inboxPage = (stack: Shown, mails: readonly Mail[], query: URLSearchParams): string => {
  const timeZone = timeZoneOf(stack)
  const rows = [...mails].reverse().map(
    (mail) => html`<tr>
      <td class="time">${shownTime(new Date(mail.at), timeZone)}</td>
      <td><a href="/_local/inbox/${encodeURIComponent(mail.id)}">${mail.subject || '（无主题）'}</a></td>
      <td>${mail.to.join(', ')}${mail.cc.length > 0 ? html`<br /><small>抄送 cc ${mail.cc.join(', ')}</small>` : ''}</td>
      <td><small>${mail.kind}</small></td>
    </tr>`,
  )
  return document(
    '收件箱 · 亲商',
    html`<h1>收件箱 <small lang="en">Inbox</small></h1><nav><a href="/">返回 Back</a></nav>`,
    html`<section>
      <form method="get" action="/_local/inbox">
        <label>收件人 <small lang="en">To or cc</small><input name="to" value="${query.get('to') ?? ''}" /></label>
        <label>类别 <small lang="en">Kind</small><input name="kind" value="${query.get('kind') ?? ''}" /></label>
        <button>筛选 Filter</button>
      </form>
      ${rows.length === 0
        ? html`<p class="soft">暂无邮件。<span lang="en">No mail yet.</span></p>`
        : html`<div class="scroll"><table>
            <thead><tr><th scope="col">时间 Time</th><th scope="col">主题 Subject</th><th scope="col">收件人 To</th><th scope="col">类别 Kind</th></tr></thead>
            <tbody>${rows}</tbody>
          </table></div>`}
    </section>`,
  )
}

/** One mail: its HTML in a sandboxed frame, its text beside. */
export const mailPage = (stack: Shown, mail: Mail): string =>
  document(
    `${mail.subject} · 亲商`,
    html`<h1>${mail.subject || '（无主题）'}</h1>
      <dl>
        <dt>时间 At</dt><dd class="time">${shownTime(new Date(mail.at), timeZoneOf(stack))}</dd>
        <dt>发件 From</dt><dd>${mail.from}</dd>
        <dt>收件 To</dt><dd>${mail.to.join(', ')}</dd>
        ${mail.cc.length > 0 ? html`<dt>抄送 Cc</dt><dd>${mail.cc.join(', ')}</dd>` : ''}
        <dt>类别 Kind</dt><dd>${mail.kind || '—'}</dd>
        ${calendarIn(mail) === undefined ? '' : html`<dt>日程 Calendar</dt><dd><a href="/_local/inbox/${encodeURIComponent(mail.id)}/calendar">invite.ics</a></dd>`}
      </dl>
      <nav><a href="/_local/inbox">收件箱 Inbox</a></nav>`,
    html`<div class="mail">
      <section><h2>HTML</h2>
        <iframe sandbox="" title="邮件正文 Mail" src="/_local/inbox/${encodeURIComponent(mail.id)}/html"></iframe></section>
      <section><h2>纯文本 <small lang="en">Text</small></h2><pre>${mail.text}</pre></section>
    </div>
    <section class="wide"><h2>信头 <small lang="en">Headers</small></h2>
      <pre>${Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`).join('\n')}</pre></section>`,
  )
