import type { Lot, Pnl, Position } from '../api/types'
import { decimal, multiply, subtract, toText } from '../decimal/decimal'
import { formatText } from '../decimal/format'
import { Signed } from '../ui/Signed'
import { Table } from '../ui/Table'
import { Time } from '../ui/Time'

const source = (acquiredBy: string) => acquiredBy.replaceAll('_', ' ')

/** What the position is made of, in the order in which it would be sold. */
export function LotsTable({ position, pnl }: { position: Position; pnl: Pnl }) {
  const { mark } = position
  return (
    <Table<Lot>
      label={`Lots of ${position.asset}, costs in ${pnl.reportingAsset}`}
      rows={position.lots}
      keyOf={lot => lot.lotId}
      columns={[
        { head: 'Acquired', cell: lot => <Time at={lot.acquiredAt} /> },
        { head: 'By', only: 'wide', cell: lot => <span className="muted">{source(lot.acquiredBy)}</span> },
        { head: 'Remaining', number: true, cell: lot => formatText(lot.remaining) },
        { head: 'Unit cost', number: true, cell: lot => formatText(lot.unitCost, 2) },
        { head: 'Cost', number: true, only: 'wide', cell: lot => formatText(costOf(lot), 2) },
        {
          head: 'Unrealized',
          number: true,
          cell: lot => (mark === null ? '—' : <Signed value={gainOf(lot, mark)} arrow />),
        },
      ]}
    />
  )
}

const costOf = (lot: Lot): string => toText(multiply(decimal(lot.remaining), decimal(lot.unitCost)))

const gainOf = (lot: Lot, mark: string): string =>
  toText(multiply(decimal(lot.remaining), subtract(decimal(mark), decimal(lot.unitCost))))
