import { Link } from 'react-router'
import type { Trade } from '../api/types'
import { Page } from '../app/Page'
import { usePool } from '../portfolio/PoolProvider'
import { useTopic } from '../realtime/useTopic'
import { Pager } from '../ui/Pager'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { type Pages, usePages } from '../ui/usePages'
import { TradeTable } from './TradeTable'
import { loadTrades, newestFirst, tradesTopic } from './topics'

export function TradesPage() {
  const { poolId } = usePool()
  const live = useTopic(tradesTopic, poolId)
  const pages = usePages<Trade>(['trades', poolId], cursor => loadTrades(poolId, cursor))
  return (
    <Page title="Trades">
      <Panel title="Trade history" staleSince={live.phase === 'waiting' ? live.heardAt : null}>
        <History pages={pages} live={live.value ?? []} />
        <Pager page={pages.page} hasOlder={pages.hasOlder} onNewer={pages.newer} onOlder={pages.older} />
      </Panel>
    </Page>
  )
}

function History({ pages, live }: { pages: Pages<Trade>; live: readonly Trade[] }) {
  if (pages.problem)
    return <Failure what="The trades could not be read." problem={pages.problem} onRetry={pages.retry} />
  if (!pages.items) return <Skeleton rows={10} />
  const trades = pages.page === 1 ? withJustDone(pages.items, live) : pages.items
  if (trades.length === 0)
    return (
      <Empty title="No trades yet.">
        Every fill is kept here for good. <Link to="/markets">Place an order</Link>
      </Empty>
    )
  return <TradeTable label="Trade history, newest first" trades={trades} />
}

/** Trades done since the page was read, above it. */
function withJustDone(page: readonly Trade[], live: readonly Trade[]): readonly Trade[] {
  const newest = page[0]?.number ?? 0
  return newestFirst([...live.filter(trade => trade.number > newest), ...page])
}
