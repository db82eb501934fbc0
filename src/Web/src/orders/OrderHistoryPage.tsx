import { answer, api } from '../api/client'
import type { Order } from '../api/types'
import { Page } from '../app/Page'
import { usePool } from '../portfolio/PoolProvider'
import { Pager } from '../ui/Pager'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { type Pages, usePages } from '../ui/usePages'
import { OrdersTabs } from './OrdersTabs'
import { OrderTable } from './OrderTable'
import type { Orders } from './topics'
import { useOrders } from './useOrders'

export function OrderHistoryPage() {
  const { poolId } = usePool()
  const orders = useOrders()
  const pages = usePages<Order>(['orders', poolId, 'closed'], cursor => {
    const query = { 'filter.isOpen': ['eq:false'], cursor }
    return answer(api.GET('/v1/pools/{poolId}/orders', { params: { path: { poolId }, query } }))
  })
  return (
    <Page title="Orders" actions={<OrdersTabs />}>
      <Panel title="Order history" staleSince={orders.staleSince}>
        <History pages={pages} live={orders.value} />
        <Pager page={pages.page} hasOlder={pages.hasOlder} onNewer={pages.newer} onOlder={pages.older} />
      </Panel>
    </Page>
  )
}

function History({ pages, live }: { pages: Pages<Order>; live: Orders | undefined }) {
  if (pages.problem)
    return <Failure what="The history could not be read." problem={pages.problem} onRetry={pages.retry} />
  if (!pages.items) return <Skeleton rows={10} />
  const rows = pages.page === 1 ? withJustClosed(pages.items, live) : pages.items
  if (rows.length === 0)
    return <Empty title="No order has been closed yet.">Filled, canceled and refused orders appear here.</Empty>
  return <OrderTable label="Order history, newest first" orders={rows} />
}

/** Orders that were closed since the page was read, above it. */
function withJustClosed(page: readonly Order[], live: Orders | undefined): readonly Order[] {
  const known = new Set(page.map(order => order.orderId))
  const newest = page[0]?.createdAt ?? ''
  const added = [...(live?.values() ?? [])].filter(
    order => !order.isOpen && !known.has(order.orderId) && order.createdAt >= newest,
  )
  return [...added, ...page]
}
