// chains.json and bridges.json: chains from viem, LI.FI and Wormhole; bridges from Hop, Wormhole, viem and Arbitrum.
import { createRequire } from 'node:module'
import * as viem from 'viem/chains'
import { basicCoins } from '@lifi/data-types'
import { chains as wormhole, chainToPlatform, circle, contracts, decimals, explorer, finality, nativeChainIds, rpc } from '@wormhole-foundation/sdk-base'
import { getArbitrumNetwork, getArbitrumNetworks } from '@arbitrum/sdk'
import { sourceOf, write } from './write.mjs'

// Its modules for import do not load.
const { mainnet: { bridges: hopBridges } } = createRequire(import.meta.url)('@hop-protocol/core/addresses')

const from = {
  viem: sourceOf('viem'), lifi: sourceOf('@lifi/data-types'), wormhole: sourceOf('@wormhole-foundation/sdk-base'),
  hop: sourceOf('@hop-protocol/core'), arbitrum: sourceOf('@arbitrum/sdk'),
}

// Our name, viem's export, Wormhole's name, LI.FI's number. CAIP-2 of what is no EVM chain is written out: the namespaces are
// those of the CAIP repository (bip122 and solana: the first 32 characters of the genesis hash).
const CHAINS = [
  { id: 'ethereum', viem: 'mainnet', wormhole: 'Ethereum', lifi: 1 },
  { id: 'bitcoin', name: 'Bitcoin', kind: 'utxo', caip2: 'bip122:000000000019d6689c085ae165831e93', native: 'BTC', wormhole: 'Btc', lifi: 20000000000001 },
  { id: 'solana', name: 'Solana', kind: 'svm', native: 'SOL', wormhole: 'Solana', lifi: 1151111081099710 },
  { id: 'bnb', viem: 'bsc', wormhole: 'Bsc', lifi: 56 },
  { id: 'polygon', viem: 'polygon', wormhole: 'Polygon', lifi: 137 },
  { id: 'arbitrum', viem: 'arbitrum', wormhole: 'Arbitrum', lifi: 42161 },
  { id: 'optimism', viem: 'optimism', wormhole: 'Optimism', lifi: 10 },
  { id: 'base', viem: 'base', wormhole: 'Base', lifi: 8453 },
  { id: 'avalanche', viem: 'avalanche', wormhole: 'Avalanche', lifi: 43114 },
  { id: 'linea', viem: 'linea', wormhole: 'Linea', lifi: 59144 },
  { id: 'gnosis', viem: 'gnosis', lifi: 100 },
  { id: 'tron', viem: 'tron', name: 'Tron', kind: 'tvm', caip2: 'tron:0x2b6653dc', lifi: 728126428 },
  { id: 'sui', name: 'Sui', kind: 'move', native: 'SUI', wormhole: 'Sui', lifi: 9270000000000000 },
  { id: 'cosmos', name: 'Cosmos Hub', kind: 'cosmos', native: 'ATOM', wormhole: 'Cosmoshub' },
]
const byWormhole = Object.fromEntries(CHAINS.filter((chain) => chain.wormhole).map((chain) => [chain.wormhole, chain.id]))
const COINS = [
  'ETH', 'BTC', 'SOL', 'BNB', 'POL', 'AVAX', 'TRX', 'SUI', 'USDT', 'USDC', 'USDCe', 'DAI', 'USDe', 'FDUSD', 'EURC', 'USD1',
  'WETH', 'WBTC', 'WBNB', 'LINK', 'SUSHI', 'FRAX', 'XAUt', 'WLD', 'IMX', 'OKB',
]
// LI.FI's keys where they are no symbols.
const SYMBOLS = { USDCe: 'USDC.E', XAUt: 'XAUT', USDe: 'USDE' }
const NO_CONTRACT = new Set(['0x0000000000000000000000000000000000000000', '11111111111111111111111111111111', 'bitcoin', 'T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb', '0x2::sui::SUI', '0x0000000000000000000000000000000000000000000000000000000000000002::sui::SUI'])

const url = (text) => text?.replace(/\/$/, '')
const ask = (question) => { try { return question() } catch { return undefined } }
const fact = (value, origin) => (value === undefined || value === null || value === '' ? undefined : { value, ...origin })

function caip2Of(chain, known) {
  if (chain.caip2) return chain.caip2
  if (known) return `eip155:${known.id}`
  const id = String(nativeChainIds.networkChainToNativeChainId.get('Mainnet', chain.wormhole))
  return { svm: `solana:${id.slice(0, 32)}`, move: `sui:${id}`, cosmos: `cosmos:${id}` }[chain.kind]
}

// Seconds as text: a quarter of a second is a fact too.
function blockTimeOf(chain, known) {
  if (known?.blockTime) return fact(String(known.blockTime / 1000), from.viem)
  const milliseconds = chain.wormhole && ask(() => finality.blockTime(chain.wormhole))
  return milliseconds ? fact(String(milliseconds / 1000), from.wormhole) : undefined
}

// The chain that it settles on.
function parentOf(chain, known) {
  if (known?.sourceId) return fact(CHAINS.find((each) => viem[each.viem]?.id === known.sourceId)?.id, from.viem)
  const network = known && getArbitrumNetworks().find((each) => each.chainId === known.id)
  return network && fact(CHAINS.find((each) => viem[each.viem]?.id === network.parentChainId)?.id, from.arbitrum)
}

function assetsOf(chain) {
  return COINS.map((key) => basicCoins.find((coin) => coin.key === key)).filter((coin) => coin?.chains[chain.lifi])
    .map((coin) => {
      const { address, decimals, name } = coin.chains[chain.lifi]
      const isNative = NO_CONTRACT.has(address)
      return { asset: SYMBOLS[coin.key] ?? coin.key, name: name ?? coin.name, contract: isNative ? undefined : address, decimals, ...from.lifi }
    })
}

function nativeOf(chain, known, assets) {
  if (known) return { asset: known.nativeCurrency.symbol.toUpperCase(), decimals: known.nativeCurrency.decimals, ...from.viem }
  const { asset, decimals: places } = assets.find((each) => !each.contract && each.asset === chain.native) ?? {}
  return asset
    ? { asset, decimals: places, ...from.lifi }
    : { asset: chain.native, decimals: decimals.nativeDecimals(chainToPlatform(chain.wormhole)), ...from.wormhole }
}

function chainOf(chain) {
  const known = chain.viem && viem[chain.viem]
  const listed = assetsOf(chain)
  const native = nativeOf(chain, known, listed)
  const assets = [{ asset: native.asset, name: native.asset, decimals: native.decimals, source: native.source, at: native.at },
    ...listed.filter((each) => each.contract || each.asset !== native.asset).filter((each) => each.contract)]
  const scanner = known ? fact(url(known.blockExplorers?.default.url), from.viem)
    : fact(url(chain.wormhole && ask(() => explorer.explorerConfigs('Mainnet', chain.wormhole))?.baseUrl), from.wormhole)
  return {
    id: chain.id, name: chain.name ?? known.name, caip2: caip2Of(chain, known), kind: chain.kind ?? 'evm', native,
    parent: parentOf(chain, known), blockTimeSeconds: blockTimeOf(chain, known),
    finalityBlocks: fact(chain.wormhole && ask(() => finality.finalityThreshold(chain.wormhole)), from.wormhole),
    explorer: scanner,
    rpc: known ? fact(known.rpcUrls.default.http[0], from.viem) : fact(chain.wormhole && ask(() => rpc.rpcAddress('Mainnet', chain.wormhole)), from.wormhole),
    assets,
  }
}

const bridge = (id, name, kind, origin, routes) => ({ id, name, kind, ...origin, routes })
const pairs = (chains) => chains.flatMap((one, at) => chains.slice(at + 1).map((other) => [one, other]))

// Hop's own table of what each chain's native bridge carries, by the token that it makes there.
const hopTokens = (chain) => Object.entries(hopBridges)
  .filter(([, chains]) => chains[chain]?.l2CanonicalToken && chains[chain]?.l2CanonicalBridge)
  .map(([token]) => token.toUpperCase()).sort()

const native = (id, name, chain, contract, origin) => ({
  ...bridge(id, name, 'native', origin, [{ chains: ['ethereum', chain], assets: hopTokens(chain), contract, ...from.hop }]),
})

function hop() {
  const tokens = Object.entries(hopBridges)
    .map(([token, chains]) => [token.toUpperCase(), Object.keys(chains).filter((chain) => CHAINS.some(({ id }) => id === chain))])
  const all = CHAINS.map(({ id }) => id).filter((id) => tokens.some(([, chains]) => chains.includes(id)))
  return bridge('hop', 'Hop', 'liquidity', from.hop, pairs(all)
    .map((both) => ({ chains: both, assets: tokens.filter(([, chains]) => both.every((chain) => chains.includes(chain))).map(([token]) => token).sort(), ...from.hop }))
    .filter(({ assets }) => assets.length > 0))
}

const wormholeChains = (has) => wormhole.filter((chain) => byWormhole[chain] && ask(() => has(chain))).map((chain) => byWormhole[chain])

const portal = () => bridge('portal', 'Portal (Wormhole)', 'wrapped', from.wormhole,
  pairs(wormholeChains((chain) => contracts.tokenBridge.get('Mainnet', chain)))
    .map((chains) => ({ chains, assets: [], ...from.wormhole })))

const cctp = () => bridge('cctp', 'Circle CCTP', 'burnAndMint', from.wormhole,
  pairs(wormholeChains((chain) => contracts.circleContracts.get('Mainnet', chain)?.tokenMessenger && circle.usdcContract.get('Mainnet', chain)))
    .map((chains) => ({ chains, assets: ['USDC'], ...from.wormhole })))

const standard = (chain) => viem[chain].contracts.l1StandardBridge[1].address

write('src/Domain/Markets/Registry/chains.json', { chains: CHAINS.map(chainOf) })
write('src/Domain/Markets/Registry/bridges.json', {
  bridges: [
    native('arbitrum', 'Arbitrum bridge', 'arbitrum', getArbitrumNetwork(42161).tokenBridge.parentGatewayRouter, from.arbitrum),
    native('optimism', 'Optimism standard bridge', 'optimism', standard('optimism'), from.viem),
    native('base', 'Base standard bridge', 'base', standard('base'), from.viem),
    native('polygon', 'Polygon PoS bridge', 'polygon', hopBridges.DAI.polygon.l1PosRootChainManager, from.hop),
    native('gnosis', 'Gnosis bridge', 'gnosis', hopBridges.DAI.gnosis.l1Amb, from.hop),
    cctp(), portal(), hop(),
  ],
})
