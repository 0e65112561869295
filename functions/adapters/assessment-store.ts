import { createHash } from 'node:crypto'
import { sealedContent, type Assessment, type KeptSheet } from '../../shared/assessment/assessment.ts'
import { canonical } from '../../shared/assessment/canonical.ts'
import type { Rankings } from '../../shared/assessment/ranking.ts'
import { inputsSchema, type SheetInputs } from '../../shared/assessment/sheet.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import { tasksOfSheet } from '../../shared/supervision/task.ts'
import { shardOf, shards } from './shard.ts'
import { opened, openedMaybe, stored } from './stored.ts'
import { all, type Item, type Key, type Query, type Table, type Write } from './table.ts'
import { taskWrites } from './task-store.ts'

export const assessmentKey = (period: string): Key => ({ pk: `ASSESSMENT#${period}`, sk: 'ASSESSMENT' })

const sheetPartition = (period: string, subject: Subject): string => `ASSESSMENT#${period}#${'officerId' in subject ? `OFFICER#${subject.officerId}` : `DEPARTMENT#${subject.departmentId}`}`

export const sheetKey = (period: string, subject: Subject): Key => ({ pk: sheetPartition(period, subject), sk: 'SHEET' })

/** Inputs belong to the drawing they were made for, and are never changed; they go when it is drawn up anew. */
const inputsPrefix = (drawing: number): string => `INPUT#${String(drawing).padStart(4, '0')}#`
const inputKey = (period: string, subject: Subject, drawing: number, part: number): Key => ({ pk: sheetPartition(period, subject), sk: `${inputsPrefix(drawing)}${String(part).padStart(4, '0')}` })

export const assessmentWrite = (assessment: Assessment, before: Assessment | undefined): Write => ({
  put: stored('assessment', assessmentKey(assessment.period), assessment, { version: assessment.version, allPk: 'ASSESSMENTS', allSk: assessment.period }),
  when: before === undefined ? 'new' : { version: before.version },
})

/** A sheet, and its place in the office's worklist; of an officer, with its places in the lists, by staff number. */
export const sheetWrites = (sheet: KeptSheet, before: KeptSheet | undefined): readonly Write[] => {
  const { period, subject, departmentId, version } = sheet
  const places =
    'officerId' in subject
      ? { allPk: `SHEETS#${period}#${shardOf(subject.officerId)}`, allSk: subject.officerId, departmentPk: `SHEETS#${period}#${departmentId}`, departmentSk: subject.officerId }
      : {}
  return [
    { put: stored('sheet', sheetKey(period, subject), sheet, { version, ...places }), when: before === undefined ? 'new' : { version: before.version } },
    ...taskWrites(before === undefined ? [] : tasksOfSheet(before), tasksOfSheet(sheet)),
  ]
}

/** An item holds 400 KB, and what is in it is plain letters. */
const charactersAPart = 100_000

/** The inputs of a drawing's sheet, in as many items as they take: a large department's are more than one holds. */
export const inputItems = (inputs: SheetInputs, drawing: number): readonly Item[] => {
  const text = canonical(inputs)
  return Array.from({ length: Math.ceil(text.length / charactersAPart) }, (_, at) =>
    stored('sheet-input', inputKey(inputs.period, inputs.subject, drawing, at), { text: text.slice(at * charactersAPart, (at + 1) * charactersAPart) }),
  )
}

/**
 * What takes the place of a sheet's inputs when it is drawn up anew, for nobody reads those of an earlier drawing: nothing, which
 * the table then forgets. Whoever draws up need not be let delete for that.
 */
export const voidInputs = ({ period, subject, drawing, parts }: KeptSheet, now: Instant): readonly Item[] =>
  Array.from({ length: parts }, (_, at) => stored('sheet-input', inputKey(period, subject, drawing, at), { text: '' }, { expiresAt: Math.floor(now / 1000) }))

/** A sheet with its frozen inputs. */
export interface WholeSheet {
  readonly kept: KeptSheet
  readonly inputs: SheetInputs
}

/** A sheet with its frozen inputs as they lie in the table, whether anybody can read them or not. */
interface LyingSheet {
  readonly kept: KeptSheet
  readonly text: string
}

/** The sheet of this drawing, as it lies in the table, if there is one. */
export const findSheet = async (table: Table, { period, drawing }: Pick<Assessment, 'period' | 'drawing'>, subject: Subject): Promise<LyingSheet | undefined> => {
  const [item, parts] = await Promise.all([
    table.get(sheetKey(period, subject)),
    all(table.query({ partition: sheetPartition(period, subject), from: inputsPrefix(drawing), to: `${inputsPrefix(drawing)}~` })),
  ])
  const kept = openedMaybe('sheet', item)
  if (kept === undefined || kept.drawing !== drawing) return undefined
  return { kept, text: parts.slice(0, kept.parts).map(part => opened('sheet-input', part).text).join('') }
}

/** What was frozen. @throws Error where nobody can read it any more */
export const wholeSheet = ({ kept, text }: LyingSheet): WholeSheet => ({ kept, inputs: inputsSchema.parse(JSON.parse(text)) })

/** The sheet of this drawing, with its inputs, if there is one. */
export const readSheet = async (...of: Parameters<typeof findSheet>): Promise<WholeSheet | undefined> => {
  const found = await findSheet(...of)
  return found && wholeSheet(found)
}

/** SHA-256 over canonical JSON. */
export const hashOf = (content: unknown): string => createHash('sha256').update(canonical(content)).digest('hex')

/** The hash of a sheet: over its inputs, its department, its appeals with what was decided on them, and what all that comes to. */
export const sheetHash = (inputs: SheetInputs, kept: Pick<KeptSheet, 'departmentId' | 'appeals' | 'sheet'>): string => hashOf(sealedContent(inputs, kept))

const rankingsKey: Key = { pk: 'RANKINGS', sk: 'CURRENT' }
const settingKey = (version: number): Key => ({ pk: 'RANKINGS', sk: `V#${String(version).padStart(6, '0')}` })

export const readRankings = async (table: Table): Promise<Rankings | undefined> => openedMaybe('rankings', await table.get(rankingsKey))

/** The switch, and what is kept of each setting of it. */
export const rankingsWrites = (rankings: Rankings, before: Rankings | undefined): readonly Write[] => [
  { put: stored('rankings', rankingsKey, rankings, { version: rankings.version }), when: before === undefined ? 'new' : { version: before.version } },
  { put: stored('rankings', settingKey(rankings.version), rankings), when: 'new' },
]

export const assessmentQueries = {
  all: { index: 'all', partition: 'ASSESSMENTS', descending: true } as const,
  /** Officers' sheets by staff number. */
  sheets: (period: string): readonly Query[] => shards.map(shard => ({ index: 'all', partition: `SHEETS#${period}#${shard}` }) as const),
  sheetsOf: (period: string, departmentId: string): Query => ({ index: 'department', partition: `SHEETS#${period}#${departmentId}` }),
  /** How the switch was set, the latest first. */
  settings: { partition: 'RANKINGS', from: 'V#', to: 'V#~', descending: true } satisfies Query,
}
