import type { Position } from '../api/types'
import styles from './Allocation.module.css'

/** How the pool is spread; a picture only, so floating point will do. */
export function Allocation({ positions }: { positions: readonly Position[] }) {
  const valued = positions
    .map(position => ({ asset: position.asset, value: Number(position.value ?? 0) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
  const total = valued.reduce((sum, { value }) => sum + value, 0)
  if (total === 0) return null
  return (
    <div className={styles.allocation}>
      <div className={styles.bar} aria-hidden="true">
        {valued.map(({ asset, value }) => (
          <span key={asset} style={{ flexGrow: value / total }} />
        ))}
      </div>
      <ul className={styles.legend} aria-label="Share of each asset">
        {valued.map(({ asset, value }) => (
          <li key={asset}>
            {asset} <span className="muted">{((value / total) * 100).toFixed(1)} %</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
