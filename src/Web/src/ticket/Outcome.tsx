import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { OrderReference } from '../api/types'
import { StatusBadge } from '../orders/StatusBadge'
import { orderSentence } from '../orders/sentences'
import { useOrders } from '../orders/useOrders'
import styles from './Ticket.module.css'

/** What became of the order just placed, as the platform tells it. */
export function Outcome({ reference }: { reference: OrderReference }) {
  const order = useOrders().value?.get(reference.orderId)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1} className={styles.outcome} role="status" data-testid="outcome">
      <p>
        <StatusBadge status={order?.status ?? 'intended'} />
        <Link to={`/orders/${reference.orderId}`} state={{ after: reference.sequence }}>
          What happened
        </Link>
      </p>
      <p>{order ? orderSentence(order) : 'Accepted by the platform.'}</p>
    </div>
  )
}
