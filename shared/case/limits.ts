import { workingDaysBetween } from '../calendar/working-day.ts'
import { localDateOf, type Instant } from '../calendar/zone.ts'
import { deadlineOf, setAnew, setClock, spokenOfAgain, unpublishedYears, type Reckoning } from '../issue/deadline.ts'
import type { Clock, ClockRules } from '../issue/issue.ts'
import type { Case, Step } from './case.ts'
import { isOpenStep, isRunning, isUnderWay } from './transition.ts'

/** The limits of steps: the same clocks, working days and ladder as those of issues, a clock for each step. */

/** What the deadline of a step is reckoned by. */
const termsOf = (rules: ClockRules, { waits }: Pick<Step, 'waits'>) => ({ rules, pauses: waits })

/** A step that can begin: its clock runs from now on, whenever its department starts, so that nobody gains time by beginning late. */
export const readied = (step: Step, rules: ClockRules, now: Instant, reckoning: Reckoning, firstLevel?: Clock['firstLevel']): Step => {
  const set = { from: now, days: step.promisedWorkingDays, ...(firstLevel === undefined ? {} : { firstLevel }) }
  return { ...step, clock: setClock('step', set, termsOf(rules, step), now, reckoning), deadlineVersion: step.deadlineVersion + 1 }
}

/** The wait for the enterprise that a step is in, if it is in one. */
export const waitUnderWay = ({ waits }: Pick<Step, 'waits'>): Step['waits'][number] | undefined => waits.find(({ until }) => until === undefined)

/** The waits as they are once the step waits no longer. */
export const waitsOver = ({ waits }: Pick<Step, 'waits'>, now: Instant): Step['waits'] => waits.map(wait => ({ ...wait, until: wait.until ?? now }))

/** A step whose clock goes on, with exactly the working time that was left. */
export const goingOn = (step: Step & { readonly clock: Clock }, rules: ClockRules, now: Instant, reckoning: Reckoning): Step & { readonly clock: Clock } => {
  const waits = waitsOver(step, now)
  const clock = setAnew('step', step.clock, termsOf(rules, { waits }), now, reckoning)
  return { ...step, waits, clock: spokenOfAgain(clock, now, rules, reckoning), deadlineVersion: step.deadlineVersion + 1 }
}

/** A step's clock reckoned by a calendar that has changed since. */
export const clockAnew = (step: Step & { readonly clock: Clock }, rules: ClockRules, now: Instant, reckoning: Reckoning): Clock =>
  setAnew('step', step.clock, termsOf(rules, step), now, reckoning)

/**
 * How many working days a step has taken until then: the fewest within which it would have been on time, what it waited for
 * the enterprise left out. While it waits, it takes none.
 */
export const workingDaysTaken = (step: Pick<Step, 'waits'> & { readonly clock: Pick<Clock, 'from'> }, rules: ClockRules, until: Instant, reckoning: Reckoning): number => {
  const { from } = step.clock
  const moment = waitUnderWay(step)?.from ?? until
  const isOnTimeWithin = (days: number): boolean => deadlineOf({ from, days, doneAt: moment }, termsOf(rules, step), reckoning).by >= moment
  // Without its waits it would have taken longer, and a day more where it was done after the office had closed.
  const dates = [from, moment].map(instant => localDateOf(instant, reckoning.timeZone)) as [string, string]
  let [fewest, enough] = [0, workingDaysBetween(reckoning.calendar, ...dates).days + 1]
  while (fewest < enough) {
    const middle = Math.floor((fewest + enough) / 2)
    if (isOnTimeWithin(middle)) enough = middle
    else fewest = middle + 1
  }
  return fewest
}

/** The same of a step as it stands: what it has taken in all, settled once it is finished; nothing before it can begin. */
export const takenInAll = (step: Step, rules: ClockRules, now: Instant, reckoning: Reckoning): number | undefined => {
  const { actualWorkingDays, clock, takenBefore = 0, status } = step
  if (actualWorkingDays !== undefined) return actualWorkingDays
  return clock !== undefined && isOpenStep(status) ? takenBefore + workingDaysTaken({ ...step, clock }, rules, now, reckoning) : undefined
}

/** When the sweep has to look at a step again. */
const stepActionAt = (step: Step): Instant | undefined => (step.status === 'waiting' ? waitUnderWay(step)?.endsBy : isRunning(step.status) ? step.clock?.next?.at : undefined)

/** When the sweep has to look at the case again; nothing while no clock has a step to come. */
export const nextActionAt = ({ steps, callBack }: Pick<Case, 'steps' | 'callBack'>): Instant | undefined => {
  const instants = steps.flatMap(step => stepActionAt(step) ?? [])
  if (callBack?.isDue === false) instants.push(callBack.at)
  return instants.length === 0 ? undefined : Math.min(...instants)
}

/** What is due first of those steps that the sweep has to look at by now. */
export const dueStep = ({ steps }: Pick<Case, 'steps'>, now: Instant): Step | undefined =>
  steps
    .flatMap(step => {
      const at = stepActionAt(step)
      return at === undefined || at > now ? [] : [{ step, at }]
    })
    .sort((one, other) => one.at - other.at)[0]?.step

/** Whether a step that is still to be finished has passed its deadline; while it waits, whether it had by then. */
export const isStepOverdue = (step: Step, now: Instant): boolean =>
  step.clock !== undefined && isOpenStep(step.status) && step.clock.by < (waitUnderWay(step)?.from ?? now)

export const isOverdue = ({ status, steps }: Pick<Case, 'status' | 'steps'>, now: Instant): boolean => isUnderWay(status) && steps.some(step => isStepOverdue(step, now))

/** Whether the deadline of a step that still counts rests on a notice that has not been published. */
export const isStepProvisional = ({ status, clock }: Step): boolean => isOpenStep(status) && clock?.provisional === true

export const isProvisional = ({ steps, callBack }: Pick<Case, 'steps' | 'callBack'>): boolean => steps.some(isStepProvisional) || callBack?.provisional === true

/** The years without a published notice that what is still owed rests on: deadlines, and the ends of waits. */
export const awaitedYearsOf = ({ steps }: Pick<Case, 'steps'>, reckoning: Reckoning): number[] => {
  const years = steps.flatMap(step => {
    const wait = waitUnderWay(step)
    const ofWait = wait === undefined ? [] : unpublishedYears(wait.from, wait.endsBy, reckoning)
    return step.clock !== undefined && isOpenStep(step.status) ? [...ofWait, ...unpublishedYears(step.clock.from, step.clock.by, reckoning)] : ofWait
  })
  return [...new Set(years)].sort((one, other) => one - other)
}

/** The highest level of all steps. */
export const levelOf = ({ steps }: Pick<Case, 'steps'>): Step['level'] => Math.max(...steps.map(({ level }) => level)) as Step['level']
