import type { HeatmapTile } from '../api/types'
import { Signed } from '../ui/Signed'
import { type Column, Table } from '../ui/Table'
import { priceText, sumText, windows } from './modes'

/** The same as the map, in rows. */
export function AssetTable({ tiles, reference }: { tiles: readonly HeatmapTile[]; reference: string }) {
  return <Table label={`Assets in ${reference}`} rows={tiles} keyOf={tile => tile.asset} columns={columns} />
}

const columns: readonly Column<HeatmapTile>[] = [
  { head: 'Rank', number: true, cell: tile => tile.rank },
  { head: 'Asset', cell: tile => <strong>{tile.asset}</strong> },
  { head: 'Price', number: true, cell: tile => <span title={tile.price}>{priceText(tile.price)}</span> },
  ...windows.map(
    (window): Column<HeatmapTile> => ({
      head: window.label,
      number: true,
      ...(window.value === 'day' ? {} : { only: 'wide' }),
      cell: tile => <Change basisPoints={tile.changes[window.value]} />,
    }),
  ),
  { head: 'Volume 24h', number: true, cell: tile => <span title={tile.volume24h}>{sumText(tile.volume24h)}</span> },
  { head: 'Dominance', number: true, only: 'wide', cell: tile => `${Number(tile.dominance).toFixed(2)} %` },
  { head: 'Market cap', number: true, only: 'wider', cell: tile => sumText(tile.marketCap) },
  { head: 'Depth ±1 %', number: true, only: 'wider', cell: tile => sumText(tile.depth) },
]

function Change({ basisPoints }: { basisPoints: number | null }) {
  return basisPoints === null ? <span className="muted">—</span> : <Signed value={(basisPoints / 100).toFixed(2)} unit=" %" arrow />
}
