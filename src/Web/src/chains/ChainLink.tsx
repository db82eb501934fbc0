import { Link } from 'react-router'
import { useChains } from './useChains'
import type { Facet } from './words'

/** A chain by its name, as soon as that is known. */
export function ChainLink({ chainId, facet }: { chainId: string; facet: Facet }) {
  const chains = useChains()
  const name = chains.data?.find(chain => chain.chainId === chainId)?.name ?? chainId
  return <Link to={`/chains/${chainId}/${facet}`}>{name}</Link>
}
