import * as z from 'zod/mini'
import type { Operation, RawResponse } from '../../shared/contract/operation.ts'
import { problems, type ProblemCode } from '../../shared/contract/problem.ts'
import { commonProblems, listedAtMost } from '../http/problem-details.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Zod's bounds of a safe integer say nothing to a reader.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  }) as Json
  return json
}

const isRaw = (response: Operation['response']): response is RawResponse => !('safeParse' in response)

/** Every problem an operation can answer with: those of its own and those its kind brings. */
export const problemsOf = (op: Operation): readonly ProblemCode[] => {
  // Pages answer with pages.
  if (op.access === 'link' || (op.access === 'public' && isRaw(op.response))) return []
  return [
    ...(op.problems ?? []),
    ...(op.access === 'public' ? [] : commonProblems.withCaller),
    ...(op.params === undefined && op.query === undefined && op.body === undefined ? [] : commonProblems.withInput),
    ...(op.body === undefined ? [] : commonProblems.withBody),
    ...(op.method === 'POST' ? commonProblems.withKey : []),
    ...(op.ifMatch === undefined ? [] : commonProblems.withVersion),
    ...(op.ifMatch === 'required' ? commonProblems.withVersionRequired : []),
    ...(op.query !== undefined && 'cursor' in op.query.shape ? commonProblems.withCursor : []),
    ...commonProblems.all,
  ]
}

const parametersOf = (op: Operation): Json[] => [
  ...fieldsOf(op.params, 'path'),
  ...fieldsOf(op.query, 'query'),
  ...(op.method === 'POST' && op.access !== 'link'
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 128 }, description: 'The same key and body replay the first answer.' }]
    : []),
  ...(op.ifMatch !== undefined
    ? [{ name: 'If-Match', in: 'header', required: op.ifMatch === 'required', schema: { type: 'string' }, description: 'The ETag of the version you have seen.' }]
    : []),
]

const fieldsOf = (shape: Operation['params'], place: 'path' | 'query'): Json[] =>
  Object.entries(shape?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodMiniType).safeParse(undefined).success,
    schema: schemaOf(field as z.ZodMiniType, 'input'),
  }))

const bodyOf = (op: Operation): Json => {
  if (op.body === undefined) return {}
  const content = op.body === 'csv' ? { 'text/csv': { schema: { type: 'string' } } } : op.access === 'link' ? { 'application/x-www-form-urlencoded': { schema: schemaOf(op.body, 'input') } } : { 'application/json': { schema: schemaOf(op.body, 'input') } }
  return { requestBody: { required: true, content } }
}

/** OpenAPI 3.1 has no schema for what is no text: its media type says all. */
const isText = ({ mediaType }: RawResponse): boolean => mediaType.startsWith('text/') || mediaType.includes('json')

const headersOf = (op: Operation): Json => {
  if (op.etag === true) return { headers: { ETag: { schema: { type: 'string' }, description: 'Version of the object.' } } }
  if (isRaw(op.response) && !isText(op.response)) return { headers: { 'Content-Disposition': { schema: { type: 'string' }, description: 'Names the file.' } } }
  return {}
}

const successOf = (op: Operation): Json => ({
  description: op.summary.en,
  ...headersOf(op),
  content: isRaw(op.response)
    ? { [op.response.mediaType]: isText(op.response) ? { schema: { type: 'string' } } : {} }
    : { 'application/json': { schema: schemaOf(op.response, 'output') } },
})

const problemResponses = (op: Operation): Json => {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set(problemsOf(op))) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].sort(([one], [other]) => one - other).map(([status, codes]) => [
      String(status),
      {
        description: codes.map(code => `\`${code}\` ${problems[code].title.en}`).join('; '),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          // A token that is missing or has run out never reaches a function: the gateway answers for itself.
          ...(status === 401 ? { 'application/json': { schema: { $ref: '#/components/schemas/GatewayRefusal' } } } : {}),
        },
      },
    ]),
  )
}

const accessOf = (op: Operation): string =>
  op.access === 'public' ? 'Public.' : op.access === 'link' ? 'Who: whoever holds the link that was mailed.' : `Who: ${Object.entries(op.access).map(([role, reach]) => `${role} (${reach})`).join(', ')}.`

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; with several kinds of faults it is `several-faults`.' },
    detail: { type: 'string', description: 'Says what to do.' },
    path: { type: 'string', description: 'Which field a rule refuses, where it could be one of several.' },
    errors: {
      type: 'array',
      maxItems: listedAtMost,
      description: 'The detail says how many more faults there are.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

const gatewayRefusalSchema: Json = { type: 'object', required: ['message'], properties: { message: { type: 'string' } } }

/** The OpenAPI 3.1 document of the operations. */
export const openApiDocument = (operations: readonly Operation[]): Json => {
  const paths: Record<string, Json> = {}
  for (const op of operations)
    paths[op.path] = {
      ...paths[op.path],
      [op.method.toLowerCase()]: {
        operationId: op.id,
        summary: `${op.summary.zh} ${op.summary.en}`,
        description: [accessOf(op), ...(op.note === undefined ? [] : [op.note.zh, op.note.en])].join('\n\n'),
        tags: [op.owner],
        ...(typeof op.access === 'string' ? { security: [] } : {}),
        parameters: parametersOf(op),
        ...bodyOf(op),
        responses: { [String(op.status)]: successOf(op), ...problemResponses(op) },
      },
    }
  return {
    openapi: '3.1.0',
    info: { title: '亲商 Qinshang', version: '1', description: "A district's enterprise-assistance campaign: roster, visits, the ledger of issues, reminders." },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema, GatewayRefusal: gatewayRefusalSchema },
    },
  }
}
