import { expect, test } from 'vitest'
import { checksOf, isGood } from './passwordRules'

const met = (password: string, email = 'ada@example.test') => checksOf(password, email).map(check => check.isMet)

test('a long sentence is good', () => {
  expect(isGood('correct horse battery', 'ada@example.test')).toBe(true)
})

test('length counts characters as people see them, not as they are stored', () => {
  expect(met('abcde🦊🦊🦊🦊🦊🦊')[0]).toBe(false)
  expect(met('abcde🦊🦊🦊🦊🦊🦊🦊')[0]).toBe(true)
  expect(met(`abcde${'x'.repeat(251)}`)[0]).toBe(true)
  expect(met(`abcde${'x'.repeat(252)}`)[0]).toBe(false)
})

test('a pattern on the keyboard is too easy', () => {
  expect(met('ababababababab')).toEqual([true, false, true])
})

test('the address is no password, whole, in part, or in other letters', () => {
  expect(met('ADA@example.test!')).toEqual([true, true, false])
  expect(met('Ada@Example.t')).toEqual([true, true, false])
  expect(met('ada@example.team')).toEqual([true, true, true])
})

test('while no address is typed there is none to be like', () => {
  expect(met('correct horse battery', '')).toEqual([true, true, true])
  expect(met('', '')).toEqual([false, false, false])
})
