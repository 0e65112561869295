import { describe, expect, test } from 'vitest'
import { detailsOf } from '../../functions/http/problem-details.ts'
import { readImportFile } from '../../functions/roster/import-file.ts'
import { refusal } from '../mothers/refusal.ts'

const read = (text: string) => readImportFile('departments', new TextEncoder().encode(text))
const mustBe = 'The first row must be, in any order: departmentId, name.'

describe('the first row of an import', () => {
  test.each<[string, string, string, string]>([
    ['nothing', '', '文件为空。', 'The file is empty.'],
    ['nothing but blanks', ' , \r\n', '文件为空。', 'The file is empty.'],
    ['a column too few', 'departmentId', '缺少列：name。', 'Columns missing: name.'],
    ['another row', 'D-01,城管局', '缺少列：departmentId、name。多余的列：D-01、城管局。', 'Columns missing: departmentId, name. Columns not known: D-01, 城管局.'],
    ['a column misspelt', 'departmentId,nmae', '缺少列：name。多余的列：nmae。', 'Columns missing: name. Columns not known: nmae.'],
    ['a column in other letters', 'DepartmentId,name', '缺少列：departmentId。多余的列：DepartmentId。', 'Columns missing: departmentId. Columns not known: DepartmentId.'],
    ['columns too many', 'departmentId,phone,name,fax', '多余的列：phone、fax。', 'Columns not known: phone, fax.'],
    ['columns without a name', 'departmentId,name,, ', '多余的列：第 3 列（无列名）、第 4 列（无列名）。', 'Columns not known: column 3 (without a name), column 4 (without a name).'],
    ['a column twice', 'departmentId,name,name', '重复的列：name。', 'Columns named twice: name.'],
    ['columns three times', 'name,departmentId,name,departmentId,name,departmentId', '重复的列：departmentId、name。', 'Columns named twice: departmentId, name.'],
    ['all of it', 'name,name,phone', '缺少列：departmentId。多余的列：phone。重复的列：name。', 'Columns missing: departmentId. Columns not known: phone. Columns named twice: name.'],
  ])('of %s is told what is wrong with each column, and what it must be', (_, heading, zh, en) => {
    const problem = refusal(() => read(`${heading}\r\n`))
    expect(problem.code).toBe('import-not-readable')
    expect(detailsOf(problem, 'zh').detail).toBe(`${zh}首行应为（次序不限）：departmentId, name。`)
    expect(detailsOf(problem, 'en').detail).toBe(`${en} ${mustBe}`)
  })

  test.each(['departmentId,name', 'name,departmentId', ' departmentId , name ', '\ufeffdepartmentId,name'])('may be %j', heading => {
    expect(read(heading)).toEqual([])
  })
})
