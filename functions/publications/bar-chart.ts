import { formatCount } from '../../shared/calendar/wording.ts'
import { html, nothing, type Markup } from '../../shared/page/markup.ts'

/** One name with a bar, or two that are compared. */
interface Group {
  readonly name: string
  readonly bars: readonly { readonly value: number; readonly second?: boolean }[]
}

const width = 320
const nameWidth = 92
const valueWidth = 46
const barHeight = 14
const gap = 8

/**
 * A chart of horizontal bars as inline SVG, which prints and needs no script. Every bar has its number beside it, so that
 * nobody has to tell colours apart or measure; a reader who cannot see it is told the same.
 * @param legend what the first bar of each group is, and the second
 * @param most the longest a bar can be; the largest value, unless it is said
 */
export const barChart = (title: string, groups: readonly Group[], legend?: readonly [string, string], most?: number): Markup => {
  const longest = Math.max(1, most ?? Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value))))
  const lengthOf = (value: number): number => Math.round(((width - nameWidth - valueWidth) * Math.max(0, value)) / longest)
  let y = 0
  const drawn = groups.map(({ name, bars }) => {
    const top = y
    y += bars.length * barHeight + gap
    const label = html`<text x="${nameWidth - 6}" y="${top + (bars.length * barHeight) / 2 + 4}" text-anchor="end">${shortened(name)}</text>`
    const shapes = bars.map(({ value, second = false }, at) => {
      const from = top + at * barHeight
      return html`<rect x="${nameWidth}" y="${from + 1}" width="${lengthOf(value)}" height="${barHeight - 2}" fill="${second ? '#5d7fa3' : '#9b1c1f'}"/><text x="${nameWidth + lengthOf(value) + 4}" y="${from + barHeight - 3}">${formatCount(value)}</text>`
    })
    return html`${label}${shapes}`
  })
  const told = groups.map(({ name, bars }) => `${name} ${bars.map(({ value }) => formatCount(value)).join(' / ')}`).join('; ')
  return html`<figure><figcaption>${title}</figcaption>${legend === undefined ? nothing : html`<p class="soft"><span aria-hidden="true" style="color:#9b1c1f">■</span> ${legend[0]} <span aria-hidden="true" style="color:#5d7fa3">■</span> ${legend[1]}</p>`}<svg viewBox="0 0 ${width} ${y}" role="img" aria-label="${title}: ${told}">${drawn}</svg></figure>`
}

/** As much of a name as stands beside a bar; Chinese characters are wide. */
const shortened = (name: string): string => {
  const most = /[\u2e80-\uffff]/.test(name) ? 7 : 14
  const characters = Array.from(name)
  return characters.length <= most ? name : `${characters.slice(0, most - 1).join('')}…`
}
