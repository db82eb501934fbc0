import { useQuery, useQueryClient } from '@tanstack/react-query'
import { allPages } from '../api/allPages'
import { answer, api } from '../api/client'
import { pageMost } from '../api/types'
import { notify } from '../app/notices'

const membersKey = (poolId: string) => ['members', poolId]

export const useMembers = (poolId: string) =>
  useQuery({
    queryKey: membersKey(poolId),
    queryFn: ({ signal }) =>
      allPages(cursor => {
        const params = { path: { poolId }, query: { limit: pageMost, cursor } }
        return answer(api.GET('/v1/pools/{poolId}/members', { params, signal }))
      }),
  })

/** Says what was done, and shows it. */
export function useChanged(poolId: string): (text: string) => void {
  const queries = useQueryClient()
  return text => {
    notify('done', text)
    void queries.invalidateQueries({ queryKey: membersKey(poolId) })
  }
}
