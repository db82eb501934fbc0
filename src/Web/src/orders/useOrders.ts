import { usePool } from '../portfolio/PoolProvider'
import { type Live, useLive } from '../realtime/useLive'
import { loadOrders, type Orders, ordersTopic } from './topics'

export function useOrders(): Live<Orders> {
  const { poolId } = usePool()
  return useLive(ordersTopic, poolId, () => loadOrders(poolId))
}
