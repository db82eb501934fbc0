import { type Live, useLive } from '../realtime/useLive'
import { usePool } from './PoolProvider'
import { loadPortfolio, type Portfolio, portfolioTopic } from './topics'

export function usePortfolio(): Live<Portfolio> {
  const { poolId } = usePool()
  return useLive(portfolioTopic, poolId, () => loadPortfolio(poolId))
}
