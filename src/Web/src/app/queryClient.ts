import { QueryClient } from '@tanstack/react-query'
import { Problem } from '../api/problem'
import { session } from '../session/session'

/** A refusal is final; only what was not answered is asked again, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isUnanswered,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

session.listen(() => queryClient.clear())
