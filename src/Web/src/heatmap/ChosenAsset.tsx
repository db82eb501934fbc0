import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { HeatmapTile } from '../api/types'
import { Badge } from '../ui/Badge'
import { dayText } from '../ui/timeText'
import styles from './HeatmapPage.module.css'
import { changeText, priceText, sumText, windows } from './modes'
import { loadAsset } from './topics'

interface Props {
  readonly tile: HeatmapTile
  readonly reference: string
  readonly isNow: boolean
}

/** All that is known of one asset, and the way to its markets. */
export function ChosenAsset({ tile, reference, isNow }: Props) {
  return (
    <aside className={styles.chosen} aria-label={tile.asset}>
      <p className={styles.name}>
        <strong>{tile.asset}</strong> <span className="muted">#{tile.rank}</span>
        <Badge tone={tile.quality === 'firm' ? 'done' : tile.quality === 'thin' ? 'open' : 'doubt'}>{qualities[tile.quality]}</Badge>
      </p>
      <dl>
        {[
          ['Price', `${priceText(tile.price)} ${reference}`],
          ...windows.map(window => [window.label, changeText(tile.changes[window.value])]),
          ['Volume 24h', sumText(tile.volume24h)],
          ['Dominance', `${Number(tile.dominance).toFixed(2)} %`],
          ['Market cap', sumText(tile.marketCap)],
          ['Depth ±1 %', sumText(tile.depth)],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {isNow && tile.marketCap !== null && <Supply asset={tile.asset} />}
      </dl>
      <p>
        {tile.quotes.map(quote => (
          <Link key={quote} to={`/markets/${tile.asset}-${quote}`}>
            {tile.asset}-{quote}
          </Link>
        ))}
      </p>
    </aside>
  )
}

/** How much of it there is, and who says so. */
function Supply({ asset }: { asset: string }) {
  const { data } = useQuery({ queryKey: ['assets', asset], queryFn: ({ signal }) => loadAsset(asset, signal) })
  if (!data?.supply) return null
  return (
    <div>
      <dt>Supply</dt>
      <dd>
        {sumText(data.supply.circulating)}{' '}
        <span className="muted">
          {data.supply.source}, {dayText(new Date(data.supply.at))}
        </span>
      </dd>
    </div>
  )
}

const qualities: Record<HeatmapTile['quality'], string> = {
  firm: 'Firm price',
  thin: 'Few venues',
  disputed: 'Disputed',
  stale: 'Old price',
  none: 'No price now',
}
