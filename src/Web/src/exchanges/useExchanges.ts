import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { allPages } from '../api/allPages'
import { answer, api } from '../api/client'
import { type Exchange, type ExchangeDetail, pageMost } from '../api/types'
import type { Topic } from '../realtime/topic'

export const useExchanges = (): UseQueryResult<readonly Exchange[]> =>
  useQuery({
    queryKey: ['exchanges'],
    queryFn: ({ signal }) =>
      allPages(cursor =>
        answer(api.GET('/v1/exchanges', { params: { query: { limit: pageMost, sort: 'name', cursor } }, signal })),
      ),
  })

export const exchangeKey = (exchangeId: string) => ['exchanges', exchangeId]

export const useExchange = (exchangeId: string): UseQueryResult<ExchangeDetail> =>
  useQuery({
    queryKey: exchangeKey(exchangeId),
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/exchanges/{exchangeId}', { params: { path: { exchangeId } }, signal })),
  })

/** How the platform stands with the exchange, as it changes. */
export const exchangeTopic = (exchangeId: string): Topic<Exchange> => ({
  name: `exchange/${exchangeId}`,
  replace: body => body as Exchange,
  apply: (_, body) => body as Exchange,
})
