import type { Order } from '../api/types'
import type { BadgeTone } from '../ui/Badge'

export type OrderStatus = Order['status']

export const statuses: Readonly<Record<OrderStatus, { readonly label: string; readonly tone: BadgeTone }>> = {
  intended: { label: 'Taken', tone: 'open' },
  sent: { label: 'Sent', tone: 'open' },
  inDoubt: { label: 'In doubt', tone: 'doubt' },
  working: { label: 'Working', tone: 'open' },
  partiallyFilled: { label: 'Partly filled', tone: 'open' },
  pendingCancel: { label: 'Canceling', tone: 'doubt' },
  filled: { label: 'Filled', tone: 'done' },
  canceled: { label: 'Canceled', tone: 'off' },
  rejected: { label: 'Rejected', tone: 'failed' },
  expired: { label: 'Expired', tone: 'off' },
  denied: { label: 'Denied', tone: 'failed' },
}

export const typeNames: Readonly<Record<string, string>> = { limit: 'Limit', market: 'Market', limitMaker: 'Post-only' }
