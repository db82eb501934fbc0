import { useState } from 'react'
import { Link } from 'react-router'
import { problemOf } from '../api/problem'
import type { Chain } from '../api/types'
import { Page } from '../app/Page'
import { RegistryTabs } from '../exchanges/RegistryTabs'
import { Search } from '../ui/Search'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { type Column, Narrow, Table } from '../ui/Table'
import styles from './Chains.module.css'
import { useChains } from './useChains'
import { finalityOf, kinds } from './words'

export function ChainsPage() {
  const [search, setSearch] = useState('')
  return (
    <Page title="Chains" actions={<RegistryTabs />}>
      <Panel title="All chains" actions={<Search label="Find a chain" value={search} onChange={setSearch} />}>
        <Content search={search.trim().toLowerCase()} />
      </Panel>
    </Page>
  )
}

function Content({ search }: { search: string }) {
  const chains = useChains()
  if (chains.error)
    return (
      <Failure what="The chains could not be read." problem={problemOf(chains.error)} onRetry={() => void chains.refetch()} />
    )
  if (!chains.data) return <Skeleton rows={14} />

  const found = chains.data.filter(chain => `${chain.name} ${chain.chainId} ${chain.nativeAsset} ${chain.caip2}`.toLowerCase().includes(search))
  return found.length === 0 ? (
    <Empty title="No chain has this name.">Look for its name, its native asset or its CAIP-2 id.</Empty>
  ) : (
    <Table label="Chains" columns={columns} rows={found} keyOf={chain => chain.chainId} />
  )
}

const columns: readonly Column<Chain>[] = [
  {
    head: 'Chain',
    cell: chain => (
      <>
        <Link to={`/chains/${chain.chainId}/assets`} className={styles.name}>
          {chain.name}
        </Link>
        <Narrow>
          <span className="muted">{chain.caip2}</span>
        </Narrow>
      </>
    ),
  },
  { head: 'Native', cell: chain => chain.nativeAsset },
  { head: 'Kind', only: 'wide', cell: chain => kinds[chain.kind] },
  { head: 'CAIP-2', only: 'wider', cell: chain => <code className={styles.code}>{chain.caip2}</code> },
  {
    head: 'Block time',
    number: true,
    only: 'wide',
    cell: chain => (chain.blockTimeSeconds ? `${chain.blockTimeSeconds} s` : <span className="muted">Not known</span>),
  },
  { head: 'Final after', number: true, only: 'wide', cell: chain => finalityOf(chain.finalityBlocks) },
  { head: 'Assets', number: true, cell: chain => chain.assets },
  { head: 'Exchanges', number: true, only: 'wide', cell: chain => chain.exchanges },
  { head: 'Bridges', number: true, only: 'wide', cell: chain => chain.bridges },
]
