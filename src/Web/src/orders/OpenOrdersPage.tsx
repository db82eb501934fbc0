import { Page } from '../app/Page'
import { Panel } from '../ui/Panel'
import { OpenOrders } from './OpenOrders'
import { OrdersTabs } from './OrdersTabs'
import { useOrders } from './useOrders'

export function OpenOrdersPage() {
  const orders = useOrders()
  return (
    <Page title="Orders" actions={<OrdersTabs />}>
      <Panel title="Open orders" staleSince={orders.staleSince}>
        <OpenOrders orders={orders} />
      </Panel>
    </Page>
  )
}
