import { Link } from 'react-router'
import type { Trade } from '../api/types'
import { formatAmount, formatText } from '../decimal/format'
import { assetsOf } from '../market/markets'
import { SideLabel } from '../orders/SideLabel'
import { type Column, Narrow, Table } from '../ui/Table'
import { Time } from '../ui/Time'

const columns: readonly Column<Trade>[] = [
  { head: '#', only: 'wider', cell: trade => <span className="muted">{trade.number}</span> },
  { head: 'Time', cell: trade => <Time at={trade.executedAt} /> },
  { head: 'Market', cell: marketOf },
  { head: 'Side', only: 'wide', cell: trade => <SideLabel side={trade.side} /> },
  { head: 'Price', number: true, cell: trade => formatText(trade.price) },
  { head: 'Quantity', number: true, cell: trade => formatText(trade.quantity) },
  {
    head: 'Total',
    number: true,
    only: 'wide',
    cell: trade => `${formatAmount(trade.quoteQuantity, assetsOf(trade.market).quote)} ${assetsOf(trade.market).quote}`,
  },
  { head: 'Fee', number: true, only: 'wide', cell: trade => `${formatText(trade.fee.amount)} ${trade.fee.asset}` },
  { head: 'Role', only: 'wider', cell: trade => <span className="muted">{trade.liquidity}</span> },
  { head: 'Order', only: 'wide', cell: trade => <Link to={`/orders/${trade.orderId}`}>Timeline</Link> },
]

export const TradeTable = ({ label, trades }: { label: string; trades: readonly Trade[] }) => (
  <Table label={label} rows={trades} keyOf={trade => trade.executionId} columns={columns} />
)

function marketOf({ market, side }: Trade) {
  return (
    <>
      {market}
      <Narrow>
        <SideLabel side={side} />
      </Narrow>
    </>
  )
}
