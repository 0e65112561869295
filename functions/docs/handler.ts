import middy from '@middy/core'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Locale } from '../../shared/calendar/wording.ts'
import { operations } from '../../shared/contract/index.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { once } from '../adapters/once.ts'
import { languageOf } from '../http/language.ts'
import { detailsOf } from '../http/problem-details.ts'
import { problemResult, type Result } from '../http/result.ts'
import { openApiDocument } from './openapi.ts'
import { docsPage } from './page.ts'

/** Nothing but this page itself: no script, no frame, no request to anywhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const page = (contentType: string, body: string): Result => ({
  statusCode: 200,
  headers: {
    'content-type': contentType,
    'cache-control': 'public, max-age=300',
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
  },
  body,
})

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)

const pages = operations.filter(({ access, method }) => access === 'link' && method === 'GET')

/**
 * The page above an address that only takes a form, which is where a browser is left after a form that could not be
 * taken; or that has a slash too many.
 */
const pageAbove = (path: string): string | undefined => {
  const above = path.slice(0, path.lastIndexOf('/'))
  return pages.some(op => matches(op.path, above)) ? encodeURI(above) : undefined
}

/** A path that no route takes: the method is wrong, or there is no such operation. */
const unrouted = (event: APIGatewayProxyEventV2, locale: Locale): Result => {
  const back = event.requestContext.http.method === 'GET' ? pageAbove(event.rawPath) : undefined
  if (back !== undefined) return { statusCode: 303, headers: { location: back, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } }
  const language = languageOf(event.headers['accept-language'], locale)
  const allowed = operations.filter(op => matches(op.path, event.rawPath)).map(op => op.method)
  if (allowed.length === 0) return problemResult(detailsOf(new Problem('no-such-operation'), language))
  const list = [...new Set(allowed)].join(', ')
  return problemResult(detailsOf(new Problem('method-not-allowed', { allowed: list }), language), { allow: list })
}

/** Serves the OpenAPI document and the docs page, and answers for paths that no route takes. */
export const createDocs = ({ locale }: { readonly locale: Locale }) => {
  // Made when first asked for: most who wake this function ask for one of the two, or for neither.
  const openApi = once(() => Promise.resolve(JSON.stringify(openApiDocument(operations))))
  const html = once(() => Promise.resolve(docsPage(operations)))
  return middy(async (event: APIGatewayProxyEventV2): Promise<Result> => {
    switch (event.routeKey) {
      case 'GET /openapi.json':
        return page('application/json; charset=utf-8', await openApi())
      case 'GET /docs':
        return page('text/html; charset=utf-8', await html())
      default:
        return unrouted(event, locale)
    }
  })
}
