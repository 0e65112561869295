import { listedLegal, Problem, type Wording } from '../contract/problem.ts'

/**
 * Where a case stands. `handing-over`: every step is finished, and the result is on its way to the enterprise. `handed-over`:
 * its department says so. `completed`: the enterprise agrees. `refused`: a department has said no, with the reason.
 * `withdrawn`: it has been given up.
 */
export const caseStatuses = ['running', 'handing-over', 'handed-over', 'completed', 'refused', 'withdrawn'] as const
export type CaseStatus = (typeof caseStatuses)[number]

/**
 * What can happen to a case. `receipt` and `inform` are the enterprise's own; `advance`, `hand-over` and `refuse` come of what
 * is done to its steps.
 */
export const caseCommands = ['advance', 'hand-over', 'receipt', 'call-back', 'refuse', 'withdraw', 'reassign', 'inform'] as const
export type CaseCommand = (typeof caseCommands)[number]

/** What the enterprise says of the result. */
export type Receipt = 'received' | 'not-received'

/** Only what the enterprise has in its hands is completed; whatever it has not, is handed over once more. */
const byReceipt: Target<CaseStatus> = { received: 'completed', 'not-received': 'handing-over' }

/** Where a command leads: to one status, or by what the enterprise says. */
export type Target<S extends string> = S | Readonly<Record<Receipt, S>>

/** The life of a case. Whatever is not in this table is refused. */
export const caseTransitions: Readonly<Record<CaseStatus, Readonly<Partial<Record<CaseCommand, Target<CaseStatus>>>>>> = {
  running: { advance: 'handing-over', refuse: 'refused', withdraw: 'withdrawn', reassign: 'running', inform: 'running' },
  'handing-over': { 'hand-over': 'handed-over', withdraw: 'withdrawn', reassign: 'handing-over', inform: 'handing-over' },
  'handed-over': { receipt: byReceipt, 'call-back': byReceipt, reassign: 'handed-over' },
  completed: {},
  refused: {},
  withdrawn: {},
}

/**
 * Where a step stands. `blocked`: others have to be finished first. From `ready` on its clock runs, whoever starts when.
 * `waiting`: for the enterprise, and the clock stands still. `dropped`: the case ended before it was finished.
 */
export const stepStatuses = ['blocked', 'ready', 'running', 'waiting', 'finished', 'refused', 'dropped'] as const
export type StepStatus = (typeof stepStatuses)[number]

/** What can happen to a step. `unblock`, `reopen` and `drop` come of what happens to the case; all others are its department's. */
export const stepCommands = ['start', 'wait', 'resume', 'finish', 'refuse', 'acknowledge', 'unblock', 'reopen', 'drop'] as const
export type StepCommand = (typeof stepCommands)[number]

/** The life of a step. Whatever is not in this table is refused. */
export const stepTransitions: Readonly<Record<StepStatus, Readonly<Partial<Record<StepCommand, StepStatus>>>>> = {
  blocked: { unblock: 'ready', drop: 'dropped' },
  ready: { start: 'running', refuse: 'refused', acknowledge: 'ready', drop: 'dropped' },
  running: { wait: 'waiting', finish: 'finished', refuse: 'refused', acknowledge: 'running', drop: 'dropped' },
  waiting: { resume: 'running', drop: 'dropped' },
  finished: { reopen: 'running' },
  refused: {},
  dropped: {},
}

export const caseStatusWords: Readonly<Record<CaseStatus, Wording>> = {
  running: { zh: '办理中', en: 'being worked on' },
  'handing-over': { zh: '办妥、待送达', en: 'being handed over' },
  'handed-over': { zh: '已送达、待企业确认', en: 'handed over, not yet confirmed by the enterprise' },
  completed: { zh: '已办结', en: 'completed' },
  refused: { zh: '不予办理', en: 'refused' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
}

export const caseCommandWords: Readonly<Record<CaseCommand, Wording>> = {
  advance: { zh: '各环节全部办妥', en: 'the last step being finished' },
  'hand-over': { zh: '送达企业', en: 'handing it over' },
  receipt: { zh: '企业确认', en: "the enterprise's confirmation" },
  'call-back': { zh: '电话回访（call-back）', en: 'call-back' },
  refuse: { zh: '任一环节不予办理', en: 'the refusal of a step' },
  withdraw: { zh: '撤销（withdrawal）', en: 'withdrawal' },
  reassign: { zh: '更换跟办干部（officer）', en: 'change of its officer' },
  inform: { zh: '企业补充情况', en: 'information from the enterprise' },
}

export const stepStatusWords: Readonly<Record<StepStatus, Wording>> = {
  blocked: { zh: '等待前序环节', en: 'waiting for earlier steps' },
  ready: { zh: '待启动', en: 'ready' },
  running: { zh: '办理中', en: 'running' },
  waiting: { zh: '等待企业', en: 'waiting for the enterprise' },
  finished: { zh: '已办妥', en: 'finished' },
  refused: { zh: '不予办理', en: 'refused' },
  dropped: { zh: '已终止', en: 'dropped' },
}

export const stepCommandWords: Readonly<Record<StepCommand, Wording>> = {
  start: { zh: '启动（start）', en: 'start' },
  wait: { zh: '等待企业（wait）', en: 'wait' },
  resume: { zh: '恢复计时（resume）', en: 'resume' },
  finish: { zh: '办妥（finish）', en: 'finish' },
  refuse: { zh: '不予办理（refuse）', en: 'refuse' },
  acknowledge: { zh: '签收催办（acknowledge）', en: 'acknowledge' },
  unblock: { zh: '前序环节办妥', en: 'the steps before it being finished' },
  reopen: { zh: '企业反映未收到', en: 'the enterprise saying that it has nothing' },
  drop: { zh: '事项终止', en: 'the end of the case' },
}

/** Whether departments still owe something. */
export const isUnderWay = (status: CaseStatus): boolean => status === 'running' || status === 'handing-over'

/** Whether nothing can follow any more. */
export const hasEnded = (status: CaseStatus): boolean => Object.keys(caseTransitions[status]).length === 0

/** Whether a step's clock runs. */
export const isRunning = (status: StepStatus): boolean => status === 'ready' || status === 'running'

/** Whether a step's department is at work on it, or waits for the enterprise. */
export const isOpenStep = (status: StepStatus): boolean => isRunning(status) || status === 'waiting'

/** What the commands that are legal for a step depend on. */
export interface StepStanding {
  readonly status: StepStatus
  readonly clock?: { readonly unsigned?: number | undefined } | undefined
  /** What is handed over has been granted; it cannot be refused any more. */
  readonly isHandover: boolean
}

const comesByItself = (): boolean => false

/** What has to hold beside the status before a command has anything to do. */
const stepOccasions: Readonly<Partial<Record<StepCommand, (step: StepStanding) => boolean>>> = {
  acknowledge: ({ clock }) => clock?.unsigned !== undefined,
  refuse: ({ isHandover }) => !isHandover,
  unblock: comesByItself,
  reopen: comesByItself,
  drop: comesByItself,
}

/** The commands that can be given for a step now: those of the table, without one that would have nothing to do. */
export const legalStepCommands = (step: StepStanding): readonly StepCommand[] =>
  stepCommands.filter(command => stepTransitions[step.status][command] !== undefined && (stepOccasions[command]?.(step) ?? true))

/**
 * The status a command leads a step to.
 * @throws Problem `step-command-not-legal`, which names the commands that are legal now
 */
export const stepStatusAfter = (step: StepStanding, command: StepCommand): StepStatus => {
  const next = command === 'refuse' && step.isHandover ? undefined : stepTransitions[step.status][command]
  if (next !== undefined) return next
  const legal = legalStepCommands(step)
  throw new Problem('step-command-not-legal', { status: stepStatusWords[step.status], legal: listedLegal(legal.map(each => stepCommandWords[each])) }, { stepStatus: step.status, legal })
}

/** What the commands that are legal for a case depend on. */
export interface CaseStanding {
  readonly status: CaseStatus
  /** When the enterprise is to be asked whether it has the result, where it has not said so; and whether it has come to that. */
  readonly callBack?: { readonly isDue: boolean } | undefined
}

const caseOccasions: Readonly<Partial<Record<CaseCommand, (it: CaseStanding) => boolean>>> = {
  advance: comesByItself,
  'hand-over': comesByItself,
  refuse: comesByItself,
  'call-back': ({ callBack }) => callBack?.isDue === true,
}

/** The commands that can be given for a case now. */
export const legalCaseCommands = (it: CaseStanding): readonly CaseCommand[] =>
  caseCommands.filter(command => caseTransitions[it.status][command] !== undefined && (caseOccasions[command]?.(it) ?? true))

/**
 * The status a command leads a case to; `receipt` is what the enterprise says, where that decides it.
 * @throws Problem `case-command-not-legal`, which names the commands that are legal now
 */
export const caseStatusAfter = (it: CaseStanding, command: CaseCommand, receipt?: Receipt): CaseStatus => {
  const target = caseTransitions[it.status][command]
  const next = typeof target === 'object' ? receipt && target[receipt] : target
  if (next !== undefined) return next
  const legal = legalCaseCommands(it)
  throw new Problem('case-command-not-legal', { status: caseStatusWords[it.status], legal: listedLegal(legal.map(each => caseCommandWords[each])) }, { caseStatus: it.status, legal })
}
