import { answer, api } from '../api/client'
import type { Book, Candle, MarketTrade, Ticker } from '../api/types'
import type { Topic } from '../realtime/topic'
import { upsertCandles } from './chart/candles'

export const tapeLength = 50

const whole = <T>(name: string): Topic<T> => ({
  name,
  replace: body => body as T,
  apply: (_, body) => body as T,
})

export const tickerTopic = (market: string): Topic<Ticker> => whole(`ticker/${market}`)

export const bookTopic = (market: string): Topic<Book> => whole(`book/${market}`)

/** Newest first. */
export const tapeTopic = (market: string): Topic<readonly MarketTrade[]> => ({
  name: `tape/${market}`,
  replace: body => newestFirst(body as MarketTrade[]),
  apply: (trades, body) => newestFirst([...trades, ...(body as MarketTrade[])]),
})

/** One-minute candles, oldest first. */
export const candlesTopic = (market: string): Topic<readonly Candle[]> => ({
  name: `candles/${market}`,
  replace: body => upsertCandles([], body as Candle[]),
  apply: (candles, body) => upsertCandles(candles, body as Candle[]),
})

export const loadTicker = (market: string) =>
  answer(api.GET('/v1/markets/{market}/ticker', { params: { path: { market } } }))

export const loadBook = (market: string) =>
  answer(api.GET('/v1/markets/{market}/book', { params: { path: { market }, query: { limit: '20' } } }))

export const loadTape = async (market: string) =>
  newestFirst(
    (
      await answer(
        api.GET('/v1/markets/{market}/trades', { params: { path: { market }, query: { limit: String(tapeLength) } } }),
      )
    ).items,
  )

/** By id, each once: a resume may bring a trade again. */
function newestFirst(trades: readonly MarketTrade[]): readonly MarketTrade[] {
  const byId = new Map(trades.map(trade => [trade.id, trade]))
  return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, tapeLength)
}
