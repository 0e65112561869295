import type * as z from 'zod/mini'
import type { shapes } from './shape.ts'
import type { Item, Key } from './table.ts'

export type ShapeName = keyof typeof shapes
export type Stored<S extends ShapeName> = z.output<(typeof shapes)[S]>

/**
 * Bring items of older shapes to the present one: `migrations.issue[0]` takes version 1 to version 2, and so on. So a shape's
 * version is one more than it has migrations.
 */
export const migrations: { readonly [S in ShapeName]?: readonly ((data: unknown) => unknown)[] } = {}

/** The version of a shape, which every item of it carries. */
export const shapeVersion = (shape: ShapeName): number => 1 + (migrations[shape]?.length ?? 0)

/** An item of this shape, ready to put. `version` is that of the content, for optimistic locking. */
export const stored = <S extends ShapeName>(
  shape: S,
  key: Key,
  data: Stored<S>,
  attributes: { readonly version?: number; readonly expiresAt?: number } & Readonly<Record<string, unknown>> = {},
): Item => ({ ...key, shape, v: shapeVersion(shape), data, ...attributes })

/** An item was written by a later version of the program, as happens while one is deployed. Who asks again later meets that version. */
export class NewerShape extends Error {
  constructor(shape: ShapeName) {
    super(`found an item of a newer shape ${shape}`)
    this.name = 'NewerShape'
  }
}

/**
 * The content of an item read from the table, in its present shape.
 * @throws NewerShape because what is not understood would be written back without it, and labelled as old
 */
export const opened = <S extends ShapeName>(shape: S, item: Item): Stored<S> => {
  if (item['shape'] !== shape) throw new Error(`expected an item of shape ${shape}, found ${String(item['shape'])}`)
  const version = Number(item['v'])
  if (version > shapeVersion(shape)) throw new NewerShape(shape)
  const steps = migrations[shape] ?? []
  return steps.slice(version - 1).reduce((data, step) => step(data), item['data']) as Stored<S>
}

export const openedMaybe = <S extends ShapeName>(shape: S, item: Item | undefined): Stored<S> | undefined =>
  item === undefined ? undefined : opened(shape, item)

/** The content's version; 0 where there is none. */
export const versionOf = (item: Item | undefined): number => Number(item?.['version'] ?? 0)

/** The version of the content that is written next. */
export const versionAfter = (item: Item | undefined): number => versionOf(item) + 1

/** The content's version, for the condition of the next write; an item that is not there is written as new. */
export const unchanged = (item: Item | undefined): 'new' | { version: number } =>
  item === undefined ? 'new' : { version: Number(item['version']) }
