import { listedLegal, Problem, type Wording } from '../contract/problem.ts'

/** Where an assessment stands: a draft that supervisors alone see; open for appeals; final, and frozen. */
export const assessmentStatuses = ['draft', 'open', 'final'] as const
export type AssessmentStatus = (typeof assessmentStatuses)[number]

export const assessmentCommands = ['draw-up', 'open', 'appeal', 'decide', 'finalize', 'recount'] as const
export type AssessmentCommand = (typeof assessmentCommands)[number]

/** The life of an assessment. Whatever is not in this table is refused. */
export const assessmentTransitions: Readonly<Record<AssessmentStatus, Readonly<Partial<Record<AssessmentCommand, AssessmentStatus>>>>> = {
  draft: { 'draw-up': 'draft', open: 'open' },
  open: { appeal: 'open', decide: 'open', finalize: 'final' },
  final: { recount: 'final' },
}

export const assessmentStatusWords: Readonly<Record<AssessmentStatus, Wording>> = {
  draft: { zh: '初核', en: 'a draft' },
  open: { zh: '申诉期', en: 'open for appeals' },
  final: { zh: '定稿', en: 'final' },
}

export const assessmentCommandWords: Readonly<Record<AssessmentCommand, Wording>> = {
  'draw-up': { zh: '重新核算', en: 'draw up anew' },
  open: { zh: '开放申诉（opening）', en: 'opening' },
  appeal: { zh: '申诉（appeal）', en: 'appeal' },
  decide: { zh: '复核申诉（decision）', en: 'decision' },
  finalize: { zh: '定稿（finalization）', en: 'finalization' },
  recount: { zh: '复算（recount）', en: 'recount' },
}

export const legalAssessmentCommands = (status: AssessmentStatus): readonly AssessmentCommand[] => assessmentCommands.filter(command => assessmentTransitions[status][command] !== undefined)

/**
 * The status a command leads to.
 * @throws Problem `assessment-command-not-legal`, which names the commands that are legal now
 */
export const assessmentStatusAfter = (status: AssessmentStatus, command: AssessmentCommand): AssessmentStatus => {
  const next = assessmentTransitions[status][command]
  if (next !== undefined) return next
  const legal = legalAssessmentCommands(status)
  throw new Problem('assessment-command-not-legal', { status: assessmentStatusWords[status], legal: listedLegal(legal.map(each => assessmentCommandWords[each])) }, { assessmentStatus: status, legal })
}
