import { operation } from './operation.ts'

export const getOpenApi = operation({
  id: 'getOpenApi', method: 'GET', path: '/openapi.json', owner: 'docs', access: 'public',
  summary: { zh: 'OpenAPI 3.1 接口描述', en: 'The OpenAPI 3.1 document' }, status: 200, response: { mediaType: 'application/json' },
})
export const getDocs = operation({
  id: 'getDocs', method: 'GET', path: '/docs', owner: 'docs', access: 'public',
  summary: { zh: '接口文档', en: 'The docs page' }, status: 200, response: { mediaType: 'text/html' },
})

export const docsOperations = [getOpenApi, getDocs] as const
