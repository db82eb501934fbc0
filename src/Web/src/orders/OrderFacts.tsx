import { Link } from 'react-router'
import type { Order } from '../api/types'
import { formatText } from '../decimal/format'
import { assetsOf } from '../market/markets'
import { type Fact, Facts } from '../ui/Facts'
import { Time } from '../ui/Time'
import styles from './OrderFacts.module.css'
import { SideLabel } from './SideLabel'
import { typeNames } from './status'

export function OrderFacts({ order }: { order: Order }) {
  return (
    <>
      <Progress order={order} />
      <Facts facts={factsOf(order)} />
    </>
  )
}

function factsOf(order: Order): readonly Fact[] {
  const { base, quote } = assetsOf(order.market)
  const amount = (text: string | null, asset: string) => (text === null ? '—' : `${formatText(text)} ${asset}`)
  return [
    [
      'Market',
      <Link key="market" to={`/markets/${order.market}`}>
        {order.market}
      </Link>,
    ],
    ['Side', <SideLabel key="side" side={order.side} />],
    ['Type', `${typeNames[order.type] ?? order.type} · ${order.timeInForce}`],
    ['Quantity', order.quantity === null ? amount(order.quoteQuantity, quote) : amount(order.quantity, base)],
    ['Limit price', amount(order.limitPrice, quote)],
    ['Filled', amount(order.filledQuantity, base)],
    ['Left', amount(order.leavesQuantity, base)],
    ['Average price', amount(order.averagePrice, quote)],
    [order.side === 'buy' ? 'Paid' : 'Received', amount(order.filledQuote, quote)],
    ['Fees', order.fees.length === 0 ? '—' : order.fees.map(fee => amount(fee.amount, fee.asset)).join(', ')],
    ['Placed', <Time key="placed" at={order.createdAt} />],
    ['Closed', order.closedAt === null ? '—' : <Time key="closed" at={order.closedAt} />],
    ['Reason', order.reason ?? '—'],
    ['FIX OrdStatus', order.ordStatus],
    ['Client order id', <code key="client">{order.clientOrderId}</code>],
    ['Venue order id', order.venueOrderId === null ? '—' : <code key="venue">{order.venueOrderId}</code>],
    ['Order id', <code key="order">{order.orderId}</code>],
  ]
}

/** How much of it is done; the figures stand below, the bar is only their picture. */
function Progress({ order }: { order: Order }) {
  const asked = Number(order.quantity ?? order.quoteQuantity ?? 0)
  const done = Number(order.quantity === null ? order.filledQuote : order.filledQuantity)
  const percent = asked > 0 ? Math.min(100, Math.round((done / asked) * 100)) : 0
  return (
    <div className={styles.progress}>
      <span>
        {percent} <span className="muted">% filled</span>
      </span>
      <div className={styles.track}>
        <div className={styles.bar} style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
