import type { Book } from '../../api/types'
import { add, compare, type Decimal, decimal, multiply, parse, subtract, zero } from '../../decimal/decimal'

export interface BookRow {
  readonly price: string
  readonly quantity: string
  /** Of this level and every better one. */
  readonly total: Decimal
  /** Total as a share of the deepest one shown, 0 to 1; for the bar only. */
  readonly depth: number
}

export interface Spread {
  readonly absolute: Decimal
  readonly mid: Decimal
}

type Level = readonly string[]

/** Best first, with running totals. */
export function rowsOf(levels: readonly Level[], atMost: number): readonly BookRow[] {
  let total = zero
  const rows = levels.slice(0, atMost).map(([price = '0', quantity = '0']) => {
    total = add(total, decimal(quantity))
    return { price, quantity, total }
  })
  const deepest = approximate(total)
  return rows.map(row => ({ ...row, depth: deepest === 0 ? 0 : approximate(row.total) / deepest }))
}

/** Null while one side is empty. */
export function spreadOf(book: Book): Spread | null {
  const bid = parse(book.bids[0]?.[0] ?? '')
  const ask = parse(book.asks[0]?.[0] ?? '')
  if (!bid || !ask) return null
  return { absolute: subtract(ask, bid), mid: multiply(add(bid, ask), decimal('0.5')) }
}

export interface Walk {
  readonly base: Decimal
  readonly quote: Decimal
  /** The levels shown hold less than was asked for. */
  readonly isShort: boolean
}

/** What taking a base quantity from one side would cost, level by level. */
export function takeBase(levels: readonly Level[], wanted: Decimal): Walk {
  let left = wanted
  let quote = zero
  for (const [price = '0', quantity = '0'] of levels) {
    if (left.units <= 0n) break
    const taken = smaller(left, decimal(quantity))
    quote = add(quote, multiply(taken, decimal(price)))
    left = subtract(left, taken)
  }
  return { base: subtract(wanted, left), quote, isShort: left.units > 0n }
}

const smaller = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b)

const approximate = ({ units, scale }: Decimal): number => Number(units) / 10 ** scale
