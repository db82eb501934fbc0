import { useState } from 'react'
import type { Market } from '../api/types'
import { MyTrades } from '../trades/MyTrades'
import { Panel } from '../ui/Panel'
import { Segments } from '../ui/Segments'
import { OpenOrders, openOf } from './OpenOrders'
import { useOrders } from './useOrders'

type Tab = 'orders' | 'trades'

/** Below the chart: what is mine. */
export function MyActivity({ market }: { market: Market }) {
  const [tab, setTab] = useState<Tab>('orders')
  const orders = useOrders()
  const count = orders.value ? openOf(orders.value).length : 0
  return (
    <Panel
      title="My activity"
      staleSince={orders.staleSince}
      actions={
        <Segments
          label="My activity"
          look="tabs"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'orders', label: `Open orders ${count || ''}`.trim() },
            { value: 'trades', label: 'Trades' },
          ]}
        />
      }
    >
      {tab === 'orders' ? <OpenOrders orders={orders} /> : <MyTrades market={market.market} />}
    </Panel>
  )
}
