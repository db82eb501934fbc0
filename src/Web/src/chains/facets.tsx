import { Link, useParams } from 'react-router'
import { answer, api } from '../api/client'
import type { ChainAsset, ChainBridge, ChainExchange, ChainMarket, ChainWallet } from '../api/types'
import { statuses } from '../exchanges/words'
import { Badge } from '../ui/Badge'
import { CopyButton } from '../ui/CopyButton'
import { ListPanel, type Question } from '../ui/ListPanel'
import { Empty } from '../ui/states'
import type { Column } from '../ui/Table'
import { ChainLink } from './ChainLink'
import styles from './Chains.module.css'
import { bridgeKinds, shortened } from './words'

const useChainId = (): string => useParams().chainId ?? ''

const asked = (chainId: string, question: Question) => ({ params: { path: { chainId }, query: question } })

const Source = ({ source, at }: { source: string; at: string }) => (
  <span className="muted">
    {source}, {at}
  </span>
)

export function ChainAssets() {
  const chainId = useChainId()
  return (
    <ListPanel<ChainAsset>
      of={['chains', chainId, 'assets']}
      title="Assets"
      columns={assetColumns}
      keyOf={row => row.asset}
      load={question => answer(api.GET('/v1/chains/{chainId}/assets', asked(chainId, question)))}
      empty={<Empty title="No asset of this chain is known." />}
      none={<Empty title="No asset here has this name.">Look for its code, its name or its contract.</Empty>}
    />
  )
}

const assetColumns: readonly Column<ChainAsset>[] = [
  { head: 'Asset', cell: row => <strong>{row.asset}</strong> },
  { head: 'Name', only: 'wide', cell: row => row.name },
  {
    head: 'Contract',
    cell: row =>
      row.contract ? (
        <span className={styles.contract}>
          <code title={row.contract}>{shortened(row.contract)}</code>
          <CopyButton text={row.contract} label={`Copy the contract of ${row.asset}`} />
        </span>
      ) : (
        <Badge tone="open">Native</Badge>
      ),
  },
  { head: 'Decimals', number: true, only: 'wide', cell: row => row.decimals },
  { head: 'Source', only: 'wider', cell: row => <Source {...row} /> },
]

export function ChainMarkets() {
  const chainId = useChainId()
  return (
    <ListPanel<ChainMarket>
      of={['chains', chainId, 'markets']}
      title="Markets"
      columns={marketColumns}
      keyOf={row => row.listingId}
      load={question => answer(api.GET('/v1/chains/{chainId}/markets', asked(chainId, question)))}
      empty={
        <Empty title="No connected exchange trades an asset of this chain.">
          Markets show here once an exchange that lists one is connected.
        </Empty>
      }
      none={<Empty title="No market here has this name.">Look for one of its assets.</Empty>}
    />
  )
}

const marketColumns: readonly Column<ChainMarket>[] = [
  { head: 'Market', cell: row => <Link to={`/markets/${row.market}`}>{row.market}</Link> },
  {
    head: 'On this chain',
    cell: row =>
      ({ base: row.baseAsset, quote: row.quoteAsset, both: `${row.baseAsset} and ${row.quoteAsset}` })[row.onChain],
  },
  { head: 'Exchange', cell: row => <Link to={`/exchanges/${row.exchangeId}?chain=${row.chainId}`}>{row.exchangeId}</Link> },
]

export function ChainExchanges() {
  const chainId = useChainId()
  return (
    <ListPanel<ChainExchange>
      of={['chains', chainId, 'exchanges']}
      title="Exchanges"
      columns={exchangeColumns}
      keyOf={row => row.exchangeId}
      load={question => answer(api.GET('/v1/chains/{chainId}/exchanges', asked(chainId, question)))}
      empty={
        <Empty title="No exchange is known to take or pay over this chain.">
          Nobody says so; that is not the same as that none does.
        </Empty>
      }
      none={<Empty title="No exchange here has this name." />}
    />
  )
}

const exchangeColumns: readonly Column<ChainExchange>[] = [
  { head: 'Exchange', cell: row => <Link to={`/exchanges/${row.exchangeId}?chain=${row.chainId}`}>{row.name}</Link> },
  { head: 'Its name for the network', cell: row => <code>{row.network}</code> },
  { head: 'Status', only: 'wide', cell: row => <Badge tone={statuses[row.status].tone}>{statuses[row.status].label}</Badge> },
  { head: 'Source', only: 'wider', cell: row => <Source {...row} /> },
]

export function ChainBridges() {
  const chainId = useChainId()
  return (
    <ListPanel<ChainBridge>
      of={['chains', chainId, 'bridges']}
      title="Bridges"
      columns={bridgeColumns}
      keyOf={row => row.routeId}
      load={question => answer(api.GET('/v1/chains/{chainId}/bridges', asked(chainId, question)))}
      empty={<Empty title="No bridge from this chain is known." />}
      none={<Empty title="No bridge here has this name.">Look for the bridge, or where it leads.</Empty>}
    />
  )
}

const bridgeColumns: readonly Column<ChainBridge>[] = [
  { head: 'Bridge', cell: row => <strong>{row.name}</strong> },
  { head: 'Leads to', cell: row => <ChainLink chainId={row.toChainId} facet="bridges" /> },
  { head: 'How', only: 'wide', cell: row => <span title={bridgeKinds[row.kind].means}>{bridgeKinds[row.kind].label}</span> },
  {
    head: 'Assets',
    cell: row => (
      <span className={styles.assets}>{row.assets.length > 0 ? row.assets.join(', ') : 'Any token, wrapped'}</span>
    ),
  },
  { head: 'Source', only: 'wider', cell: row => <Source {...row} /> },
]

export function ChainWallets() {
  const chainId = useChainId()
  return (
    <ListPanel<ChainWallet>
      of={['chains', chainId, 'wallets']}
      title="Wallets"
      columns={walletColumns}
      keyOf={row => row.address}
      load={question => answer(api.GET('/v1/chains/{chainId}/wallets', asked(chainId, question)))}
      empty={
        <Empty title="You have no wallet on this chain.">
          Wallets come with custody. Until then the platform holds none, for nobody.
        </Empty>
      }
      none={<Empty title="No wallet here has this name." />}
    />
  )
}

const walletColumns: readonly Column<ChainWallet>[] = [
  { head: 'Wallet', cell: row => row.name },
  { head: 'Address', cell: row => <code title={row.address}>{shortened(row.address)}</code> },
]
