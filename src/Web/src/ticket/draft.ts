import type { Market, PlaceOrder, Side } from '../api/types'
import { compare, type Decimal, decimal, isMultipleOf, multiply, parse, sign } from '../decimal/decimal'
import { formatText } from '../decimal/format'

export type OrderType = PlaceOrder['type']
export type TimeInForce = 'GTC' | 'IOC' | 'FOK'
export type AmountIn = 'base' | 'quote'

/** The ticket as it is typed; texts may be anything yet. */
export interface Draft {
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** Market orders may name what to spend instead of what to buy. */
  readonly amountIn: AmountIn
  readonly amount: string
  readonly limitPrice: string
}

export const emptyDraft: Draft = {
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  amountIn: 'base',
  amount: '',
  limitPrice: '',
}

/** By the request's member, as a problem of the platform names it. */
export type FieldErrors = Readonly<Partial<Record<'quantity' | 'quoteQuantity' | 'limitPrice', string>>>

export type Checked =
  | { readonly order: PlaceOrder; readonly errors: null }
  | { readonly order: null; readonly errors: FieldErrors }

export const amountField = (draft: Draft): 'quantity' | 'quoteQuantity' =>
  draft.type === 'market' && draft.amountIn === 'quote' ? 'quoteQuantity' : 'quantity'

/**
 * Only what the market's own rules settle; balance and prices are the platform's to judge.
 * A number is never rounded here: what the user sees is what is sent.
 */
export function check(draft: Draft, market: Market): Checked {
  const field = amountField(draft)
  const amount = parse(draft.amount)
  const price = draft.type === 'market' ? null : parse(draft.limitPrice)
  const errors: Record<string, string | undefined> = {
    [field]: field === 'quantity' ? quantityError(amount, market) : quoteError(amount, market),
    limitPrice: draft.type === 'market' ? undefined : priceError(price, market),
  }
  if (price && amount && !errors.limitPrice && !errors[field])
    errors[field] = notionalError(multiply(price, amount), market)
  if (Object.values(errors).some(Boolean)) return { order: null, errors: errors }
  return { order: orderOf(draft, market, field), errors: null }
}

function orderOf(draft: Draft, market: Market, field: 'quantity' | 'quoteQuantity'): PlaceOrder {
  const { side, type } = draft
  const order = { market: market.market, side, type, [field]: draft.amount.trim() }
  if (type === 'market') return order
  const limitPrice = draft.limitPrice.trim()
  return type === 'limitMaker' ? { ...order, limitPrice } : { ...order, limitPrice, timeInForce: draft.timeInForce }
}

function quantityError(
  amount: Decimal | null,
  { lotSize, minQuantity, maxQuantity, baseAsset }: Market,
): string | undefined {
  if (!amount) return 'Type a quantity, such as 0.01.'
  if (sign(amount) <= 0) return 'The quantity must be above zero.'
  if (!isMultipleOf(amount, decimal(lotSize))) return `In steps of ${formatText(lotSize)} ${baseAsset}.`
  if (compare(amount, decimal(minQuantity)) < 0) return `At least ${formatText(minQuantity)} ${baseAsset}.`
  // Zero: the venue has no such rule.
  if (sign(decimal(maxQuantity)) > 0 && compare(amount, decimal(maxQuantity)) > 0)
    return `At most ${formatText(maxQuantity)} ${baseAsset}.`
  return undefined
}

function quoteError(amount: Decimal | null, market: Market): string | undefined {
  if (!amount) return 'Type an amount, such as 100.'
  if (sign(amount) <= 0) return 'The amount must be above zero.'
  return notionalError(amount, market)
}

function priceError(price: Decimal | null, { tickSize, quoteAsset }: Market): string | undefined {
  if (!price) return 'Type a price.'
  if (sign(price) <= 0) return 'The price must be above zero.'
  if (!isMultipleOf(price, decimal(tickSize))) return `In steps of ${formatText(tickSize)} ${quoteAsset}.`
  return undefined
}

const notionalError = (notional: Decimal, { minNotional, quoteAsset }: Market): string | undefined =>
  compare(notional, decimal(minNotional)) < 0
    ? `An order is worth at least ${formatText(minNotional)} ${quoteAsset}.`
    : undefined
