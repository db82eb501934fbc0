import { describe, expect, it } from 'vitest'
import type { Book } from '../api/types'
import { decimal, toText } from '../decimal/decimal'
import { check, type Draft, emptyDraft } from './draft'
import { amountFor, estimate } from './estimate'

const market = {
  market: 'BTC-USDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  tickSize: '0.01',
  lotSize: '0.00001',
  minQuantity: '0.00001',
  maxQuantity: '9000',
  minNotional: '5',
  venue: 'paper',
}
const book = {
  bids: [['99', '1']],
  asks: [
    ['100', '0.5'],
    ['101', '1'],
  ],
} as unknown as Book
const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft, ...change })

describe('the ticket', () => {
  it('sends what was typed, to the digit', () => {
    expect(check(draft({ amount: ' 0.10000 ', limitPrice: '64000.10' }), market).order).toEqual({
      market: 'BTC-USDT',
      side: 'buy',
      type: 'limit',
      quantity: '0.10000',
      limitPrice: '64000.10',
      timeInForce: 'GTC',
    })
  })

  it('names no price and no time in force on a market order', () => {
    expect(check(draft({ type: 'market', amountIn: 'quote', amount: '100' }), market).order).toEqual({
      market: 'BTC-USDT',
      side: 'buy',
      type: 'market',
      quoteQuantity: '100',
    })
  })

  it.each([
    ['no quantity', { limitPrice: '1' }, 'quantity', 'Type a quantity, such as 0.01.'],
    ['a negative one', { amount: '-1', limitPrice: '1' }, 'quantity', 'The quantity must be above zero.'],
    ['one off the lot', { amount: '0.000001', limitPrice: '1' }, 'quantity', 'In steps of 0.00001 BTC.'],
    ['too much', { amount: '9001', limitPrice: '1' }, 'quantity', 'At most 9,000 BTC.'],
    ['a price off the tick', { amount: '1', limitPrice: '1.001' }, 'limitPrice', 'In steps of 0.01 USDT.'],
    ['no price', { amount: '1' }, 'limitPrice', 'Type a price.'],
    ['next to nothing', { amount: '0.01', limitPrice: '1' }, 'quantity', 'An order is worth at least 5 USDT.'],
    [
      'a tiny spend',
      { type: 'market', amountIn: 'quote', amount: '4.99' },
      'quoteQuantity',
      'An order is worth at least 5 USDT.',
    ],
  ] as const)('refuses %s', (_, change, field, message) => {
    expect(check(draft(change), market).errors).toMatchObject({ [field]: message })
  })
})

describe('an estimate', () => {
  it('walks the book for a market order', () => {
    const { quote, caution } = estimate(draft({ type: 'market', amount: '1' }), market, book)
    expect([quote && toText(quote), caution]).toEqual(['100.5', null])
  })

  it('says what an amount buys', () => {
    const { base } = estimate(draft({ type: 'market', amountIn: 'quote', amount: '100.5' }), market, book)
    expect(base && toText(base)).toBe('1')
  })

  it('warns when the book is too thin', () => {
    expect(estimate(draft({ type: 'market', amount: '2' }), market, book).caution).toMatch(/not deep enough/)
  })

  it('never takes more than there is, and keeps to the lot', () => {
    const buy = draft({ limitPrice: '30000' })
    expect(amountFor(100, decimal('1000'), buy, market, book)).toBe('0.03333')
    expect(amountFor(25, decimal('0.33333'), draft({ side: 'sell' }), market, book)).toBe('0.08333')
  })
})
