import type * as z from 'zod/mini'
import type { ApiFunctionName } from './functions.ts'
import type { ProblemCode, Wording } from './problem.ts'

/** Roles a person can hold in the roster. One person may hold several; their rights add up. */
export const roles = ['officer', 'handler', 'director', 'supervisor', 'admin'] as const
export type Role = (typeof roles)[number]

export const roleWords: Readonly<Record<Role, Wording>> = {
  officer: { zh: '助企干部', en: 'officer' },
  handler: { zh: '部门经办人', en: 'handler' },
  director: { zh: '部门负责人', en: 'director' },
  supervisor: { zh: '助企办督查', en: 'supervisor' },
  admin: { zh: '系统管理员', en: 'administrator' },
}

/**
 * How far a role reaches: `any` object, those of the caller's `department`, or the caller's `own`.
 * What "own" means for a kind of object is that object's rule, beside its other rules in `shared/`.
 */
export type Reach = 'any' | 'department' | 'own'

/**
 * Who may call an operation: nobody needs to sign in (`public`); whoever holds an enterprise's link, whose token is in
 * the path (`link`); or each role listed, as far as it reaches.
 */
export type Access = 'public' | 'link' | { readonly [R in Role]?: Reach }

/** Everybody in the roster. */
export const everybody: Access = { officer: 'any', handler: 'any', director: 'any', supervisor: 'any', admin: 'any' }

/** Who runs the campaign and answers for its numbers. */
export const campaignOffice: Access = { supervisor: 'any', admin: 'any' }

export type Method = 'GET' | 'PUT' | 'POST'

type Shape = z.ZodMiniObject
/** A response that is not JSON: its media type. */
export interface RawResponse {
  readonly mediaType: string
}

/**
 * One operation of the API, declared once. From the list of these come the handlers' validation and types, the API
 * Gateway routes, the OpenAPI document, the docs page and the role tests.
 */
export interface Operation {
  readonly id: string
  readonly method: Method
  /** Path with `{name}` for each parameter. */
  readonly path: string
  readonly owner: ApiFunctionName
  readonly summary: { readonly zh: string; readonly en: string }
  /** What its shape does not say, for who uses it. */
  readonly note?: { readonly zh: string; readonly en: string }
  readonly access: Access
  readonly params?: Shape
  readonly query?: Shape
  /** JSON body; for `csv`, the body is a CSV file in UTF-8 or GB18030 instead. With access `link`, an HTML form's. */
  readonly body?: z.ZodMiniType | 'csv'
  readonly status: 200 | 201 | 303
  readonly response: z.ZodMiniType | RawResponse
  /** Problems beyond those every operation can answer with. */
  readonly problems?: readonly ProblemCode[]
  /** The change is made to the version the client has seen, by its `If-Match`: to be sent always, or by whoever wants that. */
  readonly ifMatch?: 'required' | 'optional'
  /** What it changes can be larger than a transaction: it is committed in parts, while the handler decides. */
  readonly commitsInParts?: true
  /** The response carries the object's version as `ETag`. */
  readonly etag?: true
}

/** Keeps the literal types of a declaration while checking it. */
export const operation = <const O extends Operation>(declaration: O): O => declaration

export const routeKey = (op: Pick<Operation, 'method' | 'path'>): string => `${op.method} ${op.path}`
