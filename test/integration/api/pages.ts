import type * as z from 'zod'
import type { Operation } from '../../../shared/contract/operation.ts'
import type { Client } from './client.ts'

type ListOf<O extends Operation> = O['response'] extends z.core.$ZodType<{ items: (infer T)[] }> ? T : never

/** Every item of a list, walked page by page. */
export const pagesOf = async <O extends Operation>(
  client: Client,
  op: O,
  query: Readonly<Record<string, string>>,
  limit: number,
  params: Readonly<Record<string, string>> = {},
): Promise<ListOf<O>[]> => {
  const walked: ListOf<O>[] = []
  let cursor: string | undefined
  do {
    const { body } = await client.ask(op, { params, query: { ...query, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) } })
    const page = body as unknown as { items: ListOf<O>[]; nextCursor?: string }
    walked.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return walked
}
