import { describe, expect, it } from 'vitest'
import { decimal, toText } from '../../decimal/decimal'
import { rowsOf, spreadOf, takeBase } from './bookRows'

const asks = [
  ['100.1', '0.1'],
  ['100.2', '0.2'],
  ['100.4', '1'],
]

describe('order book', () => {
  it('sums the levels from the best one', () => {
    const rows = rowsOf(asks, 2)
    expect(rows.map(row => toText(row.total))).toEqual(['0.1', '0.3'])
    expect(rows.map(row => row.depth.toFixed(3))).toEqual(['0.333', '1.000'])
  })

  it('knows spread and middle, and that one side alone has none', () => {
    const book = { market: 'A-B', state: 'synced' as const, lastUpdateId: 1, bids: [['100', '1']], asks, at: '', ageMilliseconds: 0, reason: null, staleSince: null }
    const spread = spreadOf(book)
    expect(spread && [toText(spread.absolute), toText(spread.mid)]).toEqual(['0.1', '100.05'])
    expect(spreadOf({ ...book, bids: [] })).toBeNull()
  })

  it('walks the levels exactly', () => {
    const walk = takeBase(asks, decimal('0.25'))
    expect(toText(walk.quote)).toBe('25.04')
    expect(walk.isShort).toBe(false)
  })

  it('says when the levels do not hold enough', () => {
    const walk = takeBase(asks, decimal('2'))
    expect([toText(walk.base), walk.isShort]).toEqual(['1.3', true])
  })
})
