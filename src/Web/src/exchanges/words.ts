import type { BadgeTone } from '../ui/Badge'
import type { Capability, CapabilityGroup, CapabilityValue, ExchangeStatus, VenueActivity } from '../api/types'
import { decimal, multiply } from '../decimal/decimal'
import { format } from '../decimal/format'

export const statuses: Readonly<Record<ExchangeStatus, { label: string; tone: BadgeTone; means: string }>> = {
  connected: { label: 'Connected', tone: 'done', means: 'Prices come in.' },
  disconnected: { label: 'Disconnected', tone: 'doubt', means: 'Its stream is down; the platform is trying again.' },
  halted: { label: 'Halted', tone: 'failed', means: 'A person stopped its data; its prices count for nothing.' },
  notConnected: { label: 'Not connected', tone: 'off', means: 'The platform knows of it, and does nothing there.' },
}

/** What an exchange is used for, and how stopping that is said. */
interface ActivityWords {
  readonly label: string
  readonly means: string
  readonly stops: string
  /** What follows when a person stops it. */
  readonly stopped: string
  readonly allows: string
}

export const activities: Readonly<Record<VenueActivity, ActivityWords>> = {
  trade: {
    label: 'Trading',
    means: 'New orders',
    stops: 'Stop trading',
    stopped: 'No new order leaves for it; open orders stay, and can still be canceled.',
    allows: 'Allow trading',
  },
  withdraw: {
    label: 'Withdrawals',
    means: 'Money out',
    stops: 'Stop withdrawals',
    stopped: 'Nothing more is sent out from it.',
    allows: 'Allow withdrawals',
  },
  data: {
    label: 'Market data',
    means: 'Prices in',
    stops: 'Stop market data',
    stopped: 'Its prices count for nothing any more.',
    allows: 'Allow market data',
  },
}

export const values: Readonly<Record<CapabilityValue, string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Unknown',
  emulated: 'Emulated',
}

export const groups: readonly { readonly group: CapabilityGroup; readonly label: string }[] = [
  { group: 'products', label: 'Products' },
  { group: 'moneyInAndOut', label: 'Money in and out' },
  { group: 'orderFeatures', label: 'Order features' },
  { group: 'access', label: 'Access' },
]

export const capabilities: Readonly<Record<Capability, string>> = {
  spot: 'Spot',
  margin: 'Margin, cross and isolated',
  perpetualSwap: 'Perpetual swaps',
  datedFutures: 'Dated futures',
  options: 'Options',
  instantConvert: 'Instant convert',
  otcDesk: 'OTC desk',
  peerToPeer: 'Peer to peer',
  onChainSettlement: 'DEX or on-chain settlement',
  nft: 'NFT',
  earn: 'Staking or earn',
  borrowing: 'Lending and borrowing',
  cryptoDepositAddress: 'Crypto deposit address by API',
  fiatBankDeposit: 'Fiat deposit by bank',
  cardDeposit: 'Deposit by card',
  cryptoWithdraw: 'Crypto withdrawal by API',
  fiatWithdraw: 'Fiat withdrawal',
  internalTransfer: 'Transfer between accounts',
  subAccounts: 'Sub-accounts',
  withdrawalWhitelist: 'Withdrawal whitelist by API',
  clientOrderId: 'Client order id, and query by it',
  stopOrders: 'Stop and trigger orders',
  bracketOrders: 'OCO and bracket orders',
  postOnly: 'Post-only',
  reduceOnly: 'Reduce-only',
  trailingStop: 'Trailing stop',
  cancelAllAfter: 'Dead-man switch',
  userStream: 'User stream',
  testNetwork: 'Test network',
  fixInterface: 'FIX or binary interface',
}

/** `0.0025` is `0.25 %`. */
export const percentOf = (fraction: string): string => `${format(multiply(decimal(fraction), decimal('100')))} %`

/** Requests a second, as clients keep them. */
export function paceOf(millisecondsPerRequest: number): string {
  if (millisecondsPerRequest > 1000) return `1 request in ${millisecondsPerRequest / 1000} s`
  const perSecond = Math.round(1000 / millisecondsPerRequest)
  return perSecond === 1 ? '1 request a second' : `${perSecond} requests a second`
}

/** Names of countries in English, from the browser's own list. */
export function countriesOf(codes: readonly string[]): string {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return codes.length > 0 ? codes.map(code => names.of(code) ?? code).join(', ') : 'Not known'
}
