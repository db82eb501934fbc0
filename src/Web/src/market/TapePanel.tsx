import { memo } from 'react'
import type { Market, MarketTrade } from '../api/types'
import { formatText, placesOf } from '../decimal/format'
import { useLive } from '../realtime/useLive'
import { Panel } from '../ui/Panel'
import { Scroll } from '../ui/Scroll'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Time } from '../ui/Time'
import styles from './TapePanel.module.css'
import { loadTape, tapeTopic } from './topics'

export function TapePanel({ market }: { market: Market }) {
  const tape = useLive(tapeTopic, market.market, () => loadTape(market.market))
  return (
    <Panel title="Recent trades" staleSince={tape.staleSince} className={styles.panel}>
      {tape.problem ? (
        <Failure what="The trades could not be read." problem={tape.problem} onRetry={tape.retry} />
      ) : !tape.value ? (
        <Skeleton rows={8} />
      ) : tape.value.length === 0 ? (
        <Empty title="No trades yet." />
      ) : (
        <Prints market={market} trades={tape.value} />
      )}
    </Panel>
  )
}

function Prints({ market, trades }: { market: Market; trades: readonly MarketTrade[] }) {
  const places = { price: placesOf(market.tickSize), quantity: placesOf(market.lotSize) }
  return (
    <Scroll className={styles.scroll} label="Recent trades, newest first">
      <ul>
        {trades.map(trade => (
          <Print key={trade.id} trade={trade} price={places.price} quantity={places.quantity} />
        ))}
      </ul>
    </Scroll>
  )
}

const Print = memo(function Print({ trade, price, quantity }: { trade: MarketTrade; price: number; quantity: number }) {
  const isBuy = trade.takerSide === 'buy'
  return (
    <li className={styles.print}>
      <span className={isBuy ? 'up' : 'down'}>
        <span aria-hidden="true">{isBuy ? '▲' : '▼'}</span>
        <span className="unseen">{isBuy ? 'bought' : 'sold'} at</span> {formatText(trade.price, price)}
      </span>
      <span>{formatText(trade.quantity, quantity)}</span>
      <span className="muted">
        <Time at={trade.at} show="clock" />
      </span>
    </li>
  )
})
