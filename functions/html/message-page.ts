import { html } from '../../shared/page/markup.ts'
import { layout, type PagePen } from './layout.ts'

/** A page that says one thing; at its foot, whom it is for. */
export const messagePage = (title: string, message: string, pen: PagePen, footer: string): string => layout(title, html`<h1>${title}</h1><p>${message}</p>`, pen, footer)

/** To whoever only reads: they have sent nothing that could be lost. */
export const busyReadingPage = (pen: PagePen, help: string, footer: string): string =>
  messagePage(pen.say('系统繁忙', 'The system is busy'), `${pen.say('请稍后刷新本页；如仍无法打开，', 'Please load this page again in a while. If that does not help, ')}${help}`, pen, footer)
