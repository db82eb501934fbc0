import type { Candle, Interval, MarketBar, MarketBars } from '../../api/types'

/** What the chart draws; pixels need no exact decimals. */
export interface Bar {
  /** Seconds since 1970, UTC. */
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

export const intervals: readonly { value: Interval; label: string; minutes: number }[] = [
  { value: '1m', label: '1m', minutes: 1 },
  { value: '5m', label: '5m', minutes: 5 },
  { value: '15m', label: '15m', minutes: 15 },
  { value: '1h', label: '1h', minutes: 60 },
  { value: '4h', label: '4h', minutes: 240 },
  { value: '1d', label: '1D', minutes: 1_440 },
]

const keptMost = 500
/** A history that ends long before the running bar is not worth thousands of empty places. */
const holesMost = 500

/** Each opening time once, oldest first, the later word wins. */
export function upsertCandles(known: readonly Candle[], changed: readonly Candle[]): readonly Candle[] {
  const byTime = new Map([...known, ...changed].map(candle => [candle.openTime, candle]))
  return [...byTime.values()].sort((a, b) => Date.parse(a.openTime) - Date.parse(b.openTime)).slice(-keptMost)
}

export function barOf(candle: Candle): Bar {
  return {
    time: Date.parse(candle.openTime) / 1_000,
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
    volume: Number(candle.volume),
  }
}

/** A stored bar as it is drawn; none where nobody knows what it was, for a price carried on would look like one. */
export function shownOf({ start, open, high, low, close, volume, state }: MarketBar): readonly Bar[] {
  if (state === 'missing' || open === null || high === null || low === null || close === null) return []
  return [barOf({ openTime: start, open, high, low, close, volume: volume ?? '0', isFilledForward: false })]
}

/** When the bars start that are missing and may still come, for another node writes their trades. */
export function pendingOf({ items, pendingFrom }: Pick<MarketBars, 'items' | 'pendingFrom'>): readonly number[] {
  if (pendingFrom === null) return []
  const since = Date.parse(pendingFrom)
  return items.flatMap(({ start, state }) => (state === 'missing' && Date.parse(start) >= since ? [Date.parse(start) / 1_000] : []))
}

/** The bars with an empty place for each one missing between two of them, so that a hole is seen as long as it was. */
export function withHoles(bars: readonly Bar[], intervalMinutes: number): readonly (Bar | { readonly time: number })[] {
  const step = intervalMinutes * 60
  return bars.flatMap((bar, i) => {
    const since = bars[i - 1]?.time ?? bar.time
    const missing = Math.min(holesMost, Math.round((bar.time - since) / step) - 1)
    const empty = Array.from({ length: Math.max(0, missing) }, (_, n) => ({ time: bar.time - (missing - n) * step }))
    return [...empty, bar]
  })
}

/** Folds live one-minute bars that start in or after the history's last bar into bars of the interval. */
export function withLive(history: readonly Bar[], minutes: readonly Bar[], intervalMinutes: number): readonly Bar[] {
  const last = history.at(-1)
  if (intervalMinutes === 1) return mergeByTime(history, minutes)
  if (!last) return history
  const seconds = intervalMinutes * 60
  const later = minutes.filter(bar => bar.time >= last.time)
  const folded = new Map<number, Bar>([[last.time, last]])
  for (const bar of later) {
    const time = bar.time - (bar.time % seconds)
    folded.set(time, fold(folded.get(time), { ...bar, time }))
  }
  return mergeByTime(history, [...folded.values()])
}

/** Volume of the running bar stays as the platform told it: a minute may be in it already. */
function fold(bar: Bar | undefined, next: Bar): Bar {
  if (!bar) return next
  return { ...bar, high: Math.max(bar.high, next.high), low: Math.min(bar.low, next.low), close: next.close }
}

function mergeByTime(known: readonly Bar[], later: readonly Bar[]): readonly Bar[] {
  const byTime = new Map([...known, ...later].map(bar => [bar.time, bar]))
  return [...byTime.values()].sort((a, b) => a.time - b.time)
}
