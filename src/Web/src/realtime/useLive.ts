import { useQuery } from '@tanstack/react-query'
import { type Problem, problemOf } from '../api/problem'
import type { Topic } from './topic'
import { useTopic } from './useTopic'

export interface Live<T> {
  readonly value: T | undefined
  /** When the value was last known to be current (milliseconds, our clock) if it no longer is; null while it is. */
  readonly staleSince: number | null
  readonly problem: Problem | null
  readonly retry: () => void
}

/** The first picture by REST, whichever comes first; from then on the stream. */
export function useLive<T>(of: (key: string) => Topic<T>, key: string, load: () => Promise<T>): Live<T> {
  const stream = useTopic(of, key)
  const first = useQuery({
    queryKey: ['first', of(key).name],
    queryFn: load,
    enabled: stream.value === undefined,
    gcTime: 0,
  })
  const value = stream.value ?? first.data
  const heardAt = stream.heardAt ?? (first.dataUpdatedAt || null)
  return {
    value,
    staleSince: value !== undefined && stream.phase !== 'live' && stream.phase !== 'pending' ? heardAt : null,
    problem: value === undefined && first.error ? problemOf(first.error) : null,
    retry: () => void first.refetch(),
  }
}
