import { type ReactNode, useId } from 'react'
import { Link, Outlet, useLocation, useNavigate, useParams } from 'react-router'
import { type Problem, problemOf } from '../api/problem'
import type { ChainDetail } from '../api/types'
import { Page } from '../app/Page'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Tabs } from '../ui/Tabs'
import { ChainLink } from './ChainLink'
import styles from './Chains.module.css'
import { useChain, useChains } from './useChains'
import { elsewhere, facets, finalityOf, kinds } from './words'

/** A chain, and below it one of its five lists; the chain stays while the lists change. */
export function ChainPage() {
  const { chainId = '' } = useParams()
  const chain = useChain(chainId)
  if (chain.error && !chain.data)
    return (
      <Page title={chainId}>
        <Panel title="Chain">
          <Unreadable problem={problemOf(chain.error)} onRetry={() => void chain.refetch()} />
        </Panel>
      </Page>
    )
  return (
    <Page title={chain.data?.name ?? chainId} actions={<Tools chainId={chainId} />}>
      <Panel title="At a glance">{chain.data ? <Strip chain={chain.data} /> : <Skeleton rows={2} />}</Panel>
      <Outlet />
    </Page>
  )
}

function Tools({ chainId }: { chainId: string }) {
  const tabs = facets.map(({ facet, label }) => ({ to: `/chains/${chainId}/${facet}`, label }))
  return (
    <>
      <Tabs label="On this chain" tabs={tabs} />
      <span className={styles.tools}>
        <OtherChain chainId={chainId} />
        <Link to="/chains">All chains</Link>
      </span>
    </>
  )
}

function OtherChain({ chainId }: { chainId: string }) {
  const chains = useChains()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const field = useId()
  if (!chains.data) return null
  return (
    <span className={styles.switch}>
      <label htmlFor={field}>Chain</label>
      <select id={field} value={chainId} onChange={event => void navigate(elsewhere(pathname, event.target.value))}>
        {chains.data.map(chain => (
          <option key={chain.chainId} value={chain.chainId}>
            {chain.name}
          </option>
        ))}
      </select>
    </span>
  )
}

interface Known {
  readonly source: string
  readonly at: string
}

function Strip({ chain }: { chain: ChainDetail }) {
  const facts: readonly (readonly [name: string, value: ReactNode, from?: Known | null])[] = [
    ['CAIP-2', <code key="caip2">{chain.caip2}</code>],
    ['Kind', kinds[chain.kind]],
    ['Native asset', `${chain.native.asset}, ${chain.native.decimals} decimals`, chain.native],
    ['Settles on', chain.parent?.value ? <ChainLink key="parent" chainId={chain.parent.value} facet="assets" /> : 'No other known', chain.parent],
    ['Block time', chain.blockTimeSeconds ? `${chain.blockTimeSeconds.value} s` : 'Not known', chain.blockTimeSeconds],
    ['Final after', finalityOf(chain.finalityBlocks?.value), chain.finalityBlocks],
    ['Explorer', chain.explorer?.value ? <Outside address={chain.explorer.value} /> : 'Not known', chain.explorer],
    ['Public node', chain.rpc?.value ? new URL(chain.rpc.value).host : 'Not known', chain.rpc],
  ]
  return (
    <dl className={styles.strip}>
      {facts.map(([name, value, from]) => (
        <div key={name} title={from ? `${from.source}, ${from.at}` : undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Outside = ({ address }: { address: string }) => (
  <a href={address} rel="noreferrer" target="_blank">
    {new URL(address).host}
  </a>
)

function Unreadable({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return problem.status === 404 ? (
    <Empty title="The platform knows no such chain.">
      <Link to="/chains">See all chains</Link>
    </Empty>
  ) : (
    <Failure what="The chain could not be read." problem={problem} onRetry={onRetry} />
  )
}
