import { formatDate, formatDateTime, type Locale } from '../../shared/calendar/wording.ts'
import type { Instant, TimeZone } from '../../shared/calendar/zone.ts'
import { systemName } from '../../shared/mail/letter.ts'
import { penFor, type Pen } from '../../shared/mail/letters/pen.ts'
import { html, Markup } from '../../shared/page/markup.ts'

/**
 * What enterprises see, and whoever opens a bulletin or the notices. Plain HTML that works without script, on a small screen, by keyboard
 * and screen reader.
 */

/** Pages stay open and are looked at years later: their dates have the year, and a deadline is past or to come. */
export interface PagePen extends Pen {
  readonly now: Instant
}

export const pagePenFor = ({ locale, timeZone, now }: { locale: Locale; timeZone: TimeZone; now: Instant }): PagePen => ({
  ...penFor({ locale, timeZone, now }),
  at: instant => formatDateTime(locale, instant, timeZone, { year: true }),
  on: date => formatDate(locale, date, { year: true }),
  now,
})

/** No page weighs more, whatever is in it, but for what somebody has just entered: that is shown again whole. */
export const pageBytesAtMost = 29_500

const style = new Markup(`
:root{color-scheme:light;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--accent:#9b1c1f;--link:#0b57a4;--tint:#f6f8fa}
*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:17px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
header{border-top:4px solid var(--accent);border-bottom:1px solid var(--line)}header p,main,footer{max-width:42rem;margin:0 auto;padding:.6rem 1rem}header p{font-weight:600}
h1{font-size:1.35rem;line-height:1.4;margin:.8rem 0 .4rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}a{color:var(--link)}
.soft{color:var(--soft);font-size:.9375rem}.state{border-left:4px solid var(--accent);background:var(--tint);padding:.7rem .9rem;margin:.8rem 0;font-weight:600}
ul.issues,ol.events{list-style:none;padding:0;margin:0}ul.issues>li,ol.events>li{border-bottom:1px solid var(--line);padding:.8rem 0}ul.issues a{font-weight:600}ul.issues p,ol.events p{margin:.1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0}blockquote{margin:.3rem 0;padding:.5rem .9rem;border-left:3px solid var(--line);white-space:pre-line}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 1rem;padding:.4rem .9rem .8rem}legend{float:left;width:100%;font-weight:600;padding:.3rem 0}legend+*{clear:both}label[for]{font-weight:600}.choice label{font-weight:400}
.choice{display:flex;gap:.7rem;align-items:center;min-height:2.75rem}.choice input{width:1.4rem;height:1.4rem;flex:none}.choice label{flex:1;padding:.4rem 0}
textarea,select,[type=text]{display:block;width:100%;min-height:2.75rem;font:inherit;color:inherit;background:#fff;padding:.5rem;border:1px solid #6e7781;border-radius:6px}textarea{min-height:7rem}#description{min-height:14rem}
button,.button{font:inherit;font-weight:600;color:#fff;background:var(--accent);border:0;border-radius:6px;padding:.7rem 1.6rem;min-height:2.75rem;cursor:pointer}
a.button{display:inline-block;text-decoration:none}
.error{color:#a40e26;font-weight:600}.errors{border:2px solid #a40e26;border-radius:6px;padding:.5rem .9rem;margin:1rem 0}
details{border-top:1px solid var(--line);margin-top:2rem;padding:.8rem 0}summary{cursor:pointer;min-height:2.75rem;padding:.5rem 0;color:var(--soft)}
.pages{display:flex;gap:1.2rem;flex-wrap:wrap;align-items:center;margin:1rem 0}.pages a{padding:.6rem 0}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}footer{color:var(--soft);font-size:.9375rem;border-top:1px solid var(--line);margin-top:2rem}
`)

/** Whom the page is for, at its foot. */
export const forEnterprise = ({ say }: Pick<Pen, 'say'>): string =>
  say('本页面仅供贵单位使用，请勿转发链接。如有疑问，请联系贵单位的助企干部。', 'This page is for your enterprise alone; please do not pass the link on. For any question, please ask your officer.')

export const forCampaign = ({ say }: Pick<Pen, 'say'>): string =>
  say('本页面供助企工作使用，请勿转发链接。', 'This page is for the campaign’s own use; please do not pass the link on.')

/** For a page of which whoever finds it may pass it on. */
export const forEverybody = ({ say }: Pick<Pen, 'say'>): string => say('如有疑问，请与助企办联系。', 'For any question, please ask the campaign office.')

export const layout = (title: string, body: Markup, { locale }: Pen, footer: string): string =>
  html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title} · ${systemName[locale]}</title><style>${style}</style></head>
<body><header><p>${systemName[locale]}</p></header><main>${body}</main>
<footer>${footer}</footer></body></html>`.text
