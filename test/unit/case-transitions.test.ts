import { describe, expect, test } from 'vitest'
import {
  caseCommands, caseStatusAfter, caseStatuses, legalCaseCommands, legalStepCommands, stepCommands, stepStatusAfter, stepStatuses, type CaseCommand, type CaseStatus, type Receipt,
  type StepCommand, type StepStatus,
} from '../../shared/case/transition.ts'
import { refusal } from '../mothers/refusal.ts'

const byReceipt = { received: 'completed', 'not-received': 'handing-over' } as const

/** The life of a case, written out: what leads where, the rest is refused. */
const ofCase: Record<CaseStatus, Partial<Record<CaseCommand, CaseStatus | Record<Receipt, CaseStatus>>>> = {
  running: { advance: 'handing-over', refuse: 'refused', withdraw: 'withdrawn', reassign: 'running', inform: 'running' },
  'handing-over': { 'hand-over': 'handed-over', withdraw: 'withdrawn', reassign: 'handing-over', inform: 'handing-over' },
  'handed-over': { receipt: byReceipt, 'call-back': byReceipt, reassign: 'handed-over' },
  completed: {},
  refused: {},
  withdrawn: {},
}

/** And that of a step. */
const ofStep: Record<StepStatus, Partial<Record<StepCommand, StepStatus>>> = {
  blocked: { unblock: 'ready', drop: 'dropped' },
  ready: { start: 'running', refuse: 'refused', acknowledge: 'ready', drop: 'dropped' },
  running: { wait: 'waiting', finish: 'finished', refuse: 'refused', acknowledge: 'running', drop: 'dropped' },
  waiting: { resume: 'running', drop: 'dropped' },
  finished: { reopen: 'running' },
  refused: {},
  dropped: {},
}

describe('a case', () => {
  const all = caseStatuses.flatMap(status => caseCommands.flatMap(command => (['received', 'not-received'] as const).map(receipt => [status, command, receipt] as const)))

  test.each(all)('that is %s goes on by %s (%s) as written, or refuses it', (status, command, receipt) => {
    const target = ofCase[status][command]
    const wanted = typeof target === 'object' ? target[receipt] : target
    const act = () => caseStatusAfter({ status }, command, receipt)
    if (wanted === undefined) expect(refusal(act).code).toBe('case-command-not-legal')
    else expect(act()).toBe(wanted)
  })

  test('is completed by nothing but what the enterprise says', () => {
    const ways = all.filter(([status, command, receipt]) => {
      const target = ofCase[status][command]
      return (typeof target === 'object' ? target[receipt] : target) === 'completed'
    })
    expect(ways).toEqual([['handed-over', 'receipt', 'received'], ['handed-over', 'call-back', 'received']])
  })

  test('names what can be done by somebody, and once it is due', () => {
    expect(legalCaseCommands({ status: 'running' })).toEqual(['withdraw', 'reassign', 'inform'])
    expect(legalCaseCommands({ status: 'handed-over', callBack: { isDue: false } })).toEqual(['receipt', 'reassign'])
    expect(legalCaseCommands({ status: 'handed-over', callBack: { isDue: true } })).toEqual(['receipt', 'call-back', 'reassign'])
    expect(refusal(() => caseStatusAfter({ status: 'completed' }, 'withdraw')).members).toEqual({ caseStatus: 'completed', legal: [] })
  })
})

describe('a step', () => {
  test.each(stepStatuses.flatMap(status => stepCommands.map(command => [status, command] as const)))('that is %s goes on by %s as written, or refuses it', (status, command) => {
    const wanted = ofStep[status][command]
    const act = () => stepStatusAfter({ status, isHandover: false }, command)
    if (wanted === undefined) expect(refusal(act).code).toBe('step-command-not-legal')
    else expect(act()).toBe(wanted)
  })

  test.each(stepStatuses)('that hands over what is granted is not refused any more, when it is %s', status => {
    expect(refusal(() => stepStatusAfter({ status, isHandover: true }, 'refuse')).code).toBe('step-command-not-legal')
  })

  test('names what its department can do', () => {
    expect(legalStepCommands({ status: 'ready', isHandover: false })).toEqual(['start', 'refuse'])
    expect(legalStepCommands({ status: 'ready', isHandover: true })).toEqual(['start'])
    expect(legalStepCommands({ status: 'running', isHandover: false, clock: { unsigned: 1 } })).toEqual(['wait', 'finish', 'refuse', 'acknowledge'])
    expect(legalStepCommands({ status: 'blocked', isHandover: false })).toEqual([])
  })
})
