import { answer, api } from '../api/client'
import { pageMost, type Pnl, type Position } from '../api/types'
import type { Topic } from '../realtime/topic'

export interface Portfolio {
  readonly pnl: Pnl
  readonly positions: readonly Position[]
}

export const portfolioTopic = (poolId: string): Topic<Portfolio> => ({
  name: `pnl/${poolId}`,
  replace: body => body as Portfolio,
  apply: (_, body) => body as Portfolio,
})

export async function loadPortfolio(poolId: string): Promise<Portfolio> {
  const params = { path: { poolId } }
  const [pnl, positions] = await Promise.all([
    answer(api.GET('/v1/pools/{poolId}/pnl', { params })),
    answer(api.GET('/v1/pools/{poolId}/positions', { params: { ...params, query: { limit: pageMost } } })),
  ])
  return { pnl, positions: positions.items }
}
