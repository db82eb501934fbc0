import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from 'react-router'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import type { Order } from '../api/types'
import { Page } from '../app/Page'
import { usePool } from '../portfolio/PoolProvider'
import { Panel } from '../ui/Panel'
import { Failure, Skeleton } from '../ui/states'
import { CancelButton } from './CancelButton'
import { OrderFacts } from './OrderFacts'
import styles from './OrderPage.module.css'
import { StatusBadge } from './StatusBadge'
import { termsSentence } from './sentences'
import { Timeline } from './Timeline'
import { useOrders } from './useOrders'

export function OrderPage() {
  const { orderId = '' } = useParams()
  const orders = useOrders()
  const order = useOrder(orderId, orders.value?.get(orderId))
  if (order.error)
    return (
      <Page title="Order">
        <Panel title="Order">
          <Failure
            what="The order could not be read."
            problem={problemOf(order.error)}
            onRetry={() => void order.refetch()}
          />
        </Panel>
      </Page>
    )
  if (!order.data)
    return (
      <Page title="Order">
        <Panel title="Order">
          <Skeleton rows={8} />
        </Panel>
      </Page>
    )
  return (
    <Page
      title={termsSentence(order.data)}
      actions={
        <>
          <StatusBadge status={order.data.status} />
          {order.data.isOpen && <CancelButton order={order.data} />}
        </>
      }
    >
      {order.data.status === 'inDoubt' && <InDoubt />}
      <div className={styles.columns}>
        <Panel title="Event timeline" staleSince={orders.staleSince}>
          <Timeline order={order.data} />
        </Panel>
        <Panel title="Order" staleSince={orders.staleSince}>
          <OrderFacts order={order.data} />
        </Panel>
      </div>
    </Page>
  )
}

/** The stream's word if it has one about this order, else the platform is asked. */
function useOrder(orderId: string, streamed: Order | undefined) {
  const { poolId } = usePool()
  const after = (useLocation().state as { after?: number } | null)?.after
  const query = useQuery({
    queryKey: ['order', poolId, orderId],
    queryFn: ({ signal }) => {
      const params = { path: { poolId, orderId }, query: after === undefined ? {} : { after } }
      return answer(api.GET('/v1/pools/{poolId}/orders/{orderId}', { params, signal }))
    },
    placeholderData: keepPreviousData,
    enabled: !streamed,
  })
  return { data: streamed ?? query.data, error: streamed ? null : query.error, refetch: query.refetch }
}

function InDoubt() {
  return (
    <div className={styles.doubt} role="alert">
      <strong>This order is in doubt.</strong>
      <p>
        It was sent, and no certain answer came. It may be working at the venue. The platform is asking by the order's
        own id and never sends it twice; do not place it again.
      </p>
    </div>
  )
}
