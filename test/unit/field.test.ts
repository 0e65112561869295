import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { code, creditCode, email, enterpriseId, line, localDate, month, officerCode, paging, projectCode, prose, writtenNumber } from '../../shared/contract/field.ts'
import { detailsOfFaults, faultsOf } from '../../functions/http/problem-details.ts'
import { FieldFaults } from '../../shared/contract/problem.ts'
import { checkCharacter, hasValidCheckCharacter } from '../../shared/roster/credit-code.ts'
import { faultsIn } from '../mothers/refusal.ts'

describe('credit codes', () => {
  test.each(['914403001922038216', '9144030071526726XG', '91330100799655058B', '91110000802100433B', '91610133MA6TX0001X'])('%s is one', value => {
    expect(checkCharacter(value.slice(0, 17))).toBe(value.charAt(17))
    expect(faultsIn(creditCode, value)).toEqual([])
    expect(faultsIn(enterpriseId, value)).toEqual([])
  })

  test.each([
    ['914403001922038217', 'bad-check-character'],
    ['91440300192203821X', 'bad-check-character'],
    ['91440300192203821', 'bad-format'],
    ['9144030019220382166', 'bad-format'],
    ['91440300192203821O', 'bad-format'],
    ['9144030071526726xg', 'bad-format'],
    ['９１４４０３００１９２２０３８２１６', 'bad-format'],
    ['914403001922038216\n', 'bad-format'],
    [' 914403001922038216', 'bad-format'],
    ['', 'bad-format'],
  ])('%j is not: %s', (value, fault) => {
    expect(faultsIn(creditCode, value)).toEqual([fault])
    expect(faultsIn(enterpriseId, value)).toEqual([fault])
    expect(faultsIn(z.strictObject({ enterpriseId }), { enterpriseId: value })).toEqual([`enterpriseId ${fault}`])
  })

  test('the letters that look like digits are not in it', () => {
    for (const letter of 'IOSVZ') expect(faultsIn(creditCode, `9161013${letter}MA6TX00018`)).toEqual(['bad-format'])
    expect(hasValidCheckCharacter('914403001922038216')).toBe(true)
  })
})

test.each([
  ['2016-610113-47-03-012345', []],
  ['2016-610113-47-03-01234', ['bad-format']],
  ['2016-610113-47-03-012345 ', ['bad-format']],
  ['16-610113-47-03-012345', ['bad-format']],
])('project code %j: %j', (value, faults) => {
  expect(faultsIn(projectCode, value)).toEqual(faults)
  expect(faultsIn(enterpriseId, value)).toEqual(faults)
})

describe('texts', () => {
  const name = line(5)
  const text = prose(5)

  test.each(['水', '一二三四五', 'a b c', '👍👍👍👍👍', '𠮷𠮷𠮷𠮷𠮷', 'é', '𰻝面', '（）“”'])('%j has at most five characters', value => {
    expect(faultsIn(name, value)).toEqual([])
    expect(faultsIn(text, value)).toEqual([])
  })

  test.each(['一二三四五六', '👍👍👍👍👍👍', '𠮷𠮷𠮷𠮷𠮷𠮷', '      x'])('%j has more', value => {
    expect(faultsIn(name, value)).toEqual(['too-long'])
  })

  test.each([
    ['an emoji with its selector', '❤\ufe0f☎\ufe0e'], ['a keycap', '1\ufe0f\u20e3'], ['a family of ZWJ', '👁️‍🗨️'], ['a flag', '🏳️‍🌈'],
    ['the form of an ideograph in a name', '葛\u{e0101}城'], ['a form of old', '龜\ufe00'], ['Mongolian', 'ᠨᠠ᠋ᠢ'], ['a Mongolian vowel apart', 'ᠨ᠎ᠠ'],
    ['a letter and its mark', 'e\u0301'], ['a mark on nothing, beside a letter', ' \u0301e'], ['where a line may break', '规\u200b划\u00ad局'], ['a character of private use', '\ue863'],
  ])('%s is taken', (_, value) => {
    expect(faultsIn(prose(20), value)).toEqual([])
    expect(faultsIn(line(20), value)).toEqual([])
  })

  test.each([
    '', ' ', '\u3000\u3000', '\n\t', '\u200b', '\u200b \u200d', '\ufeff', '\u034f', '\ufe0f', '\ufe00\ufe01', '\u180b', '\u180e', '\u{e0100}', '\u115f\u1160',
    '\u3164', '\uffa0', '\u2800\u2800', '\u0301', '\u0301\u0302\u20e3', '\u3099', '\u{e0041}', '\u2060\u2062',
  ])('%j shows nothing', value => {
    expect(faultsIn(name, value)).toEqual(['required'])
    expect(faultsIn(text, value)).toEqual(['required'])
  })

  test.each([
    ['a NUL', 'a\u0000b'], ['an escape', 'a\u001b[m'], ['a DEL', 'a\u007f'], ['a C1 control', 'a\u0085b'],
    ['a right-to-left override', 'a\u202eb'], ['an isolate', 'a\u2066b'], ['a byte order mark', '\ufeffab'],
    ['half a surrogate pair', 'a\ud842'], ['the other half', 'a\udfb7b'], ['the halves the wrong way round', '\udfb7\ud842'],
    ['a carriage return alone', 'a\rb'], ['a form feed', 'a\fb'],
    ['a grapheme joiner', '张\u034f三'], ['a selector after a letter', 'a\ufe0fb'], ['an emoji’s selector after an ideograph', '张\ufe0f三'], ['a selector to begin with', '\ufe0f张三'],
    ['two selectors', '葛\u{e0100}\u{e0101}'], ['an ideograph’s selector after a letter', 'a\u{e0100}b'], ['one after an emoji', '👍\u{e01ef}'],
    ['a Mongolian selector after an ideograph', '张\u180b三'], ['a Mongolian separator', '张\u180e三'], ['a tag', '张\u{e0041}三'], ['a mathematical nothing', '2\u2062x'],
    ['a filler', '张\u3164三'], ['a filler of half width', '张\uffa0三'], ['a filler of old Hangul', '\u115f\u1161\u1160'], ['blank Braille', '张\u2800三'],
    ['no character', 'a\uffff'], ['an annotation', 'a\ufff9b'], ['half a pair before a tab', '\ud842\t\udfb7'],
  ])('%s is refused in any text', (_, value) => {
    expect(faultsIn(name, value)).toEqual(['control-character'])
    expect(faultsIn(text, value)).toEqual(['control-character'])
  })

  test('an invisible character is named, so that somebody can find it', () => {
    const { error } = z.safeParse(z.strictObject({ name }), { name: '张\u{e0001}三' }, { reportInput: true })
    const { detail } = detailsOfFaults(new FieldFaults(error === undefined ? [] : faultsOf(error)), 'en')
    expect(detail).toBe('name contains a control or invisible character (U+E0001); remove it')
  })

  test.each([['\n'], ['\r\n'], ['\t'], ['\u2028'], ['\u2029']])('%j is refused in a line and taken in prose', separator => {
    expect(faultsIn(name, `a${separator}b`)).toEqual(['control-character'])
    expect(faultsIn(text, `a${separator}b`)).toEqual([])
  })

  test('what is taken is kept as it was written', () => {
    for (const value of ['一\n二', ' 前后 ', '👨‍👩‍👧']) expect(text.parse(value)).toBe(value)
  })

  test.each([[undefined, 'required'], [7, 'wrong-type'], [null, 'wrong-type'], [['a'], 'wrong-type'], [{}, 'wrong-type']])('%j is no text: %s', (value, fault) => {
    expect(faultsIn(z.strictObject({ name }), { name: value })).toEqual([`name ${fault}`])
  })
})

describe('dates and months', () => {
  test.each([
    ['2026-03-02', []],
    ['2024-02-29', []],
    ['2026-02-30', ['impossible-date']],
    ['2025-02-29', ['impossible-date']],
    ['2026-13-01', ['impossible-date']],
    ['2026-04-31', ['impossible-date']],
    ['0000-00-00', ['impossible-date']],
    ['1900-01-01', []],
    ['2199-12-31', []],
    ['1899-12-31', ['too-small']],
    ['0000-01-01', ['too-small']],
    ['9999-12-31', ['too-large']],
    ['2026-3-2', ['bad-format']],
    ['2026-03-02T00:00:00Z', ['bad-format']],
    ['2026-03-02\n', ['bad-format']],
    ['２０２６-03-02', ['bad-format']],
    ['20260302', ['bad-format']],
    [20_260_302, ['wrong-type']],
  ])('%j: %j', (value, faults) => {
    expect(faultsIn(localDate, value)).toEqual(faults)
  })

  test.each([
    ['2026-03', []], ['2026-12', []], ['2026-13', ['impossible-date']], ['2026-00', ['impossible-date']],
    ['0000-01', ['too-small']], ['9999-12', ['too-large']], ['2199-12', []],
    ['2026-3', ['bad-format']], ['2026-03-01', ['bad-format']], ['March', ['bad-format']],
  ])('month %j: %j', (value, faults) => {
    expect(faultsIn(month, value)).toEqual(faults)
  })
})

test.each([
  ['li.ming@example.org', 'li.ming@example.org'],
  ['Li.Ming@Example.ORG', 'li.ming@example.org'],
])('e-mail address %s reads %s', (value, read) => {
  expect(email.parse(value)).toBe(read)
})

test.each(['li.ming', 'li ming@example.org', 'li@example', '李明@example.org', ' li@example.org', 'li@example.org\n', 'a@b.c, d@e.f', 'Li <li@example.org>'])(
  '%j is no e-mail address',
  value => {
    expect(faultsIn(email, value)).toEqual(['bad-format'])
  },
)

test('an e-mail address has at most 254 characters', () => {
  expect(faultsIn(email, `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.org`)).toEqual(['too-long'])
})

test.each([
  ['D-01', []], ['1001', []], ['a_b', []], ['x'.repeat(32), []],
  ['x'.repeat(33), ['bad-format']], ['', ['bad-format']], ['-1', ['bad-format']], ['a#b', ['bad-format']], ['a.b', ['bad-format']], ['局', ['bad-format']], ['D-01\n', ['bad-format']],
])('code %j: %j', (value, faults) => {
  expect(faultsIn(code, value)).toEqual(faults)
  expect(faultsIn(officerCode, value)).toEqual(faults)
})

test.each([
  [{}, { limit: 50 }],
  [{ limit: '1' }, { limit: 1 }],
  [{ limit: '200', cursor: 'abc' }, { limit: 200, cursor: 'abc' }],
])('paging %j reads %j', (given, read) => {
  expect(z.strictObject(paging).parse(given)).toEqual(read)
})

test.each([
  [{ limit: '0' }, ['limit too-small']], [{ limit: '201' }, ['limit too-large']], [{ limit: '1.5' }, ['limit wrong-type']],
  [{ limit: 'many' }, ['limit wrong-type']], [{ limit: '' }, ['limit wrong-type']], [{ page: '2' }, ['page unknown-field']], [{ cursor: 'x'.repeat(2001) }, ['cursor too-long']],
])('paging %j is answered with %j', (given, faults) => {
  expect(faultsIn(z.strictObject(paging), given)).toEqual(faults)
})

test.each([
  ['1900', 1900], ['02026', 2026],
  ['0x7EA', 'wrong-type'], ['0b11111101010', 'wrong-type'], ['2e3', 'wrong-type'], [' 2026', 'wrong-type'], ['2026 ', 'wrong-type'], ['2026\n', 'wrong-type'], ['+2026', 'wrong-type'],
  ['2026.0', 'wrong-type'], ['２０２６', 'wrong-type'], ['Infinity', 'wrong-type'], ['', 'wrong-type'], [null, 'wrong-type'], [undefined, 'required'], ['-1', 'too-small'], ['-2026', 'too-small'], ['2201', 'too-large'],
])('the year written %j: %j', (text, expected) => {
  const year = writtenNumber(1900, 2200)
  const faults = faultsIn(z.strictObject({ year }), { year: text })
  expect(faults.length === 0 ? year.parse(text) : faults).toEqual(typeof expected === 'number' ? expected : [`year ${expected}`])
})

test.each(Object.entries({ code, officerCode, localDate, month, creditCode, projectCode, enterpriseId }))('the example shown of %s is one', (_, schema) => {
  const { example } = z.globalRegistry.get(schema) ?? {}
  expect(example).toEqual(expect.any(String))
  expect(faultsIn(schema, example)).toEqual([])
})
