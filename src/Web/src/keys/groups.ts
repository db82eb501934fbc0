/** What a key can be good for; never withdrawals, never accounts of people. */
export interface KeyGroup {
  readonly word: string
  readonly name: string
  readonly means: string
}

/** Everybody may read these; a key only carries its owner's limits. */
export const openGroups: readonly KeyGroup[] = [
  { word: 'assets', name: 'Assets', means: 'assets and chains' },
  { word: 'markets', name: 'Markets', means: 'prices, books and candles' },
  { word: 'exchanges', name: 'Exchanges', means: 'venues and what they can' },
  { word: 'blockchain', name: 'Blockchain', means: 'bridges and public wallets' },
]

export const privateGroups: readonly KeyGroup[] = [
  { word: 'trading', name: 'Trading', means: 'orders, trades and positions' },
  { word: 'vaults', name: 'Vaults', means: 'vaults and venue accounts' },
  { word: 'strategies', name: 'Strategies', means: 'profiles and runs' },
  { word: 'nodes', name: 'Nodes', means: 'machines and their state' },
  { word: 'pools', name: 'Pools', means: 'members and pool pages' },
]

const names = new Map([...openGroups, ...privateGroups].map(group => [group.word, group.name]))

export function groupsInWords(words: unknown): string {
  return Array.isArray(words) ? words.map(word => names.get(String(word)) ?? String(word)).join(', ') : ''
}
