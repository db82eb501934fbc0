/** The platform's own words, generated from its OpenAPI document (`npm run generate`). */
import type { components, paths } from './schema'

type Schemas = components['schemas']

export type Pool = Schemas['Pool']
export type Market = Schemas['Market']
export type Ticker = Schemas['Ticker']
export type Candle = Schemas['Candle']
export type Book = Schemas['Book']
export type MarketTrade = Schemas['MarketTrade']
export type Order = Schemas['Order']
export type OrderEvent = Schemas['OrderEvent']
export type Trade = Schemas['Trade']
export type Position = Schemas['Position']
export type Lot = Schemas['Lot']
export type Pnl = Schemas['Pnl']
export type PlaceOrder = Schemas['PlaceOrder']
export type OrderReference = Schemas['OrderReference']

export type Side = Order['side']
export type Interval = NonNullable<
  NonNullable<paths['/v1/markets/{market}/candles']['get']['parameters']['query']>['interval']
>

export interface Page<T> {
  readonly items: readonly T[]
  /** Cursor of the following page; null on the last one. */
  readonly next: string | null
}
