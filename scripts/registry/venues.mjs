// venues.json: the venues as ccxt describes them, with the thirty flags, each with where it is from. One company may be two
// venues: derivatives have addresses, accounts and rules of their own.
import { readFileSync } from 'node:fs'
import ccxt from 'ccxt'
import { capabilities } from './capabilities.mjs'
import { sourceOf, write } from './write.mjs'

const VENUES = ['binance', 'kraken', 'coinbase', 'okx', 'bybit', 'bitstamp', 'bitfinex', 'gemini', 'kucoin', 'gate', 'kraken-futures',
  'binance-futures']

// Where ccxt calls them otherwise.
const NAMES = { 'kraken-futures': 'krakenfutures', 'binance-futures': 'binanceusdm' }

// Where ccxt describes a venue as a part of another: what it inherits is said of the other, and does not count.
const PARTS = { 'binance-futures': { api: /^fapi/, fees: 'linear', features: (all) => all.swap.linear } }

// Chains by the names that ccxt unifies venues' network codes to.
const NETWORKS = {
  ethereum: ['ERC20', 'ETH'], bitcoin: ['BTC'], solana: ['SOL'], bnb: ['BEP20', 'BSC'], polygon: ['MATIC', 'POLYGON', 'POL'],
  arbitrum: ['ARBONE', 'ARBITRUM'], optimism: ['OPTIMISM', 'OP'], base: ['BASE'], avalanche: ['AVAXC'], tron: ['TRC20', 'TRX'],
  sui: ['SUI'], cosmos: ['ATOM', 'COSMOS'], linea: ['LINEA'], gnosis: ['GNO', 'XDAI', 'GNOSIS'],
}

const origin = sourceOf('ccxt')
const seen = JSON.parse(readFileSync(new URL('seen.json', import.meta.url)))
const METHODS = ['get', 'post', 'put', 'delete', 'patch']
const first = (value) => (Array.isArray(value) ? value[0] : value)
const text = (amount) => (amount === undefined ? undefined : Number(amount).toString())

function endpointsOf(api, path = []) {
  return Object.entries(api ?? {}).flatMap(([name, below]) => {
    if (METHODS.includes(name.toLowerCase()))
      return (Array.isArray(below) ? below : Object.keys(below)).map((each) => `${[...path, name].join(' ')} ${each}`)
    return typeof below === 'object' ? endpointsOf(below, [...path, name]) : []
  })
}

function fromHas(has, names) {
  const said = names.map((name) => [name, has[name]])
  const by = (wanted) => said.filter(([, value]) => value === wanted).map(([name]) => name)
  if (by(true).length > 0) return { value: 'yes', evidence: `has.${by(true)[0]}: true` }
  if (by('emulated').length > 0) return { value: 'emulated', evidence: `has.${by('emulated')[0]}: emulated` }
  return said.every(([, value]) => value === false) ? { value: 'no', evidence: `has.${by(false).join(', has.')}: false` } : undefined
}

function fromEndpoints(venue, pattern) {
  const path = endpointsOf(venue.api).find((each) => pattern.test(each))
  return path && { value: 'yes', evidence: `endpoint: ${path}` }
}

function fromOrders(venue, pattern) {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(venue))
    .filter((name) => /^create.*(Order|OrderRequest)$|^orderRequest$|^fetchOrder(Request)?$/.test(name) && pattern.test(venue[name].toString()))
  const [places, asks] = [methods.find((name) => !name.startsWith('fetch')), methods.find((name) => name.startsWith('fetch'))]
  if (!places) return undefined
  return { value: asks ? 'yes' : 'unknown', evidence: asks ? `sent by ${places}, asked by ${asks}` : `sent by ${places}; asking by it is not shown` }
}

function fromFeatures(features, path) {
  const value = path.split('.').reduce((at, name) => at?.[name], features)
  return typeof value === 'boolean' ? { value: value ? 'yes' : 'no', evidence: `features.${path}: ${value}` } : undefined
}

function flagOf(venue, stream, [flag, rule]) {
  const page = seen.capabilities[venue.id]?.[flag]
  if (page) return { flag, value: 'yes', source: "the venue's documentation", evidence: page, at: seen.at }

  const fact = (rule.query && fromOrders(venue, rule.query))
    ?? (rule.stream && stream && fromHas(stream.has, rule.stream))
    ?? (rule.feature && venue.part && fromFeatures(venue.features, rule.feature))
    ?? best(rule.has && fromHas(venue.has, rule.has), rule.endpoint && fromEndpoints(venue, rule.endpoint))
  return fact ? { flag, ...fact, source: origin.source, at: origin.at } : { flag, value: 'unknown', source: origin.source, evidence: 'says nothing of it', at: origin.at }
}

// An endpoint that is there outweighs a method that ccxt does not offer.
const best = (method, endpoint) => (method?.value === 'yes' || !endpoint ? method : endpoint)

function chainsOf(venue) {
  const codes = { ...Object.fromEntries(Object.entries(venue.options.networksById ?? {}).map(([id, code]) => [code, id])), ...venue.options.networks }
  return Object.entries(NETWORKS)
    .map(([chain, names]) => [chain, names.find((name) => codes[name] !== undefined)])
    .filter(([, name]) => name)
    .map(([chain, name]) => ({ chain, network: String(codes[name]), evidence: `options.networks.${name}`, ...origin }))
}

// The part alone: its own words of methods and options, its own paths, and no code for orders, which it shares.
function partOf(venue, { api, features }) {
  const alone = Object.create(venue, { deepExtend: { value: (...layers) => layers.at(-1) } })
  const own = Object.getPrototypeOf(venue).describe.call(alone)
  return {
    id: venue.id, part: true, has: own.has, options: own.options, features: features(venue.features),
    api: Object.fromEntries(Object.entries(venue.api).filter(([name]) => api.test(name))),
  }
}

function venueOf(id) {
  const name = NAMES[id] ?? id
  const venue = new ccxt[name]()
  const part = PARTS[id]
  const stream = part ? undefined : ccxt.pro[name] && new ccxt.pro[name]()
  const described = part ? partOf(venue, part) : venue
  const { maker, taker, tierBased } = (part ? venue.fees[part.fees] : venue.fees).trading
  return {
    id, name: venue.name, ...origin, countries: venue.countries ?? [], website: first(venue.urls.www), documentation: first(venue.urls.doc),
    feesPage: first(venue.urls.fees), fees: { maker: text(maker), taker: text(taker), isTiered: tierBased === true, ...origin },
    rateLimit: { millisecondsPerRequest: Math.ceil(venue.rateLimit), ...origin },
    chains: chainsOf(described), capabilities: capabilities.map((rule) => flagOf(described, stream, rule)),
  }
}

write('src/Domain/Markets/Registry/venues.json', { venues: VENUES.map(venueOf) })
