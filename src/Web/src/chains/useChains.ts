import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { allPages } from '../api/allPages'
import { answer, api } from '../api/client'
import { type Chain, type ChainDetail, pageMost } from '../api/types'

export const useChains = (): UseQueryResult<readonly Chain[]> =>
  useQuery({
    queryKey: ['chains'],
    queryFn: ({ signal }) =>
      allPages(cursor =>
        answer(api.GET('/v1/chains', { params: { query: { limit: pageMost, sort: 'name', cursor } }, signal })),
      ),
    staleTime: 5 * 60_000,
  })

export const useChain = (chainId: string): UseQueryResult<ChainDetail> =>
  useQuery({
    queryKey: ['chains', chainId],
    queryFn: ({ signal }) => answer(api.GET('/v1/chains/{chainId}', { params: { path: { chainId } }, signal })),
    staleTime: 5 * 60_000,
  })
