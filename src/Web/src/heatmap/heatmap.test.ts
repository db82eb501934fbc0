import { describe, expect, it } from 'vitest'
import type { HeatmapTile } from '../api/types'
import { layOut } from './layout'
import { changeText, priceText, sentenceOf, shadeOf } from './modes'
import { tilesTopic } from './topics'

const tile = (asset: string, rank: number, more: Partial<HeatmapTile> = {}): HeatmapTile => ({
  asset,
  rank,
  price: '64012.5',
  volume24h: String(100 / rank),
  dominance: '10',
  marketCap: null,
  depth: null,
  changes: { now: 0, hour: -150, day: 400, week: null, month: 9_000 },
  quality: 'thin',
  quotes: ['USDT'],
  at: '2026-03-01T12:00:00Z',
  ...more,
})

describe('colours', () => {
  it('grow with the change on a scale of their window and end at its full', () => {
    const one = tile('BTC', 1)
    expect(shadeOf(one, 'now')).toBe(0)
    expect(shadeOf(one, 'hour')).toBe(-2)
    expect(shadeOf(one, 'day')).toBe(2)
    expect(shadeOf(one, 'week')).toBeNull()
    expect(shadeOf(one, 'month')).toBe(4)
  })

  it('are never alone: the label has sign and arrow', () => {
    expect(changeText(124)).toBe('▲ +1.24 %')
    expect(changeText(-5)).toBe('▼ −0.05 %')
    expect(changeText(0)).toBe('0.00 %')
    expect(changeText(null)).toBe('—')
  })
})

describe('sizes', () => {
  it('are areas in proportion, and what has none has no tile', () => {
    const boxes = layOut([tile('A', 1), tile('B', 2), tile('C', 4, { volume24h: '0' })], 'volume24h', 300, 100)
    expect(boxes.map(box => box.tile.asset)).toEqual(['A', 'B'])
    const [a, b] = boxes.map(box => box.width * box.height)
    expect((a ?? 0) / (b ?? 1)).toBeCloseTo(2, 1)
    expect(layOut([tile('A', 1)], 'marketCap', 300, 100)).toEqual([])
  })

  it('never leave the frame nor lie on each other', () => {
    const boxes = layOut(Array.from({ length: 300 }, (_, i) => tile(`T${i}`, i + 1)), 'volume24h', 1200, 700)
    expect(boxes).toHaveLength(300)
    for (const box of boxes) {
      expect(box.left + box.width).toBeLessThanOrEqual(1200)
      expect(box.top + box.height).toBeLessThanOrEqual(700)
      const isClear = boxes.every(
        other =>
          other === box ||
          box.left + box.width <= other.left ||
          other.left + other.width <= box.left ||
          box.top + box.height <= other.top ||
          other.top + other.height <= box.top,
      )
      expect(isClear).toBe(true)
    }
  })
})

describe('texts', () => {
  it('say all that the colour says', () => {
    expect(sentenceOf(tile('BTC', 1), 'volume24h', 'hour', 'USDT')).toBe(
      'BTC, rank 1, 64,012.5 USDT, down 1.50 % in 1 hour, volume 24h 100',
    )
    expect(sentenceOf(tile('BTC', 1), 'price', 'week', 'USDT')).toBe('BTC, rank 1, 64,012.5 USDT, change in 7 days unknown')
  })

  it('have the digits that matter', () => {
    expect(priceText('0.0000213456')).toBe('0.000021346')
    expect(priceText('64012.512345')).toBe('64,012.51')
  })
})

describe('the stream', () => {
  it('changes tiles by asset and keeps them by rank', () => {
    const topic = tilesTopic('assets')
    const first = topic.replace([tile('B', 2), tile('A', 1)])
    const next = topic.apply(first, [tile('B', 1, { price: '2' }), tile('A', 2)])
    expect(topic.name).toBe('heatmap/assets')
    expect(next.map(({ asset, rank }) => [asset, rank])).toEqual([
      ['B', 1],
      ['A', 2],
    ])
  })
})
