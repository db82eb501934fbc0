import { useEffect } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { type Problem, problemOf } from '../api/problem'
import type { ExchangeDetail } from '../api/types'
import { Page } from '../app/Page'
import { ChainLink } from '../chains/ChainLink'
import { useTopic } from '../realtime/useTopic'
import { Badge } from '../ui/Badge'
import { type Fact, Facts } from '../ui/Facts'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import styles from './ExchangePage.module.css'
import { FlagPanel } from './FlagPanel'
import { KillSwitches } from './KillSwitches'
import { MarketsPanel } from './MarketsPanel'
import { exchangeTopic, useExchange } from './useExchanges'
import { countriesOf, groups, paceOf, percentOf, statuses } from './words'

export function ExchangePage() {
  const { exchangeId = '' } = useParams()
  const exchange = useExchange(exchangeId)
  // What a person stops shows at once; what it was, and why, is read again.
  const { value: standing } = useTopic(exchangeTopic, exchangeId)
  const { refetch } = exchange
  const stopped = standing?.killed.join()
  useEffect(() => {
    if (stopped !== undefined) void refetch()
  }, [stopped, refetch])
  return (
    <Page title={exchange.data?.name ?? exchangeId} actions={<Way />}>
      {exchange.error && !exchange.data ? (
        <Panel title="Exchange">
          <Unreadable problem={problemOf(exchange.error)} onRetry={() => void refetch()} />
        </Panel>
      ) : exchange.data ? (
        <Detail exchange={exchange.data} status={standing?.status ?? exchange.data.status} />
      ) : (
        <Panel title="Exchange">
          <Skeleton rows={14} />
        </Panel>
      )}
    </Page>
  )
}

/** Back to the chain that one came from, or to all exchanges. */
function Way() {
  const [search] = useSearchParams()
  const chain = search.get('chain')
  return (
    <Link to={chain ? `/chains/${chain}/exchanges` : '/exchanges'} className={styles.way}>
      {chain ? 'Back to the chain' : 'All exchanges'}
    </Link>
  )
}

function Detail({ exchange, status }: { exchange: ExchangeDetail; status: ExchangeDetail['status'] }) {
  return (
    <div className={styles.columns}>
      <div className={styles.flags}>
        {groups.map(({ group, label }) => (
          <FlagPanel key={group} title={label} flags={exchange.capabilities.filter(flag => flag.group === group)} />
        ))}
        <div className={styles.markets}>
          <MarketsPanel exchange={exchange} />
        </div>
      </div>
      <div className={styles.side}>
        <Panel title="At a glance" actions={<Badge tone={statuses[status].tone}>{statuses[status].label}</Badge>}>
          <p className={styles.means}>{statuses[status].means}</p>
          <Facts facts={factsOf(exchange)} />
        </Panel>
        <KillSwitches exchange={exchange} />
        <ChainsPanel exchange={exchange} />
      </div>
    </div>
  )
}

const factsOf = (exchange: ExchangeDetail): readonly Fact[] => [
  ['Maker fee', <Sourced key="maker" value={percentOf(exchange.fees.maker)} source={exchange.fees.source} at={exchange.fees.at} />],
  ['Taker fee', <Sourced key="taker" value={percentOf(exchange.fees.taker)} source={exchange.fees.source} at={exchange.fees.at} />],
  ['Who trades more', exchange.fees.isTiered ? 'pays less' : 'not known to pay less'],
  [
    'Rate limit',
    <Sourced key="limit" value={paceOf(exchange.rateLimit.millisecondsPerRequest)} source={exchange.rateLimit.source} at={exchange.rateLimit.at} />,
  ],
  ['Registered in', countriesOf(exchange.countries)],
  ...(exchange.website ? [['Website', <Outside key="site" address={exchange.website} />] as const] : []),
  ['Documentation', <Outside key="docs" address={exchange.documentation} />],
  ...(exchange.feesPage ? [['Fees', <Outside key="fees" address={exchange.feesPage} />] as const] : []),
]

function Sourced({ value, source, at }: { value: string; source: string; at: string }) {
  return <span title={`${source}, ${at}`}>{value}</span>
}

const Outside = ({ address }: { address: string }) => (
  <a href={address} rel="noreferrer" target="_blank">
    {new URL(address).host}
  </a>
)

function ChainsPanel({ exchange }: { exchange: ExchangeDetail }) {
  return (
    <Panel title="Chains">
      {exchange.chains.length === 0 ? (
        <Empty title="Nobody says over which chains it takes and pays." />
      ) : (
        <ul className={styles.chains}>
          {exchange.chains.map(chain => (
            <li key={chain.chain}>
              <ChainLink chainId={chain.chain} facet="exchanges" />
              <span className="muted">{chain.network}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Unreadable({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return problem.status === 404 ? (
    <Empty title="The platform knows no such exchange.">
      <Link to="/exchanges">See all exchanges</Link>
    </Empty>
  ) : (
    <Failure what="The exchange could not be read." problem={problem} onRetry={onRetry} />
  )
}
