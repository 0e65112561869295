import type { Locale } from '../calendar/wording.ts'

/**
 * What a mail says, before it looks like anything. Every text is plain: markup in it is shown as it was typed. A line
 * break in a paragraph, a quote, a value or a cell is kept.
 */
export interface Letter {
  readonly locale: Locale
  readonly subject: string
  /** What an inbox shows beside the subject; the lead if left out. */
  readonly preheader?: string
  /** Who writes, in small print above the heading; the system's name if left out. */
  readonly sender?: string
  readonly heading: string
  /** The first line: who must do what by when. */
  readonly lead: string
  /** Chooses a colour and nothing else, so the words must say it too. */
  readonly urgency: Urgency
  readonly blocks: readonly Block[]
  /** Small print, a line each: why the reader gets this, whom to ask. */
  readonly footer: readonly string[]
}

/** `due` needs doing soon, `late` is overdue, `good` is done. */
export type Urgency = 'normal' | 'due' | 'late' | 'good'

export type Block =
  /** A title over the blocks that follow. */
  | { readonly kind: 'section'; readonly title: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  /**
   * Rows as long as `headers`. On a phone, a row of more than three cells becomes a card of headers and cells under
   * its first cell. A cell takes about 150 bytes and Gmail cuts a mail off at 102 KB: show at most a hundred rows and
   * say how many more there are.
   */
  | { readonly kind: 'table'; readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Somebody's own words, and who said them. */
  | { readonly kind: 'quote'; readonly text: string; readonly by?: string }
  /** Steps or points, numbered from 1. */
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Where to act: an `http` or `https` address. Any other kind of address is shown, but cannot be followed. */
  | { readonly kind: 'action'; readonly label: string; readonly url: string }
  /** What to quote instead, where there is nothing to follow: an issue's number. */
  | { readonly kind: 'reference'; readonly label: string; readonly id: string }

export interface Fact {
  readonly label: string
  readonly value: string
}

/** The system's name, which signs a letter that names no sender. */
export const systemName: Readonly<Record<Locale, string>> = { 'zh-CN': '亲商助企', en: 'Qinshang' }

/** What stands before the name of somebody quoted. */
export const attributionDash: Readonly<Record<Locale, string>> = { 'zh-CN': '——', en: '—' }
