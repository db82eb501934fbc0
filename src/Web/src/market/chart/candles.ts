import type { Candle, Interval, MarketBar } from '../../api/types'

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

/** A stored bar as it is drawn; none where nobody knows what it was. */
export function shownOf({ start, open, high, low, close, volume }: MarketBar): readonly Bar[] {
  if (open === null || high === null || low === null || close === null) return []
  return [barOf({ openTime: start, open, high, low, close, volume: volume ?? '0', isFilledForward: false })]
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
