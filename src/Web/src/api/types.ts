/** The platform's own words, generated from its OpenAPI document (`npm run generate`). */
import type { components } from './schema'

type Schemas = components['schemas']

export type Pool = Schemas['PoolResponse']
export type Market = Schemas['MarketResponse']
export type Ticker = Schemas['Ticker']
export type MarketBar = Schemas['BarResponse']
export type MarketBars = Schemas['BarsResponse']
export type Book = Schemas['BookResponse']
export type MarketTrade = Schemas['PublicTrade']
export type AssetDetail = Schemas['AssetDetailResponse']
export type Heatmap = Schemas['HeatmapResponse']
export type HeatmapTile = Schemas['HeatmapTile']
export type Venues = Schemas['VenuesResponse']
export type VenueRow = Schemas['VenueRow']
export type RouteAnswer = Schemas['RouteResponse']
export type Route = Schemas['RouteEstimate']
export type RouteExclusion = Schemas['RouteExclusion']
export type Order = Schemas['OrderResponse']
export type OrderEvent = Schemas['OrderEventResponse']
export type Trade = Schemas['TradeResponse']
export type Position = Schemas['PositionResponse']
export type Lot = Schemas['LotResponse']
export type Pnl = Schemas['PnlResponse']
export type PlaceOrder = Schemas['PlaceOrderRequest']
export type OrderReference = Schemas['OrderReference']

export type Account = Schemas['AccountResponse']
export type SignedInSession = Schemas['SessionResponse']
export type Passkey = Schemas['PasskeyResponse']
export type PasskeyOptions = Schemas['PasskeyOptions']
export type PasskeyAnswer = Schemas['PasskeyAnswer']
export type NewPasskey = Schemas['AddPasskeyRequest']
export type TotpSetup = Schemas['TotpSetup']
export type ApiKey = Schemas['ApiKeyResponse']
export type CreateApiKey = Schemas['CreateApiKeyRequest']
export type CreatedApiKey = Schemas['CreatedApiKey']
export type Member = Schemas['MemberResponse']
export type AddMember = Schemas['AddMemberRequest']
export type MemberLevel = Schemas['MemberLevelRequest']
export type DangerRequest = Schemas['DangerRequest']
export type PlatformLevel = Schemas['PlatformLevel']
export type PoolLevel = Schemas['PoolLevel']
export type Plan = Schemas['Plan']
export type KycLevel = Schemas['KycLevel']

export type Exchange = Schemas['ExchangeResponse']
export type ExchangeDetail = Schemas['ExchangeDetail']
export type ExchangeStatus = Schemas['ExchangeStatus']
export type CapabilityFlag = Schemas['CapabilityResponse']
export type Capability = Schemas['Capability']
export type CapabilityGroup = Schemas['CapabilityGroup']
export type CapabilityValue = Schemas['CapabilityValue']
export type ListedMarket = Schemas['ListedMarketResponse']
export type VenueActivity = Schemas['VenueActivity']
export type Chain = Schemas['ChainResponse']
export type ChainDetail = Schemas['ChainDetail']
export type ChainKind = Schemas['ChainKind']
export type BridgeKind = Schemas['BridgeKind']
export type ChainAsset = Schemas['ChainAssetResponse']
export type ChainMarket = Schemas['ChainMarketResponse']
export type ChainExchange = Schemas['ChainExchangeResponse']
export type ChainBridge = Schemas['ChainBridgeResponse']
export type ChainWallet = Schemas['ChainWalletResponse']

export type Side = Order['side']
/** A one-minute candle as the stream tells it. */
export interface Candle {
  readonly openTime: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  /** In base units. */
  readonly volume: string
  readonly isFilledForward: boolean
}

export type Interval = '1m' | '5m' | '15m' | '1h' | '4h' | '1d'

/** As many items of a list as the platform gives at once. */
export const pageMost = 500

export interface Page<T> {
  readonly items: readonly T[]
  /** Cursor of the following page; null on the last one. */
  readonly next: string | null
}
