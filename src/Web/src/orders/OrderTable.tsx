import { Link } from 'react-router'
import type { Order } from '../api/types'
import { formatText } from '../decimal/format'
import { assetsOf } from '../market/markets'
import { type Column, Table } from '../ui/Table'
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
  { head: 'Market', cell: order => <Link to={`/orders/${order.orderId}`}>{order.market}</Link> },
  { head: 'Side', cell: order => <SideLabel side={order.side} /> },
  {
    head: 'Type',
    only: 'wide',
    cell: order => `${typeNames[order.type]}${order.type === 'limit' ? ` ${order.timeInForce}` : ''}`,
  },
  { head: 'Price', number: true, cell: order => (order.limitPrice === null ? 'Market' : formatText(order.limitPrice)) },
  { head: 'Quantity', number: true, cell: amountOf },
  { head: 'Filled', number: true, only: 'wide', cell: order => formatText(order.filledQuantity) },
  {
    head: 'Average',
    number: true,
    only: 'wider',
    cell: order => (order.averagePrice === null ? '—' : formatText(order.averagePrice)),
  },
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

function amountOf(order: Order): string {
  if (order.quantity !== null) return formatText(order.quantity)
  return `${formatText(order.quoteQuantity ?? '—')} ${assetsOf(order.market).quote}`
}
