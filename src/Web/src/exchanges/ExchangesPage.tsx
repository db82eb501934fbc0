import { useState } from 'react'
import { Link } from 'react-router'
import { problemOf } from '../api/problem'
import type { Exchange } from '../api/types'
import { Page } from '../app/Page'
import { Badge } from '../ui/Badge'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { type Column, Narrow, Table } from '../ui/Table'
import { Coverage } from './Coverage'
import styles from './ExchangesPage.module.css'
import { RegistryTabs } from './RegistryTabs'
import { Search } from '../ui/Search'
import { useExchanges } from './useExchanges'
import { activities, percentOf, statuses } from './words'

export function ExchangesPage() {
  const [search, setSearch] = useState('')
  return (
    <Page title="Exchanges" actions={<RegistryTabs />}>
      <Panel title="All exchanges" actions={<Search label="Find an exchange" value={search} onChange={setSearch} />}>
        <Content search={search} onClear={() => setSearch('')} />
      </Panel>
    </Page>
  )
}

function Content({ search, onClear }: { search: string; onClear: () => void }) {
  const exchanges = useExchanges()
  if (exchanges.error)
    return (
      <Failure
        what="The exchanges could not be read."
        problem={problemOf(exchanges.error)}
        onRetry={() => void exchanges.refetch()}
      />
    )
  if (!exchanges.data) return <Skeleton rows={11} />

  const found = exchanges.data.filter(exchange => `${exchange.name} ${exchange.exchangeId}`.toLowerCase().includes(search.trim().toLowerCase()))
  if (found.length === 0)
    return (
      <Empty title="No exchange has this name.">
        <button type="button" className={styles.clear} onClick={onClear}>
          Show all exchanges
        </button>
      </Empty>
    )
  return <Table label="Exchanges" columns={columns} rows={found} keyOf={exchange => exchange.exchangeId} />
}

const columns: readonly Column<Exchange>[] = [
  {
    head: 'Exchange',
    cell: exchange => (
      <>
        <span className={styles.name}>
          <Link to={`/exchanges/${exchange.exchangeId}`}>{exchange.name}</Link>
          {exchange.isHome && <Badge tone="open">Pools trade here</Badge>}
        </span>
        <Narrow>
          <Coverage yes={exchange.yes} no={exchange.no} unknown={exchange.unknown} />
        </Narrow>
      </>
    ),
  },
  {
    head: 'Status',
    cell: exchange => <Badge tone={statuses[exchange.status].tone}>{statuses[exchange.status].label}</Badge>,
  },
  {
    head: 'Stopped',
    only: 'wide',
    cell: exchange =>
      exchange.killed.length > 0 ? (
        <span className={styles.killed}>{exchange.killed.map(activity => activities[activity].label).join(', ')}</span>
      ) : (
        <span className="muted">Nothing</span>
      ),
  },
  { head: 'Maker', number: true, only: 'wide', cell: exchange => percentOf(exchange.makerFee) },
  { head: 'Taker', number: true, only: 'wide', cell: exchange => percentOf(exchange.takerFee) },
  {
    head: 'Capabilities',
    only: 'wide',
    cell: exchange => <Coverage yes={exchange.yes} no={exchange.no} unknown={exchange.unknown} />,
  },
  { head: 'Chains', number: true, only: 'wider', cell: exchange => exchange.chains },
]
