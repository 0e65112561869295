import type { Case, Step } from '../../shared/case/case.ts'
import { isHandover } from '../../shared/case/decision.ts'
import { waitUnderWay } from '../../shared/case/limits.ts'
import { handoverTitle } from '../../shared/case/template.ts'
import { isOpenStep, stepStatusWords } from '../../shared/case/transition.ts'
import { fitting } from '../../shared/page/markup.ts'
import type { PagePen } from '../html/layout.ts'

/** Of steps that wait side by side, so much is named in a sentence. */
const titlesBytes = 180

/** A step's title; the last step's is the system's own, in the reader's language. */
export const titleOf = (step: Pick<Step, 'stepId' | 'title'>, { term }: PagePen): string => (isHandover(step) ? term(handoverTitle) : step.title)

/** Where a case stands, in a sentence. */
export const caseStateOf = (it: Case, pen: PagePen): string => {
  const { say } = pen
  switch (it.status) {
    case 'running':
    case 'handing-over':
      return currentOf(it, pen)
    case 'handed-over':
      return say('办理结果已送达，请您确认是否收到', 'The result has been handed over; please say whether you have it')
    case 'completed':
      return it.completedBy === 'call-back' ? say('贵单位在电话回访中确认已收到，已办结', 'You said on the telephone that you have the result: completed') : say('贵单位已确认收到，已办结', 'You have confirmed that you have the result: completed')
    case 'refused':
      return say('不予办理，理由见办理过程', 'Refused; the reason stands below')
    case 'withdrawn':
      return say('已撤销', 'Given up')
  }
}

const currentOf = (it: Case, pen: PagePen): string => {
  const { say, list } = pen
  const waiting = it.steps.filter(({ status }) => status === 'waiting')
  if (waiting.length > 0) {
    const titles = fitting(list(waiting.map(step => titleOf(step, pen))), titlesBytes)
    return say(`“${titles}”等待贵单位补充材料或配合`, `"${titles}" waits for you`)
  }
  const finished = it.steps.filter(({ status }) => status === 'finished').length
  return say(`正在办理，共${it.steps.length}个环节，已办妥${finished}个`, `Being worked on: ${finished} of ${it.steps.length} steps are finished`)
}

/** How a step stands, and when it is due. */
export const stepStateOf = (step: Step, pen: PagePen): string => {
  const { say, at, term, now } = pen
  const words = term(stepStatusWords[step.status])
  const wait = waitUnderWay(step)
  if (wait !== undefined) return wait.endsBy > now ? say(`${words}，停止计时，至迟${at(wait.endsBy)}恢复`, `${words}; its clock stands still until ${at(wait.endsBy)} at the latest`) : say(`${words}，即将恢复计时`, `${words}; its clock is about to go on`)
  if (step.status === 'finished' && step.clock?.doneAt !== undefined) return say(`${words}，${at(step.clock.doneAt)}`, `${words}, ${at(step.clock.doneAt)}`)
  if (step.clock === undefined || !isOpenStep(step.status)) return words
  return step.clock.by > now
    ? say(`${words}，将于${at(step.clock.by)}前办妥`, `${words}; to be finished by ${at(step.clock.by)}`)
    : say(`${words}，原定${at(step.clock.by)}前办妥，现已逾期，正在督促办理`, `${words}; it was to be finished by ${at(step.clock.by)}, is overdue, and the department is being urged`)
}
