import { Page } from '../app/Page'
import { OpenOrders } from '../orders/OpenOrders'
import { useOrders } from '../orders/useOrders'
import type { Live } from '../realtime/useLive'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Allocation } from './Allocation'
import { Fees } from './Fees'
import styles from './PortfolioPage.module.css'
import { PnlTiles } from './PnlTiles'
import { PositionsTable } from './PositionsTable'
import type { Portfolio } from './topics'
import { usePool } from './PoolProvider'
import { usePortfolio } from './usePortfolio'

export function PortfolioPage() {
  const pool = usePool()
  const portfolio = usePortfolio()
  return (
    <Page title="Portfolio" actions={<span className="muted">{pool.name}</span>}>
      <Content portfolio={portfolio} />
    </Page>
  )
}

function Content({ portfolio }: { portfolio: Live<Portfolio> }) {
  const { value, problem, staleSince, retry } = portfolio
  const orders = useOrders()
  if (problem)
    return (
      <Panel title="Portfolio">
        <Failure what="The portfolio could not be read." problem={problem} onRetry={retry} />
      </Panel>
    )
  if (!value)
    return (
      <Panel title="Positions">
        <Skeleton rows={10} />
      </Panel>
    )
  return (
    <>
      <PnlTiles pnl={value.pnl} staleSince={staleSince} />
      <Panel title="Positions" staleSince={staleSince}>
        {value.positions.length === 0 ? (
          <Empty title="This pool holds nothing yet.">A deposit or a first trade opens a position.</Empty>
        ) : (
          <>
            <Allocation positions={value.positions} />
            <PositionsTable positions={value.positions} pnl={value.pnl} />
          </>
        )}
      </Panel>
      <div className={styles.lower}>
        <Panel title="Open orders" staleSince={orders.staleSince}>
          <OpenOrders orders={orders} />
        </Panel>
        <Fees pnl={value.pnl} staleSince={staleSince} />
      </div>
    </>
  )
}
