import { expect, it } from 'vitest'
import type { Book } from '../../api/types'
import { isLost, killedBecause } from './killed'

const book = (reason: string | null): Book => ({
  market: 'BTC-USDT',
  state: 'desynced',
  reason,
  staleSince: null,
  lastUpdateId: 0,
  bids: [],
  asks: [],
  at: '2026-03-01T12:00:00Z',
  ageMilliseconds: 0,
})

it('knows only what a person stopped', () => {
  expect(killedBecause(book('killed: Looks wrong'))).toBe('Looks wrong')
  expect(killedBecause(book('gap: 100 is followed by 105'))).toBeNull()
  expect(killedBecause(book(null))).toBeNull()
})

it('takes prices for old when the venue is stopped or not heard, and not while its book is read anew', () => {
  expect(isLost(book('killed: Looks wrong'))).toBe(true)
  expect(isLost({ ...book(null), state: 'stale' })).toBe(true)
  expect(isLost(book('gap: 100 is followed by 105'))).toBe(false)
  expect(isLost({ ...book(null), state: 'synced' })).toBe(false)
  expect(isLost(undefined)).toBe(false)
})
