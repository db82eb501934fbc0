import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Order } from '../api/types'
import { formatText, isCash } from '../decimal/format'
import { assetsOf } from '../market/markets'
import { type Column, Narrow, Table } from '../ui/Table'
import { Time } from '../ui/Time'
import { CancelButton } from './CancelButton'
import { SideLabel } from './SideLabel'
import { StatusBadge } from './StatusBadge'
import { typeNames } from './status'

interface Props {
  readonly label: string
  readonly orders: readonly Order[]
  readonly canCancel?: boolean
}

const columns: readonly Column<Order>[] = [
  { head: 'Time', only: 'wide', cell: order => <Time at={order.createdAt} /> },
  { head: 'Market', cell: marketOf },
  { head: 'Side', only: 'wide', cell: order => <SideLabel side={order.side} /> },
  { head: 'Type', only: 'wide', cell: typeOf },
  { head: 'Price', number: true, only: 'wide', cell: priceOf },
  { head: 'Quantity', number: true, cell: amountOf },
  { head: 'Filled', number: true, only: 'wide', cell: order => formatText(order.filledQuantity) },
  { head: 'Average', number: true, only: 'wider', cell: averageOf },
  { head: 'Status', cell: order => <StatusBadge status={order.status} /> },
]

const cancel: Column<Order> = {
  head: 'Cancel',
  bare: true,
  number: true,
  cell: order => <CancelButton order={order} />,
}

export function OrderTable({ label, orders, canCancel = false }: Props) {
  return (
    <Table
      label={label}
      rows={orders}
      keyOf={order => order.orderId}
      columns={canCancel ? [...columns, cancel] : columns}
    />
  )
}

function marketOf(order: Order): ReactNode {
  return (
    <>
      <Link to={`/orders/${order.orderId}`}>{order.market}</Link>
      <Narrow>
        <SideLabel side={order.side} /> {typeNames[order.type]}
      </Narrow>
    </>
  )
}

function amountOf(order: Order): ReactNode {
  const { quote } = assetsOf(order.market)
  return (
    <>
      {order.quantity === null ? `${formatText(order.quoteQuantity ?? '—')} ${quote}` : formatText(order.quantity)}
      <Narrow>{priceOf(order)}</Narrow>
    </>
  )
}

function typeOf({ type, timeInForce }: Order): string {
  return `${typeNames[type]}${type === 'limit' ? ` ${timeInForce}` : ''}`
}

function priceOf({ limitPrice }: Order): string {
  return limitPrice === null ? 'Market' : formatText(limitPrice)
}

/** Rounded for the eye; the order's own page has every digit. */
function averageOf({ averagePrice, market }: Order): ReactNode {
  if (averagePrice === null) return '—'
  return <span title={averagePrice}>{formatText(averagePrice, isCash(assetsOf(market).quote) ? 2 : 6)}</span>
}
