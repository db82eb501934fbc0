import { answer, api } from '../api/client'
import type { AssetDetail, Heatmap, HeatmapTile } from '../api/types'
import type { Topic } from '../realtime/topic'

/** By rank. */
export const tilesTopic = (key: string): Topic<readonly HeatmapTile[]> => ({
  name: `heatmap/${key}`,
  replace: body => upsert([], body as HeatmapTile[]),
  apply: (tiles, body) => upsert(tiles, body as HeatmapTile[]),
})

/** @param at Null for now. */
export const loadHeatmap = (at: string | null): Promise<Heatmap> =>
  answer(api.GET('/v1/heatmap', { params: { query: at === null ? {} : { at } } }))

export const loadAsset = (asset: string, signal: AbortSignal): Promise<AssetDetail> =>
  answer(api.GET('/v1/assets/{asset}', { params: { path: { asset } }, signal }))

function upsert(tiles: readonly HeatmapTile[], changed: readonly HeatmapTile[]): readonly HeatmapTile[] {
  const byAsset = new Map(tiles.map(tile => [tile.asset, tile]))
  for (const tile of changed) byAsset.set(tile.asset, tile)
  return [...byAsset.values()].sort((a, b) => a.rank - b.rank)
}
