import { forCampaign, forEverybody, type PagePen } from '../html/layout.ts'
import { busyReadingPage, messagePage } from '../html/message-page.ts'

/** The same for every link that opens no bulletin: never made, or run out. */
export const closedBulletinPage = (pen: PagePen): string =>
  messagePage(
    pen.say('此链接已失效', 'This link does not open anything'),
    pen.say('链接可能已过期。请使用最近一期简报邮件中的链接，或向助企办索取。', 'It may have run out. Please use the link of the latest bulletin mail, or ask the campaign office.'),
    pen,
    forCampaign(pen),
  )

export const busyPage = (pen: PagePen): string =>
  busyReadingPage(pen, pen.say('请联系助企办。', 'please ask the campaign office.'), forEverybody(pen))
