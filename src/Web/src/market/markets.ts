import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { allPages } from '../api/allPages'
import { answer, api } from '../api/client'
import { type Market, pageMost } from '../api/types'

const lastKey = 'market'

export const useMarkets = (): UseQueryResult<readonly Market[]> =>
  useQuery({
    queryKey: ['markets'],
    queryFn: ({ signal }) =>
      allPages(cursor => answer(api.GET('/v1/markets', { params: { query: { limit: pageMost, cursor } }, signal }))),
    staleTime: 5 * 60_000,
  })

export const lastMarket = (): string => localStorage.getItem(lastKey) ?? 'BTC-USDT'

export const rememberMarket = (market: string): void => localStorage.setItem(lastKey, market)

/** `BTC-USDT` without asking anybody; for rows of markets that are no longer listed. */
export function assetsOf(market: string): { base: string; quote: string } {
  const [base = market, quote = ''] = market.split('-')
  return { base, quote }
}
