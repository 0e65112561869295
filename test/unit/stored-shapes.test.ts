import { createHash } from 'node:crypto'
import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { migrations, opened, shapes, type ShapeName } from '../../functions/adapters/stored.ts'

/**
 * The shape of each stored item, pinned with its version. When a test here fails, items of the old shape lie in tables
 * already: raise the version in `shapes`, add the migration from the old one, and only then pin the new shape.
 */
const pinned: Record<ShapeName, readonly [version: number, shape: string]> = {
  department: [1, 'f39dd621f18aa057'],
  officer: [1, '855b05bedbfe21ac'],
  enterprise: [1, '88ddebf16f7812a5'],
  pairing: [1, 'a5a7430bb7b7744e'],
  staff: [1, '234adfb274055a25'],
  visit: [1, '242dd28d798f3b8c'],
  quota: [1, 'c975d5f5acd165b7'],
  exemption: [1, 'e8e06e00f1e7ed2b'],
  issue: [1, '1a3b1eb1ad55378d'],
  event: [1, 'ef31bd0775470530'],
  awaiting: [1, '0be268cae369be2b'],
  counter: [1, 'c2e53a7ec735cc4d'],
  outbox: [1, '3dab48a193facab0'],
  request: [1, '3a1ce2221ec92942'],
  policy: [1, '9962d54728937e56'],
  calendar: [1, '71df48fb71677dcd'],
}

/** An example is for readers, and no part of the shape. */
const withoutExample = ({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void => {
  delete jsonSchema['example']
}

const digest = (schema: z.core.$ZodType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', override: withoutExample })))
    .digest('hex')
    .slice(0, 16)

const names = Object.keys(shapes) as ShapeName[]

describe('stored shapes', () => {
  it.each(names)('%s is what its version says', name => {
    expect([shapes[name].version, digest(shapes[name].schema)]).toEqual(pinned[name])
  })

  it.each(names)('%s has a migration from every earlier version', name => {
    expect(migrations[name] ?? []).toHaveLength(shapes[name].version - 1)
  })

  it('of an earlier version are brought along step by step, from theirs on', () => {
    const steps = [1, 2, 3].map(from => (data: unknown) => [...(data as number[]), from])
    const known = migrations.counter
    Object.assign(migrations, { counter: steps })
    try {
      const from = (v: number) => opened('counter', { pk: 'a', sk: 'b', shape: 'counter', v, data: [] }) as unknown
      expect([from(1), from(3), from(4)]).toEqual([[1, 2, 3], [3], []])
    } finally {
      Object.assign(migrations, { counter: known })
    }
  })

  it('are refused when an item is of another shape', () => {
    expect(() => opened('visit', { pk: 'a', sk: 'b', shape: 'issue', v: 1, data: {} })).toThrow('expected an item of shape visit')
  })
})
