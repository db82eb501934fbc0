import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { Link, Outlet, useOutletContext } from 'react-router'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import type { Pool } from '../api/types'
import { Page } from '../app/Page'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'

const Context = createContext<Pool | null>(null)

/** The pages about a pool: the first one the user may see, open ones before closed ones. What the frame gives its pages, it hands on. */
export function InPool() {
  const context: unknown = useOutletContext()
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
  const pool = pools.data.items.find(each => !each.isClosed) ?? pools.data.items[0]
  if (!pool)
    return (
      <Page title="Welcome">
        <Panel title="Your pools">
          <Empty title="You are in no pool yet.">
            Ask the owner of one to add you by the address that you registered with. Meanwhile,{' '}
            <Link to="/account">protect your account</Link>.
          </Empty>
        </Panel>
      </Page>
    )
  return (
    <Context value={pool}>
      <Outlet context={context} />
    </Context>
  )
}

export function usePool(): Pool {
  const pool = use(Context)
  if (!pool) throw new Error('Outside of a pool.')
  return pool
}
