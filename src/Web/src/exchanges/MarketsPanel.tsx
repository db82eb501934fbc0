import { Link } from 'react-router'
import { answer, api } from '../api/client'
import type { ExchangeDetail, ListedMarket } from '../api/types'
import { formatText } from '../decimal/format'
import { Badge } from '../ui/Badge'
import { ListPanel } from '../ui/ListPanel'
import { Empty } from '../ui/states'
import type { Column } from '../ui/Table'
import { Time } from '../ui/Time'

/** What the exchange lists, and the rules that orders keep to there now. */
export function MarketsPanel({ exchange: { exchangeId, isHome } }: { exchange: ExchangeDetail }) {
  return (
    <ListPanel<ListedMarket>
      of={['exchanges', exchangeId, 'markets']}
      title="Markets"
      columns={[isHome ? traded : named, ...rules]}
      keyOf={row => row.market}
      load={query =>
        answer(api.GET('/v1/exchanges/{exchangeId}/markets', { params: { path: { exchangeId }, query: { ...query, sort: 'market' } } }))
      }
      empty={
        <Empty title="No market of this exchange is recorded.">
          Markets and their rules are recorded from the day on which it is connected.
        </Empty>
      }
      none={<Empty title="No market here has this name." />}
    />
  )
}

const endOf = ({ endsAt }: ListedMarket) =>
  endsAt && (
    <Badge tone="doubt">
      Ends <Time at={endsAt} />
    </Badge>
  )

const named: Column<ListedMarket> = {
  head: 'Market',
  cell: row => (
    <>
      <strong>{row.market}</strong> {row.isListed ? endOf(row) : <Badge tone="off">Delisted</Badge>}
    </>
  ),
}

/** Only the markets where pools trade have a page. */
const traded: Column<ListedMarket> = {
  head: 'Market',
  cell: row =>
    row.isListed ? (
      <>
        <Link to={`/markets/${row.market}`}>{row.market}</Link> {endOf(row)}
      </>
    ) : (
      named.cell(row)
    ),
}

const ruleOf = (text: string | null) => (text === null ? '—' : formatText(text))

const rules: readonly Column<ListedMarket>[] = [
  { head: 'Tick size', number: true, cell: row => ruleOf(row.tickSize) },
  { head: 'Lot size', number: true, cell: row => ruleOf(row.lotSize) },
  { head: 'Least quantity', number: true, only: 'wide', cell: row => ruleOf(row.minQuantity) },
  { head: 'Least notional', number: true, only: 'wide', cell: row => ruleOf(row.minNotional) },
  { head: 'Since', only: 'wider', cell: row => (row.effectiveFrom ? <Time at={row.effectiveFrom} /> : '—') },
]
