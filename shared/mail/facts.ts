import type { Component } from '../assessment/component.ts'
import type { Sheet } from '../assessment/sheet.ts'
import type { NamedBulletin } from '../report/tables.ts'
import type { LocalDate, Month } from '../calendar/date.ts'
import type { ServiceMode } from '../case/template.ts'
import type { CaseStatus, StepStatus } from '../case/transition.ts'
import type { Category, Tier } from '../issue/category.ts'
import type { ClockName, Closing, Level, RequestKind, TimelineEvent } from '../issue/issue.ts'
import type { Wording } from '../contract/problem.ts'
import type { Rating } from '../issue/rating.ts'
import type { Status } from '../issue/transition.ts'
import type { NoticeKind } from '../notice/transition.ts'
import type { Round } from '../officer-rating/round.ts'
import type { ExemptionReason, VisitMode } from '../policy/policy.ts'
import type { ReasonNotCounted } from '../visit/visit.ts'
import type { MailKind, UndeliverableReason } from './notice.ts'

/** When something is due, and when it was done. A deadline that has been met is not provisional any more. */
export interface ClockFacts {
  readonly by: number
  readonly doneAt?: number | undefined
  readonly provisional: boolean
}

/** An issue as a mail speaks of it: names instead of ids. Instants in epoch milliseconds. */
export interface IssueFacts {
  readonly number: string
  readonly title: string
  /** The enterprise's problem in the officer's words. */
  readonly description: string
  readonly status: Status
  readonly tier: Tier
  readonly category: Category
  readonly subcategory: string
  readonly enterpriseName: string
  readonly officerName: string
  readonly leadDepartmentName: string
  readonly dispatchedAt: number
  readonly clocks: Readonly<Record<ClockName, ClockFacts>>
  readonly level: 0 | Level
  /** Whether the enterprise has not been satisfied before: its levels begin higher then, and the lower ones were not sent. */
  readonly reopened: boolean
}

/** A notice of criticism or a commendation as a mail speaks of it. */
export interface NoticeFacts {
  readonly noticeId: string
  readonly kind: NoticeKind
  /** The officer's name, if it concerns one. */
  readonly officerName?: string | undefined
  readonly departmentName: string
  readonly title: string
  readonly text: string
  /** Of a criticism: until when somebody can appeal. */
  readonly appealBy?: number | undefined
  readonly provisional: boolean
  readonly number?: Wording | undefined
}

/** A sheet of an assessment as a mail speaks of it. */
export interface SheetFacts {
  readonly period: string
  /** The officer's name, if it is of one. */
  readonly officerName?: string | undefined
  readonly departmentName: string
  readonly sheet: Sheet
}

/** A draft of the month, in a list of them. */
export interface DraftLine {
  readonly officerName: string
  readonly departmentName: string
  readonly noticeId: string
}

/** What an enterprise said of a resolution. */
export interface Said {
  readonly rating: Rating
  readonly words?: string | undefined
  /** Whom a supervisor asked; nothing where the enterprise said it of itself. */
  readonly asked?: string | undefined
}

/** Why deadlines have moved or stand still, as the timeline has it. */
export type MoveFacts = Extract<TimelineEvent, { event: 'extended' | 'paused' | 'resumed' | 'tier-changed' | 'merged' | 'separated' }>

/** A step of a case as a mail speaks of it. */
export interface StepFacts {
  /** The last step's is the system's own; all others are in the words of the template. */
  readonly stepTitle: string | Wording
  readonly departmentName: string
  readonly officerName: string
  readonly mode: ServiceMode
  readonly status: StepStatus
  /** The law sets no limit for the handing over. */
  readonly statutoryWorkingDays?: number | undefined
  readonly promisedWorkingDays: number
  /** Nothing while others have to be finished first. */
  readonly by?: number | undefined
  readonly provisional: boolean
}

/** A case in the green channel as a mail speaks of it. */
export interface CaseFacts {
  readonly number: string
  readonly title: string
  readonly status: CaseStatus
  readonly subcategory: string
  readonly enterpriseName: string
  readonly officerName: string
  readonly openedAt: number
  readonly steps: readonly StepFacts[]
}

/** What an enterprise said of the result of a case. */
export interface SaidOfResult {
  readonly received: boolean
  readonly words?: string | undefined
  /** Whom a supervisor asked; nothing where the enterprise said it of itself. */
  readonly asked?: string | undefined
}

/** One enterprise that is still owed visits this month. */
export interface QuotaLine {
  readonly enterpriseName: string
  readonly required: number
  readonly counted: number
}

/** One officer's missed visits to one enterprise. */
/** A project that is behind: what its half-year has come to by the end of that month, in units of 10,000 yuan, and what holds it up. */
export interface ProjectFacts {
  readonly projectName: string
  readonly through: Month
  readonly planned: number
  readonly invested: number
  readonly lateMilestones: readonly { readonly milestoneName: string; readonly daysLate: number }[]
  /** Issues that hold it up and are not resolved. */
  readonly openObstacles: number
}
export interface MissedLine extends QuotaLine {
  readonly officerName: string
  readonly departmentName: string
}

export interface ExemptionFacts {
  readonly officerName: string
  readonly departmentName: string
  readonly month: Month
  readonly reason: ExemptionReason
  /** Left out: all enterprises of the officer. */
  readonly enterpriseName?: string | undefined
  readonly remark?: string | undefined
}

/** A visit as it was recorded. */
export interface VisitFacts {
  readonly visitId: string
  readonly officerName: string
  readonly enterpriseName: string
  readonly visitedOn: LocalDate
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly mode: VisitMode
  readonly summary: string
  readonly recordedByName: string
  /** Who else was along. */
  readonly withNames: readonly string[]
  readonly counted: boolean
  readonly reasonNotCounted?: ReasonNotCounted | undefined
}

/** What a department is asked for, and by when. */
export interface PieceFacts {
  readonly departmentName: string
  /** What the lead has asked for, in its words. */
  readonly message: string
  readonly dueBy: number
  readonly provisional: boolean
}

/** What ended the work on an issue, as it says so itself. */
export interface EndFacts {
  readonly event: 'resolved' | 'withdrawn' | 'merged'
  readonly at: number
  /** The department that resolved it, or now works on it with another; or the enterprise that took it back. */
  readonly byName: string
  /** Why it was resolved over what had not been answered; why the enterprise took it back, if it said so; why it was merged. */
  readonly words?: string | undefined
}

/** An on-site session as a mail speaks of it to its reader: to an enterprise, without the others that come. */
export interface SessionFacts {
  readonly number: string
  readonly title: string
  readonly place: string
  readonly startsAt: number
  readonly endsAt: number
  readonly holderName: string
  readonly departmentName: string
  /** Departments that are asked to come. */
  readonly invitedNames: readonly string[]
  readonly enterpriseNames: readonly string[]
  /** Enterprises that no mail reaches, and who is paired with them. */
  readonly unaddressed: readonly { readonly enterpriseName: string; readonly officerName?: string | undefined }[]
  readonly remark?: string | undefined
  /** Which version of the entry in calendars this is, from 0. */
  readonly sequence: number
}

/** Who reads a mail about a session: an enterprise that comes, by name, or the staff. */
export type SessionReader = { readonly kind: 'enterprise'; readonly name: string } | { readonly kind: 'staff' }

/** What was decided there on an issue. */
export interface SpotDecisionFacts {
  readonly issueNumber: string
  readonly issueTitle: string
  readonly departmentName: string
  readonly dueOn: LocalDate
  readonly what: string
}

/** Everything a letter of each kind needs to be written; read from the table just before it is sent. */
export type MailFacts =
  | { readonly kind: 'issue-dispatched'; readonly issue: IssueFacts }
  /** The routing table names nobody for it; told to the supervisors. */
  | { readonly kind: 'issue-unrouted'; readonly issue: IssueFacts; readonly firstDepartmentName: string }
  | {
      readonly kind: 'issue-transferred'
      readonly issue: IssueFacts
      readonly fromDepartmentName: string
      /** Which may have handed it on since. */
      readonly toDepartmentName: string
      readonly reason: string
      /** The new department's staff has to act; the officer who brought it is informed. */
      readonly reader: 'staff' | 'officer'
    }
  | {
      readonly kind: 'issue-replied' | 'issue-resolved' | 'issue-explained'
      readonly issue: IssueFacts
      readonly message: string
      readonly departmentName: string
      readonly reader: 'enterprise' | 'officer'
      /** Whether the enterprise was written to; if not, the officer has to carry the answer there. */
      readonly enterpriseHasMail: boolean
    }
  | {
      readonly kind: 'issue-closed'
      readonly issue: IssueFacts
      readonly closedBy: Closing
      /** What the enterprise said, if anything. */
      readonly said?: Said | undefined
      /** Why a supervisor closed it without the enterprise. */
      readonly reason?: string | undefined
    }
  | { readonly kind: 'issue-asked'; readonly issue: IssueFacts; readonly askedByName: string; readonly asked: Extract<TimelineEvent, { event: 'asked' }> }
  | {
      readonly kind: 'issue-decided'
      readonly issue: IssueFacts
      readonly request: RequestKind
      readonly approved: boolean
      readonly decidedByName: string
      readonly remark?: string | undefined
    }
  | {
      readonly kind: 'issue-moved'
      readonly issue: IssueFacts
      readonly move: MoveFacts
      /** The lead department's staff, who have to go on; or who is informed. */
      readonly reader: 'enterprise' | 'officer' | 'staff'
      readonly enterpriseHasMail: boolean
    }
  | {
      readonly kind: 'issue-directed'
      readonly issue: IssueFacts
      readonly sessionNumber: string
      readonly what: string
      readonly departmentName: string
      readonly fromDepartmentName: string
      readonly reader: 'lead' | 'former-lead' | 'officer' | 'enterprise'
      readonly enterpriseHasMail: boolean
    }
  /** `changed`: an earlier invitation has gone out. */
  | { readonly kind: 'session-invited'; readonly session: SessionFacts; readonly changed: boolean; readonly reader: SessionReader }
  /** Without a reason: it takes place, but the reader need not come. */
  | { readonly kind: 'session-cancelled'; readonly session: SessionFacts; readonly reason?: string | undefined; readonly reader: SessionReader }
  | { readonly kind: 'session-minutes'; readonly session: SessionFacts; readonly text: string; readonly decisions: readonly SpotDecisionFacts[]; readonly reader: SessionReader }
  /** To a department that is asked for a piece of an issue that another leads; and to the lead, what became of it. */
  | ({ readonly kind: 'assist-asked'; readonly issue: IssueFacts } & PieceFacts)
  | { readonly kind: 'assist-answered'; readonly issue: IssueFacts; readonly departmentName: string; readonly answered: boolean; readonly words: string }
  | ({ readonly kind: 'assist-warning'; readonly issue: IssueFacts } & PieceFacts)
  | ({ readonly kind: 'assist-escalated'; readonly issue: IssueFacts; readonly level: Level; readonly workingDaysLate: number } & PieceFacts)
  | ({ readonly kind: 'assist-dropped'; readonly issue: IssueFacts; readonly end: EndFacts } & Pick<PieceFacts, 'departmentName' | 'message'>)
  | { readonly kind: 'issue-informed'; readonly issue: IssueFacts; readonly words: string }
  | { readonly kind: 'issue-withdrawn'; readonly issue: IssueFacts; readonly words?: string | undefined }
  | {
      readonly kind: 'issue-reopened'
      readonly issue: IssueFacts
      readonly said: Said
      readonly level: Level
      /** Whoever works on it, brought it or supervises it; or the leading group, which does none of these. */
      readonly reader: 'staff' | 'leading-group'
    }
  | {
      readonly kind: 'call-back-due'
      readonly issue: IssueFacts
      readonly resolvedAt: number
      readonly contactName?: string | undefined
      readonly contactPhone?: string | undefined
      /** Without, it was never asked to rate. */
      readonly enterpriseHasMail: boolean
    }
  | { readonly kind: 'issue-warning'; readonly issue: IssueFacts; readonly clock: ClockName; readonly dueBy: number }
  | {
      readonly kind: 'issue-escalated'
      readonly issue: IssueFacts
      /** Whether the reader's department answers for it until the lead has accepted it. */
      readonly readerAnswersForIt: boolean
      readonly clock: ClockName
      readonly level: Level
      readonly dueBy: number
      /** Days over the deadline by the working calendar. */
      readonly workingDaysLate: number
    }
  /** To the enterprise: its case is open. */
  | { readonly kind: 'case-opened'; readonly case: CaseFacts; readonly reader: 'enterprise' }
  /** To a department: its step can begin, or goes on after it has waited as long as it may. */
  | { readonly kind: 'case-step'; readonly case: CaseFacts; readonly step: StepFacts; readonly goesOn: boolean }
  | {
      readonly kind: 'case-waiting'
      readonly case: CaseFacts
      readonly step: StepFacts
      readonly reason: string
      /** What the enterprise has to bring. */
      readonly needed: string
      readonly endsBy: number
      readonly reader: 'enterprise' | 'officer'
      readonly enterpriseHasMail: boolean
    }
  | {
      readonly kind: 'case-resumed'
      readonly case: CaseFacts
      readonly step: StepFacts
      readonly since: number
      /** What the enterprise was to bring, where it has not and the step has waited as long as it may. */
      readonly needed?: string | undefined
      readonly reader: 'enterprise' | 'officer'
      readonly enterpriseHasMail: boolean
    }
  | { readonly kind: 'case-informed'; readonly case: CaseFacts; readonly words: string }
  | {
      readonly kind: 'case-reassigned'
      readonly case: CaseFacts
      /** Who takes over, from whom, and who has decided so. */
      readonly newName: string
      readonly formerName: string
      readonly byName: string
      readonly reason: string
      /** Whether it is the case that has been passed on; otherwise only these steps. */
      readonly follows: boolean
      readonly steps: readonly StepFacts[]
      readonly reader: 'enterprise' | 'new' | 'former'
      readonly enterpriseHasMail: boolean
    }
  | {
      readonly kind: 'case-ended'
      readonly case: CaseFacts
      /** The step that was refused; nothing where the case was given up. */
      readonly step?: StepFacts | undefined
      /** Who ended it: a department, or whoever gave it up. */
      readonly byName: string
      readonly reason: string
      readonly reader: 'enterprise' | 'staff'
    }
  | { readonly kind: 'case-handed-over'; readonly case: CaseFacts; readonly departmentName: string; readonly words: string; readonly reader: 'enterprise' | 'officer'; readonly enterpriseHasMail: boolean }
  | { readonly kind: 'case-completed'; readonly case: CaseFacts; readonly said: SaidOfResult }
  | { readonly kind: 'case-returned'; readonly case: CaseFacts; readonly step: StepFacts; readonly said: SaidOfResult; readonly level: Level; readonly reader: 'staff' | 'leading-group' }
  | {
      readonly kind: 'case-call-back-due'
      readonly case: CaseFacts
      readonly handedOverAt: number
      readonly contactName?: string | undefined
      readonly contactPhone?: string | undefined
      readonly enterpriseHasMail: boolean
    }
  | { readonly kind: 'case-warning'; readonly case: CaseFacts; readonly step: StepFacts }
  | { readonly kind: 'case-escalated'; readonly case: CaseFacts; readonly step: StepFacts; readonly level: Level; readonly workingDaysLate: number }
  | {
      readonly kind: 'quota-nudge' | 'quota-reminder' | 'quota-last-call'
      readonly month: Month
      readonly officerName: string
      /** None where the nudge speaks of projects alone. */
      readonly lines: readonly QuotaLine[]
      /** The officer's projects that are behind their plan. */
      readonly projects: readonly ProjectFacts[]
      /** Working days left in the month, today included. */
      readonly workingDaysLeft: number
      /** The month's last working day. */
      readonly lastWorkingDay: string
    }
  | {
      readonly kind: 'quota-missed'
      readonly month: Month
      /** Left out: the whole district, for the supervisors. */
      readonly departmentName?: string | undefined
      /** As many as a mail shows; `missing` says how many there are in all. */
      readonly lines: readonly MissedLine[]
      readonly missing: { readonly officers: number; readonly pairings: number }
      /** Whether the reader directs the department; if not, it has no director, and the campaign office is asked. */
      readonly readerDirects: boolean
    }
  | { readonly kind: 'bulletin'; readonly bulletin: NamedBulletin }
  /** To whom a draft concerns; or to the campaign office, in the stead of a department without a director. */
  | { readonly kind: 'notice-drafted'; readonly notice: NoticeFacts; readonly readerIsConcerned: boolean }
  /** Without a name: the system has drafted it. */
  | { readonly kind: 'notice-proposed'; readonly notice: NoticeFacts; readonly draftedByName?: string | undefined }
  | { readonly kind: 'notice-appealed'; readonly notice: NoticeFacts; readonly byName: string; readonly reason: string; readonly evidence?: string | undefined }
  | { readonly kind: 'notice-decided'; readonly notice: NoticeFacts; readonly granted: boolean; readonly remark: string; readonly decidedByName: string; readonly changed?: 'exempted' | 'excused' | undefined }
  | { readonly kind: 'notice-published'; readonly notice: NoticeFacts }
  | { readonly kind: 'notice-ended'; readonly notice: NoticeFacts; readonly isWithdrawn: boolean; readonly reason: string; readonly byName: string }
  /** As many lines as a mail shows, of so many drafts. */
  | { readonly kind: 'notices-of-month'; readonly month: Month; readonly lines: readonly DraftLine[]; readonly drafts: number; readonly appealBy?: number | undefined }
  | { readonly kind: 'officer-rating-asked'; readonly round: Round; readonly enterpriseName: string; readonly officerName: string }
  /** To whom a sheet is of; or to the campaign office, in the stead of a department without a director. */
  | { readonly kind: 'assessment-opened'; readonly of: SheetFacts; readonly appealBy: number; readonly provisional: boolean; readonly readerIsConcerned: boolean }
  | { readonly kind: 'assessment-final'; readonly of: SheetFacts; readonly readerIsConcerned: boolean }
  | { readonly kind: 'assessment-appealed'; readonly of: SheetFacts; readonly component: Component; readonly byName: string; readonly reason: string }
  | { readonly kind: 'assessment-decided'; readonly of: SheetFacts; readonly component: Component; readonly granted: boolean; readonly remark: string; readonly decidedByName: string; readonly before?: number | undefined }
  | { readonly kind: 'enterprise-link'; readonly enterpriseName: string; readonly senderName: string }
  | { readonly kind: 'visit-joint'; readonly visit: VisitFacts }
  /** The enterprise says that nobody came, and what happened instead. */
  | { readonly kind: 'visit-denied'; readonly flagId: string; readonly visit: VisitFacts; readonly words?: string | undefined }
  | { readonly kind: 'exemption-requested'; readonly exemptionId: string; readonly exemption: ExemptionFacts; readonly readerDirects: boolean }
  | {
      readonly kind: 'exemption-decided'
      readonly exemptionId: string
      readonly exemption: ExemptionFacts
      readonly approved: boolean
      readonly decidedByName: string
      readonly decisionRemark?: string | undefined
    }
  | {
      readonly kind: 'mail-undeliverable'
      /** What could not be delivered, to whom, and why. */
      readonly original: MailKind
      readonly recipientName: string
      readonly recipientAddress?: string | undefined
      readonly reason: UndeliverableReason
      /** The issue it was about, if it was about one. */
      readonly issue?: IssueFacts | undefined
      /** The case it was about, if it was about one. */
      readonly case?: CaseFacts | undefined
      /** The session, or the visit, likewise. */
      readonly session?: SessionFacts | undefined
      readonly visit?: VisitFacts | undefined
    }
