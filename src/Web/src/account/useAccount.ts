import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../api/client'

export const accountKey = ['account']

/** Who is signed in, as the platform knows them. */
export const useAccount = () =>
  useQuery({
    queryKey: accountKey,
    queryFn: ({ signal }) => answer(api.GET('/v1/account', { signal })),
    staleTime: 60_000,
  })
