import type { LocalStack } from './stack.ts'

/**
 * The newest link to this page of an enterprise's, or to a bulletin, that has been mailed; `page` is its path after the token.
 * @throws Error if no mail has one
 */
export const mailedLink = ({ mailbox, url }: Pick<LocalStack, 'mailbox' | 'url'>, kind: string, page: string): string => {
  // Only the path: where the stack chooses its port, the addresses in its mail do not know it.
  const path = new RegExp(`/[bp]/[\\w-]+${page}`)
  const found = mailbox.list({ kind }).flatMap(({ text }) => path.exec(text)?.[0] ?? []).at(-1)
  if (found === undefined) throw new Error(`no mail of the kind ${kind} has a link to ${page}`)
  return `${url}${found}`
}

/**
 * Does what a browser does: reads the page behind the link, and sends one of its forms, with what that holds already.
 * @throws Error if the form is not taken
 */
export const sendForm = async (link: string, form: string, entered: Readonly<Record<string, string>>): Promise<void> => {
  const page = await (await fetch(link)).text()
  const [, markup = ''] = new RegExp(`<form[^>]*action="[^"]*/${form}"[^>]*>(.*?)</form>`, 's').exec(page) ?? []
  const held = Array.from(markup.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g), ([, name = '', value = '']) => [name, value] as const)
  const { status } = await fetch(`${link}/${form}`, { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(held), ...entered }), redirect: 'manual' })
  if (status !== 303) throw new Error(`${link}/${form} answered ${status}`)
}
