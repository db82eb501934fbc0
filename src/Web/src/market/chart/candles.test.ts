import { describe, expect, it } from 'vitest'
import { type Bar, pendingOf, shownOf, upsertCandles, withHoles, withLive } from './candles'

const bar = (time: number, close: number, volume = 1): Bar => ({
  time,
  open: close,
  high: close + 1,
  low: close - 1,
  close,
  volume,
})
const candle = (minute: string, close: string) => ({
  openTime: `2026-01-01T00:${minute}:00Z`,
  open: close,
  high: close,
  low: close,
  close,
  volume: '1',
  isFilledForward: false,
})

describe('candles', () => {
  it('draws what is known and leaves a hole where nothing is', () => {
    const known = { ...candle('01', '2'), start: '2026-01-01T00:01:00Z', quoteVolume: null, trades: null, state: 'traded' as const, isFilled: false, revision: 0 }
    expect(shownOf(known)).toMatchObject([{ close: 2, volume: 1 }])
    expect(shownOf({ ...known, open: null, high: null, low: null, close: null, volume: null, state: 'missing' })).toEqual([])
  })

  it('draws no price carried on over what is missing', () => {
    const carried = { ...candle('01', '2'), start: '2026-01-01T00:01:00Z', quoteVolume: null, trades: null, isFilled: true, revision: 0 }
    expect(shownOf({ ...carried, state: 'missing' })).toEqual([])
    expect(shownOf({ ...carried, state: 'empty' })).toHaveLength(1)
  })

  it('knows which bars may still come from the node that writes them', () => {
    const items = (['missing', 'traded', 'missing', 'missing'] as const).map((state, minute) => ({
      ...candle(`0${minute}`, '2'), start: `2026-01-01T00:0${minute}:00Z`, quoteVolume: null, trades: null, state, isFilled: false, revision: 0,
    }))
    expect(pendingOf({ items, pendingFrom: '2026-01-01T00:01:07Z' })).toEqual(['02', '03'].map(minute => Date.parse(`2026-01-01T00:${minute}:00Z`) / 1_000))
    expect(pendingOf({ items, pendingFrom: null })).toEqual([])
  })

  it('keeps a place for each bar that is missing, and for no more than fit', () => {
    expect(withHoles([bar(0, 1), bar(60, 2), bar(240, 3)], 1).map(place => place.time)).toEqual([0, 60, 120, 180, 240])
    expect(withHoles([bar(0, 1), bar(86_400 * 365, 2)], 1)).toHaveLength(502)
    expect(withHoles([], 1)).toEqual([])
  })

  it('keeps one candle a minute, the later word', () => {
    const merged = upsertCandles([candle('01', '1'), candle('02', '2')], [candle('02', '3'), candle('00', '0')])
    expect(merged.map(one => one.close)).toEqual(['0', '1', '3'])
  })

  it('takes live minutes as they are on a one-minute chart', () => {
    expect(withLive([bar(0, 1), bar(60, 2)], [bar(60, 5), bar(120, 6)], 1).map(one => one.close)).toEqual([1, 5, 6])
  })

  it('folds live minutes into the running bar and opens the next one', () => {
    const bars = withLive([bar(0, 10), bar(300, 10)], [bar(240, 99), bar(360, 15), bar(600, 12)], 5)
    expect(bars).toEqual([
      bar(0, 10),
      { time: 300, open: 10, high: 16, low: 9, close: 15, volume: 1 },
      { ...bar(600, 12), time: 600 },
    ])
  })
})
