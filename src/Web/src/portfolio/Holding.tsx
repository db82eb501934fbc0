import { Link } from 'react-router'
import type { Market } from '../api/types'
import { formatAmount, formatText } from '../decimal/format'
import { Panel } from '../ui/Panel'
import { Signed } from '../ui/Signed'
import { Empty, Failure, Skeleton } from '../ui/states'
import styles from './Holding.module.css'
import type { Portfolio } from './topics'
import { usePortfolio } from './usePortfolio'

/** What the pool holds of a market's base asset, beside the ticket. */
export function Holding({ market }: { market: Market }) {
  const { value, staleSince, problem, retry } = usePortfolio()
  return (
    <Panel title={`${market.baseAsset} held`} staleSince={staleSince}>
      {problem ? (
        <Failure what="The position could not be read." problem={problem} onRetry={retry} />
      ) : value ? (
        <Figures asset={market.baseAsset} portfolio={value} />
      ) : (
        <Skeleton rows={4} />
      )}
    </Panel>
  )
}

function Figures({ asset, portfolio: { positions, pnl } }: { asset: string; portfolio: Portfolio }) {
  const position = positions.find(one => one.asset === asset)
  if (!position) return <Empty title={`No ${asset} held.`} />
  const money = (text: string | null) =>
    text === null ? '—' : `${formatAmount(text, pnl.reportingAsset)} ${pnl.reportingAsset}`
  return (
    <dl className={styles.figures} data-testid="holding">
      <div>
        <dt>Quantity</dt>
        <dd>{formatText(position.quantity)}</dd>
      </div>
      <div>
        <dt>Average cost</dt>
        <dd>{position.averageCost === null ? '—' : formatText(position.averageCost, 2)}</dd>
      </div>
      <div>
        <dt>Value</dt>
        <dd>{money(position.value)}</dd>
      </div>
      <div>
        <dt>Unrealized</dt>
        <dd>{position.unrealized === null ? '—' : <Signed value={position.unrealized} arrow />}</dd>
      </div>
      <div>
        <dt>Equity of the pool</dt>
        <dd>
          <Link to="/">{money(pnl.equity)}</Link>
        </dd>
      </div>
    </dl>
  )
}
