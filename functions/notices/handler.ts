import type { noticeOperations } from '../../shared/contract/notices.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { appealAgainst, decideAppeal, dropNotice, publishNotice, withdrawNotice, type NoticeAct } from '../../shared/notice/command.ts'
import { draftByHand, subjectOf, type NoticeDecision } from '../../shared/notice/draft.ts'
import { exemptionReasonFor } from '../../shared/notice/grant.ts'
import { noticeStakes, type Notice } from '../../shared/notice/notice.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import { demandWithin, isWithin, type Caller } from '../../shared/roster/caller.ts'
import { counterWrite } from '../adapters/issue-store.ts'
import { noticeKey, noticeQueries, noticeWrites, numberedAs, publicationKey, publicationWrite } from '../adapters/notice-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules, type Rules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Query, Write } from '../adapters/table.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { readNumbering } from '../ledger/dispatch.ts'
import { grant } from './grant.ts'
import { noticeLine, noticeView } from './view.ts'

type Asking = Pick<ApiRequest, 'caller' | 'reaches' | 'now'>
type Request = Asking & Pick<ApiRequest, 'seenVersion'> & { readonly params: { readonly noticeId: string } }

export const noticeHandlers = ({ table, cursors, timeZone, adminEmail }: HandlerDependencies): ApiHandlers<typeof noticeOperations> => {
  const roster = rosterStore(table)
  const reckoningOf = ({ calendar }: Rules): Reckoning => ({ calendar, timeZone })

  const readNotice = async (noticeId: string): Promise<Notice> => {
    const notice = openedMaybe('notice', await table.get(noticeKey(noticeId)))
    if (notice === undefined) throw new Problem('notice-not-found', { id: noticeId })
    return notice
  }

  /** Whom it is to concern, and of which department they are. Those who see everything are told whether there is such a one. */
  const concernedBy = async (subject: Subject, { caller, reaches }: Asking): Promise<string> => {
    if ('departmentId' in subject) {
      demandWithin(reaches, caller, { departments: [subject.departmentId] })
      if ((await roster.department(subject.departmentId)) === undefined) throw new Problem('department-not-found', { id: subject.departmentId })
      return subject.departmentId
    }
    const officer = await roster.officer(subject.officerId)
    demandWithin(reaches, caller, { departments: officer === undefined ? [] : [officer.departmentId] })
    if (officer === undefined) throw new Problem('officer-not-found', { id: subject.officerId })
    if (!officer.active) throw new Problem('officer-left', { id: subject.officerId })
    return officer.departmentId
  }

  const staffOf = (departmentId: string) => roster.staff(departmentId, [], adminEmail)

  /** The notice a command is given for, as the client has seen it, and what it is decided by. */
  const readForCommand = async ({ params, caller, now, seenVersion }: Request): Promise<{ readonly notice: Notice; readonly rules: Rules; readonly act: NoticeAct }> => {
    const [notice, rules] = await Promise.all([readNotice(params.noticeId), readRules(table)])
    const staff = await staffOf(notice.departmentId)
    demandSeen(seenVersion, notice.version)
    return { notice, rules, act: { caller, now, reckoning: reckoningOf(rules), staff } }
  }

  const answerWith = ({ notice, mails }: NoticeDecision, before: Notice | undefined, { now, reckoning }: Pick<NoticeAct, 'now' | 'reckoning'>, beside: readonly Write[] = []) => ({
    body: noticeView(notice, reckoning),
    version: notice.version,
    writes: [...noticeWrites(notice, before), ...planWrites(mails, now), ...beside],
  })

  return {
    draftNotice: async request => {
      const { body, caller, reaches, now, mark } = request
      if (body.kind === 'criticism' && !reaches.has('any')) throw new Problem('criticism-by-office')
      const subject = subjectOf(body)
      const departmentId = await concernedBy(subject, request)
      const [rules, staff] = await Promise.all([readRules(table), staffOf(departmentId)])
      const reckoning = reckoningOf(rules)
      const decision = draftByHand(body, { subject, departmentId, by: caller.officerId }, { noticeId: mark, now, policy: rules.policy, reckoning, staff })
      return answerWith(decision, undefined, { now, reckoning })
    },

    listNotices: async ({ query, caller, reaches, paging }) => {
      const reckoning = reckoningOf(await readRules(table))
      const notices = await listPage(table, noticeLists(caller, reaches), paging, cursors, item => {
        const notice = opened('notice', item)
        const wanted = isVisible(notice, { caller, reaches }) && (query.status === undefined || notice.status === query.status) && (query.kind === undefined || notice.kind === query.kind)
        return wanted ? noticeLine(notice, reckoning) : undefined
      })
      return { body: notices }
    },

    getNotice: async ({ params, caller, reaches }) => {
      const [notice, rules] = await Promise.all([readNotice(params.noticeId), readRules(table)])
      if (!isVisible(notice, { caller, reaches })) throw new Problem('out-of-reach')
      return { body: noticeView(notice, reckoningOf(rules)), version: notice.version }
    },

    appealAgainstNotice: async request => {
      const { notice, act } = await readForCommand(request)
      return answerWith(appealAgainst(notice, request.body, act, await roster.notNear(notice, act.staff.supervisors)), notice, act)
    },

    decideOnAppeal: async request => {
      const { notice, rules, act } = await readForCommand(request)
      const { decision, remark, exemptionReason } = request.body
      // Refused before anything that it would change is read.
      decideAppeal(notice, { decision, remark }, act)
      const reason = exemptionReasonFor(notice, decision, exemptionReason)
      const granted = decision === 'granted' ? await grant(table, notice, { ...act, timeZone, policy: rules.policy, remark, reason }) : undefined
      return answerWith(decideAppeal(notice, { decision, remark }, act, granted?.effect), notice, act, granted?.writes)
    },

    publishNotice: async request => {
      const { notice, act } = await readForCommand(request)
      const { subject, kind, departmentId } = notice
      const [numbering, department, officer] = await Promise.all([
        readNumbering(table, act.now, timeZone, numberedAs[kind]),
        roster.department(departmentId),
        'officerId' in subject ? roster.officer(subject.officerId) : undefined,
      ])
      const published = publishNotice(notice, numbering, { officerName: officer?.name, departmentName: department?.name ?? departmentId }, act)
      return answerWith(published, notice, act, [publicationWrite(published.publication), counterWrite(numberedAs[kind], numbering, 1)])
    },

    dropNotice: async request => {
      const { notice, act } = await readForCommand(request)
      return answerWith(dropNotice(notice, request.body.reason, act), notice, act)
    },

    withdrawNotice: async request => {
      const [{ notice, act }, publication] = await Promise.all([readForCommand(request), table.get(publicationKey(request.params.noticeId))])
      const withdrawn = withdrawNotice(notice, openedMaybe('publication', publication), request.body.reason, act)
      return answerWith(withdrawn, notice, act, [publicationWrite(withdrawn.publication)])
    },
  }
}

/** Whom it concerns sees it, and whoever reaches as far. */
const isVisible = (notice: Notice, { caller, reaches }: Pick<Asking, 'caller' | 'reaches'>): boolean =>
  isWithin(reaches, caller, noticeStakes(notice)) || ('officerId' in notice.subject && notice.subject.officerId === caller.officerId)

/** The lists that hold what the caller sees, and little else. */
const noticeLists = (caller: Caller, reaches: ApiRequest['reaches']): readonly Query[] => {
  if (reaches.has('any')) return [noticeQueries.all]
  return [noticeQueries.ofOfficer(caller.officerId), ...(reaches.has('department') && caller.departmentId !== undefined ? [noticeQueries.ofDepartment(caller.departmentId)] : [])]
}
