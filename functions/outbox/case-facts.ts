import { workingDaysBetween } from '../../shared/calendar/working-day.ts'
import { localDateOf, type Instant } from '../../shared/calendar/zone.ts'
import type { Case, CaseEvent, Step } from '../../shared/case/case.ts'
import { handoverOf, isHandover, officerOf } from '../../shared/case/decision.ts'
import { isStepProvisional } from '../../shared/case/limits.ts'
import { goesAlong } from '../../shared/case/reassign.ts'
import { handoverTitle } from '../../shared/case/template.ts'
import { hasEnded, isRunning, isUnderWay } from '../../shared/case/transition.ts'
import type { CaseFacts, SaidOfResult, StepFacts } from '../../shared/mail/facts.ts'
import { readRecipient, type About } from '../../shared/mail/notice.ts'
import { theSystem } from '../../shared/roster/actor.ts'
import { caseEventKey, caseKey } from '../adapters/case-store.ts'
import type { OutboxMail } from '../adapters/outbox-store.ts'
import { departmentKey, rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import type { Found } from './facts.ts'

type AboutCase = Extract<About, { caseId: string }>

/** Reads what a mail about a case points at, as it is now; what has changed since it was planned is superseded. */
export const caseFactsReader = (table: Table, timeZone: string) => {
  const roster = rosterStore(table)

  const readCase = async (caseId: string): Promise<Case | undefined> => openedMaybe('case', await table.get(caseKey(caseId)))

  const readEvent = async <E extends CaseEvent['event']>(caseId: string, sequence: number, ...kinds: readonly E[]): Promise<Extract<CaseEvent, { event: E }>> => {
    const event = openedMaybe('case-event', await table.get(caseEventKey(caseId, sequence)))
    if (event === undefined || !(kinds as readonly string[]).includes(event.event)) throw new Error(`event ${sequence} of ${caseId} is not ${kinds.join(' or ')}`)
    return event as Extract<CaseEvent, { event: E }>
  }

  /** The names of the departments and officers of a case, read with one call. */
  const namesOf = async (it: Case): Promise<(id: string, kind: 'department' | 'officer') => string> => {
    const departmentIds = [...new Set(it.steps.map(({ departmentId }) => departmentId))]
    const [departments, officers] = await Promise.all([table.getAll(departmentIds.map(departmentKey)), roster.officers([...new Set([it.officerId, ...it.steps.map(step => officerOf(it, step))])])])
    const names = new Map(departments.flatMap(item => openedMaybe('department', item) ?? []).map(({ departmentId, name }) => [departmentId, name]))
    return (id, kind) => (kind === 'department' ? names.get(id) : officers.get(id)?.name) ?? id
  }

  const stepFacts = (step: Step, it: Case, nameOf: Awaited<ReturnType<typeof namesOf>>): StepFacts => ({
    stepTitle: isHandover(step) ? handoverTitle : step.title,
    departmentName: nameOf(step.departmentId, 'department'),
    officerName: nameOf(officerOf(it, step), 'officer'),
    mode: step.mode,
    status: step.status,
    statutoryWorkingDays: step.statutoryWorkingDays,
    promisedWorkingDays: step.promisedWorkingDays,
    by: step.clock?.by,
    provisional: isStepProvisional(step),
  })

  const factsOf = async (it: Case) => {
    const [nameOf, enterprise] = await Promise.all([namesOf(it), roster.enterprise(it.enterpriseId)])
    const facts: CaseFacts = {
      number: it.caseId,
      title: it.title,
      status: it.status,
      subcategory: it.subcategory,
      enterpriseName: enterprise?.name ?? it.enterpriseId,
      officerName: nameOf(it.officerId, 'officer'),
      openedAt: it.openedAt,
      steps: it.steps.map(step => stepFacts(step, it, nameOf)),
    }
    return { facts, enterprise, nameOf, enterpriseHasMail: enterprise?.contactEmail !== undefined }
  }

  /** What the enterprise said, in the event before the one that followed from it. */
  const readSaid = async (caseId: string, sequence: number): Promise<SaidOfResult> => {
    const event = await readEvent(caseId, sequence, 'receipt', 'called-back')
    return { received: event.received, words: event.words, ...(event.event === 'called-back' ? { asked: event.asked } : {}) }
  }

  /** Whether the campaign office is written to in the stead of a department that has nobody. */
  const isInStead = async (to: OutboxMail['to'], departmentId: string): Promise<boolean> => {
    const { kind, id } = readRecipient(to)
    const officer = kind === 'officer' ? await roster.officer(id) : undefined
    const isOfOffice = kind === 'address' || officer?.roles.includes('supervisor') === true
    if (!isOfOffice) return false
    const { handlers, directors } = await roster.staffOf(departmentId)
    return handlers.length + directors.length === 0
  }

  const stepNamed = (it: Case, stepId: string): Step => {
    const step = it.steps.find(each => each.stepId === stepId)
    if (step === undefined) throw new Error(`${it.caseId} has no step ${stepId}`)
    return step
  }

  /** Whether an officer is written to who does not go along with the step any more, or does not follow the case. */
  const isRelieved = (to: OutboxMail['to'], it: Case, step: Pick<Step, 'officerId' | 'wentAlong'> = {}): boolean =>
    readRecipient(to).kind === 'officer' && to !== `officer:${officerOf(it, step)}`

  const late = async (about: Extract<AboutCase, { kind: 'case-warning' | 'case-escalated' }>, it: Case, to: OutboxMail['to'], now: Instant): Promise<Found> => {
    const step = stepNamed(it, about.stepId)
    const { clock } = step
    if (clock === undefined || !isRunning(step.status)) return { superseded: 'the step is finished, or waits' }
    const [{ facts, nameOf }, inStead] = await Promise.all([factsOf(it), isInStead(to, step.departmentId)])
    const told = { case: facts, step: stepFacts(step, it, nameOf) }
    if (about.kind === 'case-warning') {
      if (clock.next?.step === 'warning') return { superseded: 'the deadline has moved, and will be warned of in its time' }
      if (clock.by < now) return { superseded: 'the deadline has passed' }
      return { facts: { kind: about.kind, ...told }, inStead }
    }
    const [event, { calendar }] = await Promise.all([readEvent(it.caseId, about.event, 'step-escalated'), readRules(table)])
    if (clock.by > event.at) return { superseded: 'the deadline has moved' }
    const { days } = workingDaysBetween(calendar, localDateOf(clock.by, timeZone), localDateOf(event.at, timeZone))
    return { facts: { kind: about.kind, ...told, level: about.level, workingDaysLate: days }, inStead: inStead && about.level < 3 }
  }

  const caseMail = async (about: AboutCase, { to }: Pick<OutboxMail, 'to'>, now: Instant): Promise<Found> => {
    const it = await readCase(about.caseId)
    if (it === undefined) return { superseded: 'the case is gone' }
    const reader = to.startsWith('enterprise:') ? 'enterprise' : 'officer'
    switch (about.kind) {
      case 'case-opened':
        return isUnderWay(it.status) ? { facts: { kind: about.kind, case: (await factsOf(it)).facts, reader: 'enterprise' } } : { superseded: 'the case has ended' }
      case 'case-step': {
        const step = stepNamed(it, about.stepId)
        if (!isRunning(step.status)) return { superseded: 'the step is finished, or waits' }
        const [{ facts, nameOf }, event, inStead] = await Promise.all([factsOf(it), readEvent(it.caseId, about.event, 'opened', 'step-finished', 'step-resumed'), isInStead(to, step.departmentId)])
        return { facts: { kind: about.kind, case: facts, step: stepFacts(step, it, nameOf), goesOn: event.event === 'step-resumed' }, inStead }
      }
      case 'case-waiting': {
        const step = stepNamed(it, about.stepId)
        const event = await readEvent(it.caseId, about.event, 'step-waiting')
        if (step.status !== 'waiting' || step.waits.at(-1)?.from !== event.at) return { superseded: 'it waits no longer' }
        if (isRelieved(to, it, step)) return { superseded: 'somebody else goes along with it now' }
        const { facts, nameOf, enterpriseHasMail } = await factsOf(it)
        return { facts: { kind: about.kind, case: facts, step: stepFacts(step, it, nameOf), reason: event.reason, needed: event.needed, endsBy: event.endsBy, reader, enterpriseHasMail } }
      }
      case 'case-resumed': {
        const [step, event] = [stepNamed(it, about.stepId), await readEvent(it.caseId, about.event, 'step-resumed')]
        const wait = step.waits.at(-1)
        if (!isRunning(step.status) || wait?.until !== event.at) return { superseded: 'the step is finished, or waits again' }
        if (isRelieved(to, it, step)) return { superseded: 'somebody else goes along with it now' }
        const [{ facts, nameOf, enterpriseHasMail }, waiting] = await Promise.all([factsOf(it), event.by === theSystem ? readEvent(it.caseId, wait.event, 'step-waiting') : undefined])
        return { facts: { kind: about.kind, case: facts, step: stepFacts(step, it, nameOf), since: event.at, needed: waiting?.needed, reader, enterpriseHasMail } }
      }
      case 'case-informed': {
        if (!isUnderWay(it.status)) return { superseded: 'the case has ended' }
        const [{ facts }, { words }] = await Promise.all([factsOf(it), readEvent(it.caseId, about.event, 'informed')])
        return { facts: { kind: about.kind, case: facts, words } }
      }
      case 'case-reassigned': {
        const event = await readEvent(it.caseId, about.event, 'reassigned')
        const whose = reader === 'enterprise' ? reader : to === `officer:${event.officerId}` ? 'new' : 'former'
        if (hasEnded(it.status)) return { superseded: 'the case has ended' }
        if (whose === 'former' ? goesAlong(it, event.from) : !goesAlong(it, event.officerId)) return { superseded: 'it has been passed on again' }
        const [{ facts, nameOf, enterpriseHasMail }, people] = await Promise.all([factsOf(it), roster.officers([...new Set([event.from, event.officerId, event.by])])])
        const nameOfPerson = (id: string): string => people.get(id)?.name ?? id
        const passedOn = it.steps.filter(({ stepId }) => event.steps.includes(stepId)).map(step => stepFacts(step, it, nameOf))
        return {
          facts: {
            kind: about.kind, case: facts, newName: nameOfPerson(event.officerId), formerName: nameOfPerson(event.from), byName: nameOfPerson(event.by),
            reason: event.reason, follows: event.follows, steps: passedOn, reader: whose, enterpriseHasMail,
          },
        }
      }
      case 'case-ended': {
        const [{ facts, nameOf }, event] = await Promise.all([factsOf(it), readEvent(it.caseId, about.event, 'step-refused', 'withdrawn')])
        const whose = reader === 'enterprise' ? reader : 'staff'
        if (event.event === 'withdrawn') return { facts: { kind: about.kind, case: facts, byName: (await roster.officer(event.by))?.name ?? event.by, reason: event.reason, reader: whose } }
        return { facts: { kind: about.kind, case: facts, step: stepFacts(stepNamed(it, event.stepId), it, nameOf), byName: nameOf(event.departmentId, 'department'), reason: event.reason, reader: whose } }
      }
      case 'case-handed-over': {
        const event = await readEvent(it.caseId, about.event, 'handed-over')
        if (it.status !== 'handed-over' || it.handedOverAt !== event.at) return { superseded: 'the enterprise has spoken' }
        if (isRelieved(to, it)) return { superseded: 'somebody else follows it now' }
        const { facts, nameOf, enterpriseHasMail } = await factsOf(it)
        return { facts: { kind: about.kind, case: facts, departmentName: nameOf(event.departmentId, 'department'), words: event.words, reader, enterpriseHasMail } }
      }
      case 'case-completed': {
        const [{ facts }, said] = await Promise.all([factsOf(it), readSaid(it.caseId, about.event - 1)])
        return { facts: { kind: about.kind, case: facts, said } }
      }
      case 'case-returned': {
        // Told even if it has been handed over again since: the enterprise's words are for director and supervisors to read.
        const [{ facts, nameOf }, said, { level }, { policy }] = await Promise.all([factsOf(it), readSaid(it.caseId, about.event - 1), readEvent(it.caseId, about.event, 'returned'), readRules(table)])
        const isOfLeadingGroup = policy.leadingGroup.some(address => to === `address:${address}`)
        return { facts: { kind: about.kind, case: facts, step: stepFacts(handoverOf(it), it, nameOf), said, level, reader: isOfLeadingGroup ? 'leading-group' : 'staff' } }
      }
      case 'case-call-back-due': {
        const { callBack, handedOverAt } = it
        if (callBack?.isDue !== true || handedOverAt === undefined) return { superseded: 'the enterprise has spoken' }
        const { facts, enterprise, enterpriseHasMail } = await factsOf(it)
        return { facts: { kind: about.kind, case: facts, handedOverAt, contactName: enterprise?.contactName, contactPhone: enterprise?.contactPhone, enterpriseHasMail } }
      }
      case 'case-warning':
      case 'case-escalated':
        return late(about, it, to, now)
    }
  }

  return { readCase, caseFacts: async (it: Case): Promise<CaseFacts> => (await factsOf(it)).facts, caseMail }
}
