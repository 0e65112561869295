/**
 * Compiles `shared/mail/layout.mjml` into `shared/mail/layout.generated.ts`: one function for the page and for each of
 * its parts, which takes the placeholders' values and gives HTML. Run it after editing the layout:
 * `node infra/mail-layout.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** As much of MJML as is used here; it ships no types. */
type Mjml = (source: string, options: { fonts: object; validationLevel: 'strict' }) => Promise<{ html: string }>
const mjml = createRequire(import.meta.url)('mjml') as Mjml

const source = new URL('../shared/mail/layout.mjml', import.meta.url)
const target = new URL('../shared/mail/layout.generated.ts', import.meta.url)

/** The two colours that depend on a letter's urgency stand in the layout as those of an ordinary letter. */
const colourPlaceholders = { '#1a5a9e': '{{accent}}', '#eef4fb': '{{tint}}' }

/** The source text of the generated module. */
export const layoutSource = async (): Promise<string> => {
  const { html } = await mjml(readFileSync(source, 'utf8'), { fonts: {}, validationLevel: 'strict' })
  const parts = cutIntoParts(withPlaceholders(unindented(html)))
  return header + [...parts].map(([name, template]) => partFunction(name, template)).join('')
}

const unindented = (html: string): string => html.replace(/\s*\n\s*/g, '\n').trim()

const withPlaceholders = (html: string): string =>
  Object.entries(colourPlaceholders).reduce((text, [colour, name]) => text.replaceAll(colour, name), html)

/**
 * Takes what stands between `<!--part:name-->` and `<!--/part-->` out of the page, innermost first, and leaves
 * `{{name}}` in its place.
 */
const cutIntoParts = (html: string): Map<string, string> => {
  const parts = new Map<string, string>()
  const innermost = /<!--part:(\w+)-->((?:(?!<!--part:)[^])*?)<!--\/part-->/
  let page = html
  for (let found = innermost.exec(page); found; found = innermost.exec(page)) {
    const [whole, name = '', template = ''] = found
    page = page.replace(whole, () => `{{${name}}}`)
    parts.set(name, template.trim())
  }
  parts.delete('blocks') // only holds the blocks together
  return new Map([['page', page], ...parts])
}

const header = `// Written by infra/mail-layout.ts from layout.mjml.
import type { Html } from './render-safe.ts'

type Values<Name extends string> = Readonly<Record<Name, Html>>
`

const partFunction = (name: string, template: string): string => {
  const names = [...new Set(Array.from(template.matchAll(/\{\{(\w+)\}\}/g), ([, placeholder = '']) => placeholder))]
  const literal = template.replace(/[\\`]|\$(?=\{)/g, '\\$&').replace(/\{\{(\w+)\}\}/g, '${values.$1}')
  const type = names.map((placeholder) => `'${placeholder}'`).join(' | ')
  return `\nexport const ${name} = (values: Values<${type}>): Html => \`${literal}\` as Html\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(target, await layoutSource())
