import { Link } from 'react-router'
import type { Order } from '../api/types'
import type { Live } from '../realtime/useLive'
import { Empty, Failure, Skeleton } from '../ui/states'
import { OrderTable } from './OrderTable'
import type { Orders } from './topics'

export function OpenOrders({ orders }: { orders: Live<Orders> }) {
  if (orders.problem)
    return <Failure what="Your orders could not be read." problem={orders.problem} onRetry={orders.retry} />
  if (!orders.value) return <Skeleton rows={4} />
  const open = openOf(orders.value)
  if (open.length === 0)
    return (
      <Empty title="No open orders.">
        A limit order away from the market stays here until it fills or is canceled.{' '}
        <Link to="/markets">Place one</Link>
      </Empty>
    )
  return <OrderTable label="Open orders" orders={open} canCancel />
}

export const openOf = (orders: Orders): readonly Order[] => [...orders.values()].filter(order => order.isOpen)
