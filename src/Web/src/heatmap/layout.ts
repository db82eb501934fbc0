import { hierarchy, treemap } from 'd3-hierarchy'
import type { HeatmapTile } from '../api/types'
import { areaOf, type SizeMode } from './modes'

export interface Box {
  readonly tile: HeatmapTile
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface Node {
  readonly tile?: HeatmapTile
  readonly children?: readonly Node[]
}

/** Tiles as large as they weigh, nearly square, the largest first; what has no size has no box. */
export function layOut(tiles: readonly HeatmapTile[], size: SizeMode, width: number, height: number): readonly Box[] {
  const weigh = (node: Node) => (node.tile ? (areaOf(node.tile, size) ?? 0) : 0)
  const root = hierarchy<Node>({ children: tiles.filter(tile => areaOf(tile, size)).map(tile => ({ tile })) }, node => node.children)
    .sum(weigh)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return treemap<Node>()
    .size([width, height])
    .paddingInner(2)
    .round(true)(root)
    .leaves()
    .flatMap(({ data, x0, y0, x1, y1 }) =>
      data.tile ? [{ tile: data.tile, left: x0, top: y0, width: x1 - x0, height: y1 - y0 }] : [],
    )
}
