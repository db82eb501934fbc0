import { answer, api } from '../api/client'
import type { Page, Trade } from '../api/types'
import type { Topic } from '../realtime/topic'

export const keptMost = 200

/** The pool's latest trades, newest first. */
export const tradesTopic = (poolId: string): Topic<readonly Trade[]> => ({
  name: `trades/${poolId}`,
  replace: body => newestFirst(body as Trade[]).slice(0, keptMost),
  apply: (trades, body) => newestFirst([...trades, ...(body as Trade[])]).slice(0, keptMost),
})

export function loadTrades(poolId: string, cursor?: string): Promise<Page<Trade>> {
  const query = { cursor }
  return answer(api.GET('/v1/pools/{poolId}/trades', { params: { path: { poolId }, query } }))
}

/** Each execution once, by the pool's own count. */
export function newestFirst(trades: readonly Trade[]): readonly Trade[] {
  const byId = new Map(trades.map(trade => [trade.executionId, trade]))
  return [...byId.values()].sort((a, b) => b.number - a.number)
}
