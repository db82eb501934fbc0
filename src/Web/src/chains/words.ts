import type { BridgeKind, ChainKind } from '../api/types'

export const kinds: Readonly<Record<ChainKind, string>> = {
  evm: 'EVM',
  utxo: 'UTXO',
  svm: 'Solana VM',
  tvm: 'Tron VM',
  move: 'Move',
  cosmos: 'Cosmos SDK',
}

export const bridgeKinds: Readonly<Record<BridgeKind, { label: string; means: string }>> = {
  native: { label: 'Native', means: "The chain's own way to the one that it settles on" },
  burnAndMint: { label: 'Burn and mint', means: 'Burned here and minted there by the issuer' },
  wrapped: { label: 'Wrapped', means: 'Locked here, and a token that stands for it there' },
  liquidity: { label: 'Liquidity', means: 'Paid out there from what others put in' },
}

/** The five ways down from a chain, in the order of their tabs. */
export const facets = [
  { facet: 'assets', label: 'Assets' },
  { facet: 'markets', label: 'Markets' },
  { facet: 'exchanges', label: 'Exchanges' },
  { facet: 'bridges', label: 'Bridges' },
  { facet: 'wallets', label: 'Wallets' },
] as const

export type Facet = (typeof facets)[number]['facet']

/** `finalityBlocks` in words; null where nobody says. */
export function finalityOf(blocks: number | null | undefined): string {
  if (blocks === null || blocks === undefined) return 'Not known'
  return blocks === 0 ? 'At once' : `${blocks.toLocaleString('en')} ${blocks === 1 ? 'block' : 'blocks'}`
}

/** The first and last of an address: enough to compare, and the whole is one copy away. */
export const shortened = (address: string): string =>
  address.length > 20 ? `${address.slice(0, 10)}…${address.slice(-8)}` : address

/** The same tab of another chain. */
export function elsewhere(path: string, chainId: string): string {
  const facet = facets.find(each => path.endsWith(`/${each.facet}`))?.facet ?? 'assets'
  return `/chains/${chainId}/${facet}`
}
