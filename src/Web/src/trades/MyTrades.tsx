import { usePool } from '../portfolio/PoolProvider'
import { useLive } from '../realtime/useLive'
import { Empty, Failure, Skeleton } from '../ui/states'
import { TradeTable } from './TradeTable'
import { loadTrades, newestFirst, tradesTopic } from './topics'

/** The pool's latest trades of one market. */
export function MyTrades({ market }: { market: string }) {
  const { poolId } = usePool()
  const trades = useLive(tradesTopic, poolId, async () => newestFirst((await loadTrades(poolId)).items))
  if (trades.problem)
    return <Failure what="Your trades could not be read." problem={trades.problem} onRetry={trades.retry} />
  if (!trades.value) return <Skeleton rows={4} />
  const mine = trades.value.filter(trade => trade.market === market)
  if (mine.length === 0)
    return <Empty title={`You have not traded ${market} lately.`}>Fills appear here as they happen.</Empty>
  return <TradeTable label={`My trades of ${market}`} trades={mine} />
}
