import { Problem } from '../../shared/contract/problem.ts'
import { bytesOf } from '../http/input.ts'
import type { Incoming } from '../http/middleware.ts'
import { faultMessage, type faultsOf } from '../http/problem-details.ts'
import type { Entered, FieldName, FormName } from './form.ts'
import type { PagePen } from '../html/layout.ts'

export type Fields = Readonly<Record<string, string>>

/** A form's fields are small, but a Chinese character of the five thousand takes nine bytes of it. */
const formLimit = 64 * 1024

/** The fields of a form that say anything. @throws Problem `body-too-large` */
export const fieldsOf = (event: Incoming): Fields => {
  const bytes = bytesOf(event)
  if (bytes.byteLength > formLimit) throw new Problem('body-too-large', { limit: formLimit })
  const sent = new URLSearchParams(bytes.toString('utf8'))
  // None of our forms sends a field twice; which of the two was meant, nobody knows.
  const single = [...sent].filter(([name]) => sent.getAll(name).length === 1)
  return Object.fromEntries(single.map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()] as const).filter(([, value]) => value !== ''))
}

/**
 * Browsers say where a form was sent from; one on another site is none of ours. Older ones name the page's origin alone,
 * and from pages that tell nobody their address, as ours are, they send `null`.
 */
export const isFromElsewhere = ({ headers: sent }: Incoming): boolean => {
  const site = sent['sec-fetch-site']
  if (site !== undefined) return ['cross-site', 'same-site'].includes(site)
  const origin = sent['origin'] ?? 'null'
  return origin !== 'null' && !(URL.canParse(origin) && new URL(origin).host === sent['host']?.toLowerCase())
}

/** What was entered, and what is the matter with it, beside the field it concerns. */
export const enteredOf = (form: FormName, values: Fields, found: ReturnType<typeof faultsOf>, { say, locale }: PagePen): Entered => ({
  form,
  values,
  faults: found.map((fault): { field: FieldName; message: string } => {
    const message = faultMessage(fault, locale === 'en' ? 'en' : 'zh')
    switch (fault.path) {
      case 'words':
      case 'reason':
        return { field: fault.path, message: say(`您的意见：${message}`, `Your words: ${message}`) }
      case 'information':
        return { field: fault.path, message: say(`补充的情况：${message}`, `What you add: ${message}`) }
      case 'confirmed':
        return { field: fault.path, message: say('请勾选确认撤回', 'Please confirm that you take it back') }
      case 'title':
        return { field: fault.path, message: say(`标题：${message}`, `Title: ${message}`) }
      case 'description':
        return { field: fault.path, message: say(`具体情况：${message}`, `What it is about: ${message}`) }
      case 'received':
        return { field: fault.path, message: say('请选择是否收到', 'Please say whether you have it') }
      case 'subject':
        return { field: fault.path, message: say('请选择类别', 'Please choose a category') }
      default:
        return { field: 'rating', message: say('请选择满意程度', 'Please choose how satisfied you are') }
    }
  }),
})
