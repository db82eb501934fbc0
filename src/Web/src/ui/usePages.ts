import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Problem, problemOf } from '../api/problem'
import type { Page } from '../api/types'

export interface Pages<T> {
  readonly items: readonly T[] | undefined
  readonly problem: Problem | null
  readonly retry: () => void
  readonly page: number
  readonly hasOlder: boolean
  readonly newer: () => void
  readonly older: () => void
}

/** One page at a time, by cursor; the way back is the list of cursors. */
export function usePages<T>(key: readonly unknown[], load: (cursor: string | undefined) => Promise<Page<T>>): Pages<T> {
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const query = useQuery({
    queryKey: [...key, cursor ?? null],
    queryFn: () => load(cursor),
    placeholderData: keepPreviousData,
  })
  const next = query.data?.next
  return {
    items: query.data?.items,
    problem: query.error && !query.data ? problemOf(query.error) : null,
    retry: () => void query.refetch(),
    page: cursors.length + 1,
    hasOlder: Boolean(next) && !query.isPlaceholderData,
    newer: () => setCursors(known => known.slice(0, -1)),
    older: () => {
      if (next) setCursors(known => [...known, next])
    },
  }
}
