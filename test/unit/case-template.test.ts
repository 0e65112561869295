import { describe, expect, test } from 'vitest'
import { departmentsNamed, enteredTemplateSchema, templateSchema } from '../../shared/case/template.ts'
import { aTemplate } from '../mothers/case.ts'
import { faultsIn } from '../mothers/refusal.ts'

const entered = (but: object = {}) => {
  const { templateId: _path, ...template } = { ...aTemplate(), ...but }
  return template
}
const step = (but: object = {}) => ({ stepId: 'one', title: '受理', departmentId: 'D-01', after: [], statutoryWorkingDays: 5, promisedWorkingDays: 3, mode: 'guide', ...but })

describe('a template as it is entered', () => {
  test.each<[string, object, string[]]>([
    ['is taken', {}, []],
    ['promises no more than the law allows', { steps: [step({ promisedWorkingDays: 6 })] }, ['steps.0.promisedWorkingDays too-large']],
    ['promises all that the law allows', { steps: [step({ promisedWorkingDays: 5 })] }, []],
    ['names a step once', { steps: [step(), step()] }, ['steps.1.stepId duplicate-value']],
    ['has a step follow those before it alone', { steps: [step({ after: ['two'] }), step({ stepId: 'two' })] }, ['steps.0.after.0 not-listed-before']],
    ['has no step follow itself', { steps: [step({ after: ['one'] })] }, ['steps.0.after.0 not-listed-before']],
    ['has a step follow another once', { steps: [step(), step({ stepId: 'two', after: ['one', 'one'] })] }, ['steps.1.after.1 duplicate-value']],
    ['leaves the handing over to the system', { steps: [step({ stepId: 'handover' })] }, ['steps.0.stepId reserved']],
    ['has a step', { steps: [] }, ['steps too-short']],
    ['has twenty at most', { steps: Array.from({ length: 21 }, (_, at) => step({ stepId: `s${at}` })) }, ['steps too-many']],
    ['is of an approval', { subcategory: 'roads' }, ['subcategory not-allowed']],
  ])('%s', (_, but, faults) => {
    expect(faultsIn(enteredTemplateSchema, entered(but))).toEqual(faults)
  })

  test('is kept as it was entered', () => {
    expect(templateSchema.safeParse(aTemplate()).success).toBe(true)
  })

  test('names each of its departments where it does first', () => {
    expect([...departmentsNamed(aTemplate({ handover: { departmentId: 'D-03', workingDays: 1 } }))].sort()).toEqual([['D-01', 'steps.0.departmentId'], ['D-02', 'steps.1.departmentId'], ['D-03', 'handover.departmentId']])
  })
})
