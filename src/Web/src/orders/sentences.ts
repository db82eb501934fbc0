import type { Order, OrderEvent } from '../api/types'
import { formatText } from '../decimal/format'
import { assetsOf } from '../market/markets'

type Facts = Readonly<Record<string, unknown>>

/** The order in one sentence, as it stands. */
export function orderSentence(order: Order): string {
  const { base } = assetsOf(order.market)
  const filled = `${formatText(order.filledQuantity)} ${base}`
  const price = order.averagePrice === null ? '' : ` at ${formatText(order.averagePrice)} on average`
  switch (order.status) {
    case 'filled':
      return `${order.side === 'buy' ? 'Bought' : 'Sold'} ${filled}${price}.`
    case 'partiallyFilled':
      return `${filled} filled so far${price}.`
    case 'inDoubt':
      return 'No certain answer from the venue yet; it is being asked. Nothing is sent twice.'
    case 'working':
      return 'In the book of the venue.'
    case 'canceled':
    case 'expired':
      return Number(order.filledQuantity) === 0 ? 'Closed without a fill.' : `Closed after ${filled} filled${price}.`
    default:
      return order.reason ?? termsSentence(order)
  }
}

/** What was asked for: `Buy 0.01 BTC of BTC-USDT, limit 64,000 USDT, GTC`. */
export function termsSentence(order: Order): string {
  const { base, quote } = assetsOf(order.market)
  const amount =
    order.quantity === null
      ? `${formatText(order.quoteQuantity ?? '?')} ${quote} of ${base}`
      : `${formatText(order.quantity)} ${base}`
  const price = order.limitPrice === null ? 'at market' : `at ${formatText(order.limitPrice)} ${quote} or better`
  return `${order.side === 'buy' ? 'Buy' : 'Sell'} ${amount} ${price}`
}

/** One event in one sentence; an event this page does not know yet is named as it is. */
export function eventSentence(event: OrderEvent, order: Order): string {
  const data = event.data as Facts
  const { base } = assetsOf(order.market)
  const text = (...path: string[]) => textAt(data, path)
  const because = text('reason') ?? text('detail')
  switch (event.type) {
    case 'order_intended':
      return `Order taken and funds reserved: ${termsSentence(order)}.`
    case 'order_denied':
      return ended('Denied before any venue saw it', because)
    case 'order_sent':
      return `Sent to the venue${attempt(data)} as ${text('clientOrderId') ?? order.clientOrderId}.`
    case 'order_doubted':
      return `In doubt: ${doubts[camel(text('cause'))] ?? 'the answer is not certain'}. The venue is asked; nothing is sent twice.`
    case 'order_resolved':
      return camel(text('evidence')) === 'absent'
        ? 'Doubt over: the venue never saw the order and can no longer take it.'
        : 'Doubt over: the venue knows the order.'
    case 'order_accepted':
      return `Taken into the book by the venue as ${text('venueOrderId') ?? 'an order of its own'}.`
    case 'order_rejected':
      return ended('Rejected by the venue', because)
    case 'fill_recorded':
      return fillSentence(data, order)
    case 'order_filled':
      return `Filled to the end: ${formatText(text('cumulativeQuantity') ?? order.filledQuantity)} ${base}.`
    case 'order_cancel_requested':
      return 'Cancel asked for; fills may still come until the venue confirms.'
    case 'order_cancel_refused':
      return ended('The venue did not cancel', because)
    case 'order_canceled':
      return 'Canceled: the venue took the rest off its book.'
    case 'order_expired':
      return ended('Expired by its own terms', because)
    default:
      return `${event.type.replaceAll('_', ' ').replace(/^./, first => first.toUpperCase())}.`
  }
}

const doubts: Readonly<Record<string, string>> = {
  timeout: 'the venue did not answer in time',
  serverError: 'the venue failed while it worked on the request',
  disconnected: 'the connection to the venue broke',
  unreadable: 'the answer could not be read',
  throttled: 'the venue asked us to slow down',
  interrupted: 'we stopped between sending and hearing the answer',
  notSeenYet: 'the venue does not show the order yet',
}

function fillSentence(data: Facts, order: Order): string {
  const { base, quote } = assetsOf(order.market)
  const text = (...path: string[]) => textAt(data, ['fill', ...path]) ?? textAt(data, path)
  const quantity = text('quantity') ?? text('lastQuantity')
  const price = text('price') ?? text('lastPrice')
  const liquidity = camel(text('liquidity'))
  const fee = text('fee', 'amount')
  const role = liquidity === 'maker' || liquidity === 'taker' ? `, as ${liquidity}` : ''
  const cost = fee === null ? '' : `; fee ${formatText(fee)} ${text('fee', 'asset') ?? ''}`.trimEnd()
  const verb = order.side === 'buy' ? 'Bought' : 'Sold'
  return `${verb} ${formatText(quantity ?? '?')} ${base} at ${formatText(price ?? '?')} ${quote}${role}${cost}.`
}

function attempt(data: Facts): string {
  const count = Number(data.attempt)
  return count > 1 ? ` (attempt ${count}, after proof that the one before never arrived)` : ''
}

const ended = (sentence: string, because: string | null): string =>
  `${sentence}${because ? `: ${because.replace(/\.$/, '')}` : ''}.`

const camel = (text: string | null): string => (text ? text.charAt(0).toLowerCase() + text.slice(1) : '')

function textAt(data: unknown, path: readonly string[]): string | null {
  let at: unknown = data
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Facts)[name] : undefined
  return typeof at === 'string' ? at : typeof at === 'number' ? String(at) : null
}
