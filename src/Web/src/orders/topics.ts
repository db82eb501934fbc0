import { answer, api } from '../api/client'
import type { Order } from '../api/types'
import type { Topic } from '../realtime/topic'

export type Orders = ReadonlyMap<string, Order>

const closedMost = 200

/** Every open order and the latest closed ones, newest first. */
export const ordersTopic = (poolId: string): Topic<Orders> => ({
  name: `orders/${poolId}`,
  replace: body => upsertOrders(new Map(), body as Order[]),
  apply: (orders, body) => upsertOrders(orders, body as Order[]),
})

export async function loadOrders(poolId: string): Promise<Orders> {
  const read = async (isOpen: boolean, limit: number) => {
    const params = { path: { poolId }, query: { 'filter.isOpen': [`eq:${isOpen}`], limit } }
    return (await answer(api.GET('/v1/pools/{poolId}/orders', { params }))).items
  }
  const [open, closed] = await Promise.all([read(true, 200), read(false, 50)])
  return upsertOrders(new Map(), [...open, ...closed])
}

/** A word that is older than what is known changes nothing. */
export function upsertOrders(known: Orders, changed: readonly Order[]): Orders {
  const orders = new Map(known)
  for (const order of changed) {
    const before = orders.get(order.orderId)
    if (!before || before.sequence <= order.sequence) orders.set(order.orderId, order)
  }
  const newest = [...orders.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  let closed = 0
  return new Map(newest.filter(order => order.isOpen || ++closed <= closedMost).map(order => [order.orderId, order]))
}
