import { Fragment, useState } from 'react'
import type { Pnl, Position } from '../api/types'
import { decimal, divide, multiply, sign, toText } from '../decimal/decimal'
import { formatAmount, formatText, isCash } from '../decimal/format'
import { Button } from '../ui/Button'
import { ChevronIcon } from '../ui/icons'
import { Scroll } from '../ui/Scroll'
import { Signed } from '../ui/Signed'
import { LotsTable } from './LotsTable'
import styles from './PositionsTable.module.css'

interface Props {
  readonly positions: readonly Position[]
  readonly pnl: Pnl
}

export function PositionsTable({ positions, pnl }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = (asset: string) => {
    const next = new Set(opened)
    if (!next.delete(asset)) next.add(asset)
    setOpened(next)
  }
  return (
    <Scroll className={styles.scroll} label="Positions">
      <table className={styles.table}>
        <caption className="unseen">Positions, values in {pnl.reportingAsset}</caption>
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Quantity</th>
            <th scope="col" className={styles.wide}>
              Available
            </th>
            <th scope="col" className={styles.wide}>
              In orders
            </th>
            <th scope="col" className={styles.wide}>
              Average cost
            </th>
            <th scope="col" className={styles.wide}>
              Mark
            </th>
            <th scope="col">Value</th>
            <th scope="col">Unrealized</th>
            <th scope="col" className={styles.wide}>
              Realized
            </th>
          </tr>
        </thead>
        <tbody>
          {positions.map(position => (
            <Fragment key={position.asset}>
              <PositionRow position={position} pnl={pnl} isOpen={opened.has(position.asset)} onToggle={toggle} />
              {opened.has(position.asset) && (
                <tr className={styles.lots}>
                  <td colSpan={9}>
                    <LotsTable position={position} pnl={pnl} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

interface RowProps {
  readonly position: Position
  readonly pnl: Pnl
  readonly isOpen: boolean
  readonly onToggle: (asset: string) => void
}

function PositionRow({ position, pnl, isOpen, onToggle }: RowProps) {
  const { asset } = position
  const quantity = (text: string) => formatAmount(text, asset)
  const money = (text: string | null) => (text === null ? '—' : formatAmount(text, pnl.reportingAsset))
  return (
    <tr data-asset={asset} data-open={isOpen || undefined}>
      <th scope="row">
        <span className={styles.asset}>
          <span className={styles.toggle}>
            {position.lots.length > 0 && (
              <Button
                tone="quiet"
                shape="small"
                aria-expanded={isOpen}
                aria-label={`Lots of ${asset}`}
                onPress={() => onToggle(asset)}
              >
                <ChevronIcon />
              </Button>
            )}
          </span>
          {asset}
        </span>
      </th>
      <td title={position.quantity}>{quantity(position.quantity)}</td>
      <td className={styles.wide}>{quantity(position.available)}</td>
      <td className={styles.wide}>
        {sign(decimal(position.reserved)) === 0 ? <span className="muted">—</span> : quantity(position.reserved)}
      </td>
      <td className={styles.wide}>
        {position.averageCost === null || isCash(asset) ? (
          <span className="muted">—</span>
        ) : (
          formatText(position.averageCost, 2)
        )}
      </td>
      <td className={styles.wide}>
        {position.mark === null ? <span className="muted">—</span> : formatText(position.mark, isCash(asset) ? 4 : 2)}
      </td>
      <td title={position.value ?? undefined}>{money(position.value)}</td>
      <td>
        <Unrealized position={position} />
      </td>
      <td className={styles.wide}>
        <Signed value={position.realized} />
      </td>
    </tr>
  )
}

function Unrealized({ position: { unrealized, cost } }: { position: Position }) {
  if (unrealized === null) return <span className="muted">—</span>
  if (sign(decimal(cost)) <= 0 || sign(decimal(unrealized)) === 0) return <Signed value={unrealized} />
  const percent = toText(divide(multiply(decimal(unrealized), decimal('100')), decimal(cost), 4))
  return (
    <span className={styles.gain}>
      <Signed value={unrealized} arrow />
      <small>
        <Signed value={percent} unit=" %" />
      </small>
    </span>
  )
}
