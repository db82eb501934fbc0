import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use } from 'react'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import type { Pool } from '../api/types'
import { Empty, Failure, Skeleton } from '../ui/states'

const Context = createContext<Pool | null>(null)

/** The pool that every page is about: the first one the user may see. */
export function PoolProvider({ children }: { children: ReactNode }) {
  const pools = useQuery({
    queryKey: ['pools'],
    queryFn: ({ signal }) => answer(api.GET('/v1/pools', { signal })),
    staleTime: 60_000,
  })
  if (pools.error)
    return (
      <Failure
        what="Your pools could not be read."
        problem={problemOf(pools.error)}
        onRetry={() => void pools.refetch()}
      />
    )
  if (!pools.data) return <Skeleton rows={8} />
  const [pool] = pools.data.items
  if (!pool) return <Empty title="You are in no pool yet.">Ask the owner of a pool to invite you.</Empty>
  return <Context value={pool}>{children}</Context>
}

export function usePool(): Pool {
  const pool = use(Context)
  if (!pool) throw new Error('Outside of a pool.')
  return pool
}
