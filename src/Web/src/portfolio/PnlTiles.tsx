import type { ReactNode } from 'react'
import type { Pnl } from '../api/types'
import { add, decimal, divide, multiply, sign, subtract, toText, zero } from '../decimal/decimal'
import { formatAmount } from '../decimal/format'
import { Age } from '../ui/Age'
import { Signed } from '../ui/Signed'
import styles from './PnlTiles.module.css'

export function PnlTiles({ pnl, staleSince }: { pnl: Pnl; staleSince: number | null }) {
  const gain = pnl.equity === null ? null : toText(subtract(decimal(pnl.equity), decimal(pnl.deposits)))
  const unknown = <span className="muted">unknown</span>
  return (
    <section className={styles.tiles} aria-label="Profit and loss" data-stale={staleSince !== null || undefined}>
      <Tile
        name="Equity"
        field="equity"
        note={staleSince === null ? pnl.reportingAsset : <Age since={staleSince} />}
        big
      >
        {pnl.equity === null ? unknown : formatAmount(pnl.equity, pnl.reportingAsset)}
      </Tile>
      <Tile
        name="Total gain"
        field="gain"
        note={gain === null ? 'since deposits' : <Share of={gain} in={pnl.deposits} />}
      >
        {gain === null ? unknown : <Signed value={gain} arrow />}
      </Tile>
      <Tile name="Unrealized" field="unrealized" note="at current marks">
        {pnl.unrealized === null ? unknown : <Signed value={pnl.unrealized} arrow />}
      </Tile>
      <Tile name="Realized" field="realized" note={`by ${pnl.lotMethod.toUpperCase()}`}>
        <Signed value={pnl.realized} arrow />
      </Tile>
      <Tile
        name="Fees"
        field="fees"
        note={pnl.feePolicy === 'capitalized' ? 'within cost and proceeds' : 'as an expense'}
      >
        {formatAmount(feesOf(pnl), pnl.reportingAsset)}
      </Tile>
      <Tile name="Deposits" field="deposits" note={pnl.reportingAsset}>
        {formatAmount(pnl.deposits, pnl.reportingAsset)}
      </Tile>
      {pnl.unmarkedAssets.length > 0 && (
        <p className={styles.unmarked} role="status">
          No price for {pnl.unmarkedAssets.join(', ')}: equity and unrealized wait for one.
        </p>
      )}
    </section>
  )
}

/** All that was paid, at what it was worth then. */
const feesOf = (pnl: Pnl): string => toText(pnl.fees.reduce((sum, fee) => add(sum, decimal(fee.value)), zero))

interface TileProps {
  readonly name: string
  readonly field: string
  readonly note: ReactNode
  readonly big?: boolean
  readonly children: ReactNode
}

function Tile({ name, field, note, big = false, children }: TileProps) {
  return (
    <dl className={`${styles.tile} ${big ? styles.big : ''}`} data-field={field}>
      <dt>{name}</dt>
      <dd className={styles.value}>{children}</dd>
      <dd className={styles.note}>{note}</dd>
    </dl>
  )
}

function Share({ of, in: whole }: { of: string; in: string }) {
  if (sign(decimal(whole)) === 0) return <>since deposits</>
  const percent = divide(multiply(decimal(of), decimal('100')), decimal(whole), 6)
  return (
    <>
      <Signed value={toText(percent)} unit=" %" /> since deposits
    </>
  )
}
