import { expect, test } from 'vitest'
import { capabilities, countriesOf, groups, paceOf, percentOf } from './words'

test.each([
  ['0.001', '0.1 %'],
  ['0.0025', '0.25 %'],
  ['0', '0 %'],
  ['-0.0001', '-0.01 %'],
  ['0.012', '1.2 %'],
])('a fee of %s is %s', (fraction, text) => {
  expect(percentOf(fraction)).toBe(text)
})

test.each([
  [50, '20 requests a second'],
  [1000, '1 request a second'],
  [1250, '1 request in 1.25 s'],
])('%i ms between two requests is %s', (pause, text) => {
  expect(paceOf(pause)).toBe(text)
})

test('countries are named, and none are said to be not known', () => {
  expect(countriesOf(['US', 'VG'])).toBe('United States, British Virgin Islands')
  expect(countriesOf([])).toBe('Not known')
})

test('all thirty capabilities and their four groups have words', () => {
  expect(Object.keys(capabilities)).toHaveLength(30)
  expect(groups).toHaveLength(4)
})
