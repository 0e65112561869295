import { departmentsNamed } from '../../shared/case/template.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { getTemplate, listTemplates, putTemplate } from '../../shared/contract/cases.ts'
import { everyTemplate, templateKey, templateWrite } from '../adapters/case-store.ts'
import { departmentKey } from '../adapters/roster-store.ts'
import { opened, versionAfter, versionOf } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'

type TemplateOperations = readonly [typeof putTemplate, typeof getTemplate, typeof listTemplates]

export const templateHandlers = ({ table, cursors }: Pick<HandlerDependencies, 'table' | 'cursors'>): ApiHandlers<TemplateOperations> => ({
  putTemplate: async ({ params, body, seenVersion }) => {
    const template = { ...params, ...body }
    const named = [...departmentsNamed(template)]
    const [before, ...departments] = await table.getAll([templateKey(params.templateId), ...named.map(([id]) => departmentKey(id))])
    demandSeen(seenVersion, versionOf(before))
    const missing = named.find((_, at) => departments[at] === undefined)
    if (missing !== undefined) throw new Problem('department-not-found', { id: missing[0] }, { path: missing[1] })
    return { body: template, version: versionAfter(before), writes: [templateWrite(template, before)] }
  },
  getTemplate: async ({ params: { templateId } }) => {
    const item = await table.get(templateKey(templateId))
    if (item === undefined) throw new Problem('template-not-found', { id: templateId })
    return { body: opened('case-template', item), version: versionOf(item) }
  },
  listTemplates: async ({ paging }) => ({ body: await listPage(table, everyTemplate, paging, cursors, item => opened('case-template', item)) }),
})
