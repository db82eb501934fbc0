import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answer, api } from '../../api/client'
import { type Problem, problemOf } from '../../api/problem'
import type { Interval } from '../../api/types'
import { useTopic } from '../../realtime/useTopic'
import { candlesTopic } from '../topics'
import { type Bar, barOf, intervals, pendingOf, shownOf, withLive } from './candles'

export interface Bars {
  /** Undefined until the history is here. */
  readonly bars: readonly Bar[] | undefined
  /** Some of the newest are missing until the node that writes trades has written them. */
  readonly isPending: boolean
  readonly staleSince: number | null
  readonly problem: Problem | null
  readonly retry: () => void
}

const barsShown = 500
const refreshMs = 60_000

/** History by REST; the running bar by the stream of one-minute candles. */
export function useBars(market: string, interval: Interval): Bars {
  const history = useQuery({
    queryKey: ['bars', market, interval],
    queryFn: async ({ signal }) => {
      const query = { timeframe: interval, limit: String(barsShown), fill: 'prev' }
      const page = await answer(api.GET('/v1/markets/{market}/bars', { params: { path: { market }, query }, signal }))
      return { bars: page.items.flatMap(shownOf), pending: pendingOf(page) }
    },
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  })
  const stream = useTopic(candlesTopic, market)
  const minutes = intervals.find(one => one.value === interval)?.minutes ?? 1
  const fresh = history.isPlaceholderData ? undefined : history.data
  const bars = useMemo(
    () => fresh && withLive(fresh.bars, (stream.value ?? []).map(barOf), minutes),
    [fresh, stream.value, minutes],
  )
  const drawn = new Set(bars?.map(bar => bar.time))
  return {
    bars: bars ?? (history.isPlaceholderData ? history.data.bars : undefined),
    isPending: fresh?.pending.some(time => !drawn.has(time)) ?? false,
    staleSince: stream.phase === 'waiting' ? stream.heardAt : null,
    problem: history.error && !history.data ? problemOf(history.error) : null,
    retry: () => void history.refetch(),
  }
}
