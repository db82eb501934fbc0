import { describe, expect, it } from 'vitest'
import type { Order, OrderEvent } from '../api/types'
import { eventSentence, orderSentence } from './sentences'
import { upsertOrders } from './topics'

const order = (change: Partial<Order> = {}): Order => ({
  orderId: 'o-1',
  market: 'BTC-USDT',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  quantity: '0.10000',
  quoteQuantity: null,
  limitPrice: '64000.00',
  status: 'working',
  ordStatus: '0',
  isOpen: true,
  filledQuantity: '0',
  leavesQuantity: '0.1',
  averagePrice: null,
  filledQuote: '0',
  fees: [],
  clientOrderId: 'x-1',
  venueOrderId: null,
  reason: null,
  createdAt: '2026-01-01T00:00:00Z',
  closedAt: null,
  sequence: 1,
  ...change,
})
const event = (type: string, data: OrderEvent['data'] = {}): OrderEvent => ({
  sequence: 1,
  version: 1,
  type,
  at: '2026-01-01T00:00:00Z',
  actor: null,
  rayId: null,
  data,
})

describe('orders', () => {
  it('takes the later word about an order, whatever comes last', () => {
    const known = upsertOrders(new Map(), [order({ sequence: 5, status: 'filled' })])
    expect(upsertOrders(known, [order({ sequence: 4 })]).get('o-1')?.status).toBe('filled')
  })

  it('keeps every open order and a limited number of closed ones', () => {
    const closed = Array.from({ length: 250 }, (_, index) =>
      order({
        orderId: `c-${index}`,
        isOpen: false,
        createdAt: `2026-01-02T00:00:00.${String(index).padStart(3, '0')}Z`,
      }),
    )
    const kept = upsertOrders(new Map(), [order(), ...closed])
    expect(kept.size).toBe(201)
    expect(kept.has('o-1')).toBe(true)
    expect(kept.has('c-0')).toBe(false)
    expect([...kept.keys()][0]).toBe('c-249')
  })
})

describe('a sentence', () => {
  it('tells what was asked', () => {
    expect(eventSentence(event('order_intended'), order())).toBe(
      'Order taken and funds reserved: Buy 0.1 BTC at 64,000 USDT or better.',
    )
  })

  it('tells a fill with its fee', () => {
    const fill = {
      fill: { quantity: '0.05', price: '63999.5', liquidity: 'taker', fee: { amount: '0.00005', asset: 'BTC' } },
    }
    expect(eventSentence(event('fill_recorded', fill), order())).toBe(
      'Bought 0.05 BTC at 63,999.5 USDT, as taker; fee 0.00005 BTC.',
    )
  })

  it('tells why an order is in doubt', () => {
    expect(eventSentence(event('order_doubted', { cause: 'Timeout' }), order())).toBe(
      'In doubt: the venue did not answer in time. The venue is asked; nothing is sent twice.',
    )
  })

  it('names an event that it does not know', () => {
    expect(eventSentence(event('order_parked'), order())).toBe('Order parked.')
  })

  it('tells how an order ended', () => {
    expect(orderSentence(order({ status: 'filled', filledQuantity: '0.10', averagePrice: '63999.75' }))).toBe(
      'Bought 0.1 BTC at 63,999.75 on average.',
    )
  })
})
