import { expect, test } from 'vitest'
import { elsewhere, finalityOf, shortened } from './words'

test.each([
  [0, 'At once'],
  [1, '1 block'],
  [72, '72 blocks'],
  [4096, '4,096 blocks'],
  [null, 'Not known'],
])('finality of %s is %s', (blocks, text) => {
  expect(finalityOf(blocks)).toBe(text)
})

test('another chain is looked at by the same tab', () => {
  expect(elsewhere('/chains/ethereum/bridges', 'base')).toBe('/chains/base/bridges')
  expect(elsewhere('/chains/ethereum', 'base')).toBe('/chains/base/assets')
})

test('a long address keeps its ends', () => {
  expect(shortened('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48')).toBe('0xa0b86991…3606eb48')
  expect(shortened('native')).toBe('native')
})
