import { usePortfolio } from './usePortfolio'

/** What may be spent of an asset; null while unknown, `0` when the pool holds none. */
export function useAvailable(asset: string): string | null {
  const { value } = usePortfolio()
  return value ? (value.positions.find(position => position.asset === asset)?.available ?? '0') : null
}
