import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Problem, problemOf } from '../api/problem'
import type { Heatmap, HeatmapTile } from '../api/types'
import { useTopic } from '../realtime/useTopic'
import { loadHeatmap, tilesTopic } from './topics'

export interface HeatmapRead {
  readonly tiles: readonly HeatmapTile[] | undefined
  /** Rates, basis and the rest of the assets. */
  readonly about: Heatmap | undefined
  readonly staleSince: number | null
  readonly problem: Problem | null
  /** What is shown is of another hour: the one asked for is on its way. */
  readonly isMoving: boolean
  readonly retry: () => void
}

/** @param at Null for now: then the stream brings what changes. */
export function useHeatmap(at: string | null): HeatmapRead {
  const stream = useTopic(tilesTopic, at === null ? 'assets' : null)
  const read = useQuery({
    queryKey: ['heatmap', at ?? 'now'],
    queryFn: () => loadHeatmap(at),
    refetchInterval: at === null ? 30_000 : false,
    staleTime: at === null ? 0 : 60_000,
    retry: (count, error) => problemOf(error).status >= 500 && count < 3,
    placeholderData: keepPreviousData,
  })
  const streamed = at === null && stream.value !== undefined && stream.value.length > 0 ? stream.value : undefined
  const tiles = streamed ?? read.data?.tiles
  const heardAt = stream.heardAt ?? (read.dataUpdatedAt || null)
  return {
    tiles,
    about: read.data,
    staleSince: at === null && tiles !== undefined && stream.phase !== 'live' && stream.phase !== 'pending' ? heardAt : null,
    problem: read.error && (at !== null || tiles === undefined) ? problemOf(read.error) : null,
    isMoving: read.isPlaceholderData,
    retry: () => void read.refetch(),
  }
}
