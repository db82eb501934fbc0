import type { Book, Market } from '../api/types'
import {
  add,
  type Decimal,
  decimal,
  divide,
  floorTo,
  multiply,
  parse,
  sign,
  subtract,
  toText,
  zero,
} from '../decimal/decimal'
import { placesOf } from '../decimal/format'
import { takeBase } from '../market/book/bookRows'
import { amountField, type Draft } from './draft'

export interface Estimate {
  /** What moves in the quote asset; null while the ticket does not say enough. */
  readonly quote: Decimal | null
  readonly base: Decimal | null
  /** A warning that does not stop the order; null when there is none. */
  readonly caution: string | null
}

const nothing: Estimate = { quote: null, base: null, caution: null }
const notDeep = 'The book shown is not deep enough: the price may move further.'

/** From the book on the screen, before fees. */
export function estimate(draft: Draft, market: Market, book: Book | undefined): Estimate {
  const amount = parse(draft.amount)
  if (!amount || sign(amount) <= 0) return nothing
  if (draft.type !== 'market') {
    const price = parse(draft.limitPrice)
    return price ? { quote: multiply(price, amount), base: amount, caution: null } : nothing
  }
  if (!book) return nothing
  const levels = draft.side === 'buy' ? book.asks : book.bids
  if (amountField(draft) === 'quoteQuantity') return spend(levels, amount, market)
  const walk = takeBase(levels, amount)
  return { quote: walk.quote, base: walk.base, caution: walk.isShort ? notDeep : null }
}

/** What a share of the balance comes to, on the lot, never more than there is. */
export function amountFor(
  percent: number,
  available: Decimal,
  draft: Draft,
  market: Market,
  book: Book | undefined,
): string {
  const share = divide(multiply(available, decimal(String(percent))), decimal('100'), 18)
  if (amountField(draft) === 'quoteQuantity' && draft.side === 'buy') return toText(floorTo(share, decimal('0.01')))
  if (draft.side === 'sell' && amountField(draft) === 'quantity') return toText(floorTo(share, decimal(market.lotSize)))
  const price = draft.type === 'market' ? bestPrice(draft, book) : parse(draft.limitPrice)
  if (!price || sign(price) <= 0) return ''
  if (draft.side === 'sell') return toText(floorTo(multiply(share, price), decimal('0.01')))
  return toText(floorTo(divide(share, price, 18), decimal(market.lotSize)))
}

function spend(levels: readonly (readonly string[])[], amount: Decimal, market: Market): Estimate {
  let left = amount
  let base = zero
  for (const [price = '0', quantity = '0'] of levels) {
    if (sign(left) <= 0) break
    const whole = multiply(decimal(price), decimal(quantity))
    const isWhole = sign(subtract(left, whole)) >= 0
    base = add(base, isWhole ? decimal(quantity) : divide(left, decimal(price), placesOf(market.lotSize)))
    left = isWhole ? subtract(left, whole) : zero
  }
  return { quote: subtract(amount, left), base, caution: sign(left) > 0 ? notDeep : null }
}

function bestPrice(draft: Draft, book: Book | undefined): Decimal | null {
  const levels = draft.side === 'buy' ? book?.asks : book?.bids
  return parse(levels?.[0]?.[0] ?? '')
}
