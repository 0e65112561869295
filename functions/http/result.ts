import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { ProblemDetails } from './problem-details.ts'

/** The answer to an HTTP request, as a function gives it to API Gateway. */
export type Result = APIGatewayProxyStructuredResultV2

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export const jsonResult = (statusCode: number, body: unknown, etag: string | undefined): Result => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json; charset=utf-8', ...(etag === undefined ? {} : { etag }) },
  body: JSON.stringify(body),
})

/** A file to be kept. Programs that know no more than ASCII get a name as well. */
export const fileResult = (statusCode: number, mediaType: string, { content, name, spokenName }: { readonly content: Buffer; readonly name: string; readonly spokenName: string }): Result => ({
  statusCode,
  headers: { ...headers, 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${encoded(spokenName)}` },
  body: content.toString('base64'),
  isBase64Encoded: true,
})

/** As RFC 8187 has it, which leaves fewer marks as they are than addresses do. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/['()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** A problem as the answer to an HTTP request. */
export const problemResult = (details: ProblemDetails, more: Record<string, string> = {}): Result => ({
  statusCode: details.status,
  headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8', ...(details.status === 503 ? { 'retry-after': '1' } : {}), ...more },
  body: JSON.stringify(details),
})
