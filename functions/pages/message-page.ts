import { forEnterprise, type PagePen } from '../html/layout.ts'
import { busyReadingPage, messagePage } from '../html/message-page.ts'

/** The same for every link that opens nothing: never made, run out, revoked, of somebody else's issue. */
export const closedDoorPage = (pen: PagePen): string =>
  messagePage(
    pen.say('此链接已失效', 'This link does not open anything'),
    pen.say('链接可能已过期或已更换。请使用最近一封邮件中的链接，或联系贵单位的助企干部获取新链接。', 'It may have run out or been replaced. Please use the link of the latest mail, or ask your officer for a new one.'),
    pen,
    forEnterprise(pen),
  )

export const noSuchPage = (pen: PagePen): string =>
  messagePage(pen.say('没有这一页', 'There is no such page'), pen.say('请重新打开邮件中的链接。', 'Please open the link of the mail again.'), pen, forEnterprise(pen))

/** The link is good, but the form was not sent from a page of ours. */
export const foreignFormPage = (pen: PagePen): string =>
  messagePage(
    pen.say('未能提交', 'Not sent'),
    pen.say('此次提交来自其他网站，系统未予受理。请直接打开邮件中的链接，在本系统页面填写并提交。', 'This form came from another website and was not taken. Please open the link from the mail itself, and fill in the form there.'),
    pen,
    forEnterprise(pen),
  )

export const tooMuchPage = (pen: PagePen): string =>
  messagePage(pen.say('操作过于频繁', 'Too many requests'), pen.say('请一小时后再试，或联系贵单位的助企干部。', 'Please try again in an hour, or ask your officer.'), pen, forEnterprise(pen))

export const tooLongPage = (pen: PagePen): string =>
  messagePage(pen.say('内容过长', 'Too long'), pen.say('请返回上一页，缩短后重新提交。', 'Please go back and send less.'), pen, forEnterprise(pen))

/** Whoever has sent a form is told what becomes of it. */
export const busyPage = (hasSent: boolean, pen: PagePen): string =>
  hasSent
    ? messagePage(
        pen.say('系统繁忙', 'The system is busy'),
        pen.say('请返回上一页重新提交，已填写的内容不会丢失；如仍不成功，请联系贵单位的助企干部。', 'Please go back and send it again; nothing you entered is lost. If that does not help, please ask your officer.'),
        pen,
        forEnterprise(pen),
      )
    : busyReadingPage(pen, pen.say('请联系贵单位的助企干部。', 'please ask your officer.'), forEnterprise(pen))
