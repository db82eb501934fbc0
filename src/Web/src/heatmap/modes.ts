import type { HeatmapTile } from '../api/types'

export const sizes = [
  { value: 'volume24h', label: 'Volume' },
  { value: 'dominance', label: 'Dominance' },
  { value: 'price', label: 'Price' },
  { value: 'marketCap', label: 'Market cap' },
  { value: 'depth', label: 'Depth' },
] as const

/** A change of so many basis points has the strongest colour. */
export const windows = [
  { value: 'now', label: 'Now', since: '60 s', full: 100 },
  { value: 'hour', label: '1h', since: '1 hour', full: 300 },
  { value: 'day', label: '24h', since: '24 hours', full: 800 },
  { value: 'week', label: '1w', since: '7 days', full: 2_000 },
  { value: 'month', label: '1m', since: '30 days', full: 4_000 },
] as const

export type SizeMode = (typeof sizes)[number]['value']
export type ColourWindow = (typeof windows)[number]['value']

/** How strong a colour is, −4 to 4; null where the change is unknown. */
export function shadeOf(tile: HeatmapTile, window: ColourWindow): number | null {
  const change = tile.changes[window]
  if (change === null) return null
  const full = windows.find(one => one.value === window)?.full ?? 1
  return Math.sign(change) * Math.min(4, Math.ceil((Math.abs(change) / full) * 4))
}

/** For areas on the screen, never for money; null where the size is unknown. */
export function areaOf(tile: HeatmapTile, size: SizeMode): number | null {
  const text = tile[size]
  return text === null ? null : Math.max(0, Number(text))
}

/** Basis points as per cent with two places, a sign and an arrow; a dash where nobody knows. */
export function changeText(basisPoints: number | null): string {
  if (basisPoints === null) return '—'
  if (basisPoints === 0) return '0.00 %'
  const percent = (Math.abs(basisPoints) / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return basisPoints > 0 ? `▲ +${percent} %` : `▼ −${percent} %`
}

/** `64,012.5`, `0.0000213`: as many digits as tell one price from the next. */
export const priceText = (price: string): string =>
  Number(price).toLocaleString('en', { maximumSignificantDigits: Number(price) >= 1_000 ? 7 : 5 })

/** `1.24 B`; a dash where nobody knows. */
export const sumText = (amount: string | null): string =>
  amount === null ? '—' : Number(amount).toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 4 })

export function sizeText(tile: HeatmapTile, size: SizeMode): string {
  if (size === 'dominance') return `${Number(tile.dominance).toLocaleString('en', { maximumFractionDigits: 2 })} %`
  return size === 'price' ? priceText(tile.price) : sumText(tile[size])
}

export const sizeLabel = (size: SizeMode): string =>
  size === 'volume24h' ? 'Volume 24h' : (sizes.find(one => one.value === size)?.label ?? size)

/** What a screen reader says of a tile. */
export function sentenceOf(tile: HeatmapTile, size: SizeMode, window: ColourWindow, reference: string): string {
  const since = windows.find(one => one.value === window)?.since ?? window
  const change = tile.changes[window]
  const moved =
    change === null ? `change in ${since} unknown` : `${change < 0 ? 'down' : change > 0 ? 'up' : 'unchanged'} ${changeText(change).replace(/^[▲▼] [+−]/, '')} in ${since}`
  const sized = size === 'price' ? '' : `, ${sizeLabel(size).toLowerCase()} ${sizeText(tile, size)}`
  return `${tile.asset}, rank ${tile.rank}, ${priceText(tile.price)} ${reference}, ${moved}${sized}`
}
