import { html, Markup, nothing } from '../../shared/page/markup.ts'
import type { PagePen } from '../html/layout.ts'

export type FormName = 'rating' | 'information' | 'withdrawal' | 'new-issue' | 'receipt' | 'officer'
export type FieldName = 'rating' | 'words' | 'information' | 'reason' | 'confirmed' | 'subject' | 'title' | 'description' | 'received'

/** What somebody entered that could not be taken, and what is the matter with it. */
export interface Entered {
  readonly form: FormName
  readonly values: Readonly<Record<string, string>>
  readonly faults: readonly { readonly field: FieldName; readonly message: string }[]
  /** Nothing is the matter with it, but the matter has gone on since the page was opened. */
  readonly isOvertaken?: boolean
}

/** Where a field is several buttons, the first of them. */
const firstOf: Readonly<Partial<Record<FieldName, string>>> = { rating: 'r5', received: 'received-yes' }

/** A form: its fields with what was entered before, and what is the matter with it. */
export class Form {
  readonly #name: FormName
  readonly #action: string
  readonly #pen: PagePen
  readonly #entered: Entered | undefined

  constructor(name: FormName, action: string, pen: PagePen, entered: Entered | undefined) {
    this.#name = name
    this.#action = action
    this.#pen = pen
    this.#entered = entered
  }

  /** Whether it was sent and could not be taken. */
  get isRefused(): boolean {
    return this.#entered !== undefined
  }

  value(field: FieldName): string {
    return this.#entered?.values[field] ?? ''
  }

  #faultsOf(field: FieldName): readonly string[] {
    return (this.#entered?.faults ?? []).flatMap(fault => (fault.field === field ? [fault.message] : []))
  }

  /** Said beside the field, which refers to it by `describedBy`. */
  faults(field: FieldName): Markup {
    const messages = this.#faultsOf(field)
    return messages.length === 0 ? nothing : html`<p class="error" id="${field}-error">${messages.join(' ')}</p>`
  }

  describedBy(field: FieldName): Markup {
    return this.#faultsOf(field).length === 0 ? nothing : html` aria-describedby="${field}-error" aria-invalid="true"`
  }

  textarea(field: FieldName, label: string, limit: number, isRequired: boolean): Markup {
    return html`<p><label for="${field}">${label}</label></p>${this.faults(field)}
<textarea id="${field}" name="${field}" maxlength="${limit}"${isRequired ? new Markup(' required') : nothing}${this.describedBy(field)}>${this.value(field)}</textarea>`
  }

  input(field: FieldName, label: string, limit: number): Markup {
    return html`<p><label for="${field}">${label}</label></p>${this.faults(field)}
<input type="text" id="${field}" name="${field}" maxlength="${limit}" required value="${this.value(field)}"${this.describedBy(field)}>`
  }

  select(field: FieldName, label: string, none: string, options: readonly Markup[]): Markup {
    return html`<p><label for="${field}">${label}</label></p>${this.faults(field)}
<select id="${field}" name="${field}" required${this.describedBy(field)}><option value="">${none}</option>${options}</select>`
  }

  /** The whole: what is to be corrected, the fields, the button. */
  shown(fields: Markup, button: string): Markup {
    const { say } = this.#pen
    const faults = this.#entered?.faults ?? []
    const summary =
      faults.length === 0
        ? nothing
        : html`<div class="errors" role="alert"><p>${say('尚未提交，请更正：', 'Not sent yet. Please correct:')}</p><ul>${faults.map(({ field, message }) => html`<li><a href="#${firstOf[field] ?? field}">${message}</a></li>`)}</ul></div>`
    return html`${summary}<form method="post" action="${this.#action}" id="${this.#name}-form">
${fields}
<p><button type="submit">${button}</button></p></form>`
  }
}
