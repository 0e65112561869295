import type { Session, SessionDecision } from '../../shared/session/session.ts'
import { sortable } from './shard.ts'
import { opened, stored } from './stored.ts'
import { all, type Key, type Query, type Table, type Write } from './table.ts'

export const sessionKey = (sessionId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: 'SESSION' })
export const decisionKey = ({ sessionId, decision }: Pick<SessionDecision, 'sessionId' | 'decision'>): Key => ({ pk: sessionKey(sessionId).pk, sk: `DECISION#${String(decision).padStart(3, '0')}` })

/** A session as it is from now on, on condition that it is still what was decided on. */
export const sessionWrite = (session: Session, before: Session | undefined): Write => ({
  put: stored('session', sessionKey(session.sessionId), session, { version: session.version, allPk: 'SESSIONS', allSk: `${sortable(session.startsAt)}#${session.sessionId}` }),
  when: before === undefined ? 'new' : { version: before.version },
})

export const decisionWrite = (decision: SessionDecision): Write => ({ put: stored('decision', decisionKey(decision), decision), when: 'new' })

/** Every session from then on, by when it begins. A district holds a few a month, so whoever looks for theirs looks through them. */
export const sessionsFrom = (from: number | undefined): Query => ({ index: 'all', partition: 'SESSIONS', ...(from === undefined ? {} : { from: sortable(from) }) })

/** What a session has decided, in order. */
export const decisionsOf = async (table: Table, sessionId: string): Promise<SessionDecision[]> =>
  (await all(table.query({ partition: sessionKey(sessionId).pk, from: 'DECISION#', to: 'DECISION#~' }))).map(item => opened('decision', item))
