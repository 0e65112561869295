import { randomInt } from 'node:crypto'
import * as z from 'zod'
import { PlainError } from '../plain-error.ts'
import type { DataFolder } from './data-folder.ts'
import type { SecretRequest } from './template.ts'

const request = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .strictObject({
      PasswordLength: z.number().default(32),
      ExcludeCharacters: z.string().default(''),
      ExcludePunctuation: z.boolean().default(false),
      ExcludeLowercase: z.boolean().default(false),
      ExcludeUppercase: z.boolean().default(false),
      ExcludeNumbers: z.boolean().default(false),
      IncludeSpace: z.boolean().default(false),
      RequireEachIncludedType: z.boolean().optional(),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
})

/** Values for the template's secrets, made once and kept with the other data. */
export const secretsIn =
  (data: DataFolder) =>
  ({ id, properties }: SecretRequest): string => {
    const known = z.record(z.string(), z.string()).parse(data.read('secrets') ?? {})
    const value = known[id] ?? generate(id, properties)
    if (known[id] === undefined) data.write('secrets', { ...known, [id]: value })
    return value
  }

const generate = (id: string, properties: Record<string, unknown>): string => {
  const parsed = request.safeParse(properties)
  if (!parsed.success)
    throw new PlainError(`The local stack does not understand the secret ${id}: ${z.prettifyError(parsed.error)}`)
  const { SecretString, GenerateSecretString: rule } = parsed.data
  if (SecretString !== undefined) return SecretString
  if (rule === undefined) throw new PlainError(`The secret ${id} has no value and no rule to generate one.`)
  const alphabet = [
    rule.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rule.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rule.ExcludeNumbers ? '' : '0123456789',
    rule.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    rule.IncludeSpace ? ' ' : '',
  ]
    .join('')
    .split('')
    .filter((character) => !rule.ExcludeCharacters.includes(character))
  const password = Array.from({ length: rule.PasswordLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  if (rule.GenerateStringKey === undefined) return password
  const template = JSON.parse(rule.SecretStringTemplate ?? '{}') as Record<string, unknown>
  return JSON.stringify({ ...template, [rule.GenerateStringKey]: password })
}
