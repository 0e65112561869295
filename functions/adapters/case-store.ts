import type { Case } from '../../shared/case/case.ts'
import type { CaseDecision } from '../../shared/case/decision.ts'
import { nextActionAt } from '../../shared/case/limits.ts'
import { readStakes } from '../../shared/case/stakes.ts'
import type { CaseTemplate } from '../../shared/case/template.ts'
import { hasEnded } from '../../shared/case/transition.ts'
import { tasksOfCase } from '../../shared/supervision/task.ts'
import { awaitingKey, placeInTime } from './issue-store.ts'
import { shardOf, shards, sortable } from './shard.ts'
import { stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Write } from './table.ts'
import { taskWrites } from './task-store.ts'

export const templateKey = (templateId: string): Key => ({ pk: `CASE-TEMPLATE#${templateId}`, sk: 'TEMPLATE' })

/** A template as entered, on condition that nobody has entered it since `before` was read. */
export const templateWrite = (template: CaseTemplate, before: Item | undefined): Write => ({
  put: stored('case-template', templateKey(template.templateId), template, { version: versionAfter(before), allPk: 'CASE-TEMPLATES', allSk: template.templateId }),
  when: unchanged(before),
})

export const everyTemplate: Query = { index: 'all', partition: 'CASE-TEMPLATES' }

export const caseKey = (caseId: string): Key => ({ pk: `CASE#${caseId}`, sk: 'CASE' })
export const caseEventKey = (caseId: string, sequence: number): Key => ({ pk: `CASE#${caseId}`, sk: `EVENT#${String(sequence).padStart(6, '0')}` })

const placeInLists = ({ openedAt, caseId }: Pick<Case, 'openedAt' | 'caseId'>): string => `${sortable(openedAt)}#${caseId}`

const caseItem = (it: Case): Item => {
  const place = placeInLists(it)
  return stored('case', caseKey(it.caseId), it, {
    version: it.version,
    allPk: 'CASES',
    allSk: place,
    officerPk: `CASES#${it.officerId}`,
    officerSk: place,
    enterprisePk: `CASES#${it.enterpriseId}`,
    enterpriseSk: place,
    ...placeInTime(`CASE#${shardOf(it.caseId)}`, it.caseId, nextActionAt(it), it.endedAt),
  })
}

/** Cases that are still to end, and those that have: what a department asks for from day to day costs it no read of all it has done. */
type CaseState = 'open' | 'ended'

const stateOf = ({ status }: Pick<Case, 'status'>): CaseState => (hasEnded(status) ? 'ended' : 'open')

/** `indexed`: its place in a list; without one it leads nobody to the case. */
const concernItem = ({ caseId }: Case, whose: string, indexed: Readonly<Record<string, string>> = {}): Item =>
  stored('concern', { pk: `CASE#${caseId}`, sk: `CONCERN#${whose}` }, { caseId }, indexed)

/** Leads to a case from each department that has a step in it, and from each officer beside the one who follows it. */
const concernItems = (it: Case): readonly Item[] => {
  const { officers = [], departments = [] } = readStakes(it)
  const place = placeInLists(it)
  const item = (whose: string, indexed: Readonly<Record<string, string>>): Item => concernItem(it, whose, indexed)
  return [
    ...[...new Set(departments)].map(id => item(`DEPARTMENT#${id}`, { departmentPk: `CASES#${stateOf(it)}#${id}`, departmentSk: place })),
    ...[...new Set(officers)].filter(id => id !== it.officerId).map(id => item(`OFFICER#${id}`, { officerPk: `CASES#${id}`, officerSk: place })),
  ]
}

/**
 * What changes of that: the departments' lists when the case ends, the officers' when somebody else takes over. Nothing is
 * deleted, so that who works on cases needs no right to delete what lies beside it, its timeline.
 */
const concernWrites = (it: Case, before: Case | undefined): readonly Write[] => {
  const [current, former] = [concernItems(it), before === undefined ? [] : concernItems(before)]
  const listed = new Set(former.map(placeOf))
  const kept = new Set(current.map(({ sk }) => sk))
  const unlisted = former.filter(({ sk }) => !kept.has(sk)).map(({ sk }) => concernItem(it, sk.slice('CONCERN#'.length)))
  return [...current.filter(item => !listed.has(placeOf(item))), ...unlisted].map(put => ({ put, when: 'always' }) as const)
}

/** Whose list it stands in. */
const placeOf = (item: Item): string => `${item.sk} ${String(item['departmentPk'] ?? item['officerPk'])}`

/**
 * One decision as writes: the state, on condition that it is still what was decided on; the timeline's new events; the marks by
 * which cases waiting for a year's calendar are found again; and its places in the worklists, as far as they change.
 */
export const caseWrites = ({ changed: it, events }: CaseDecision, before: Case | undefined): readonly Write[] => {
  const first = it.eventCount - events.length + 1
  const awaited = new Set(it.awaitedYears)
  return [
    { put: caseItem(it), when: before === undefined ? 'new' : { version: before.version } },
    ...events.map((event, at) => ({ put: stored('case-event', caseEventKey(it.caseId, first + at), event), when: 'new' }) as const),
    ...concernWrites(it, before),
    ...it.awaitedYears.map(year => ({ put: stored('awaiting', awaitingKey(year, it.caseId), { caseId: it.caseId, year }), when: 'always' }) as const),
    ...(before?.awaitedYears ?? []).filter(year => !awaited.has(year)).map(year => ({ delete: awaitingKey(year, it.caseId), when: 'always' }) as const),
    ...taskWrites(before === undefined ? [] : tasksOfCase(before), tasksOfCase(it)),
  ]
}

export const caseQueries = {
  all: { index: 'all', partition: 'CASES', descending: true } as const,
  /** What has a step of the department; each leads to its case. */
  ofDepartment: (departmentId: string, state: CaseState) => ({ index: 'department', partition: `CASES#${state}#${departmentId}`, descending: true }) as const,
  /** What the officer follows, and what leads to a case of which they go along with a step. */
  followedBy: (officerId: string) => ({ index: 'officer', partition: `CASES#${officerId}`, descending: true }) as const,
  ofEnterprise: (enterpriseId: string) => ({ index: 'enterprise', partition: `CASES#${enterpriseId}`, descending: true }) as const,
  timeline: (caseId: string) => ({ partition: `CASE#${caseId}`, from: 'EVENT#', to: 'EVENT#~' }) as const,
  /** Keys of the cases with something due at this instant or before, oldest first in each shard. */
  dueAt: (now: number) => shards.map(shard => ({ index: 'due', partition: `CASE#${shard}`, to: `${sortable(now)}#~` }) as const),
  /** Keys of the cases that have not ended. */
  open: shards.map(shard => ({ index: 'due', partition: `CASE#${shard}` }) as const),
  /** Keys of those that have ended since. */
  endedSince: (from: number) => shards.map(shard => ({ index: 'due', partition: `ENDED#CASE#${shard}`, from: sortable(from) }) as const),
}
