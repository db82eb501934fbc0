import { useAccount } from '../account/useAccount'
import { type Problem, problemOf } from '../api/problem'
import type { Member } from '../api/types'
import { Page } from '../app/Page'
import { usePool } from '../portfolio/PoolProvider'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { AddMemberPanel } from './AddMemberPanel'
import styles from './MembersPage.module.css'
import { MembersTable } from './MembersTable'
import { PoolTabs } from './PoolTabs'
import { Proposals } from './Proposals'
import { type Rights, rightsOf, viewerOf } from './rights'
import { useMembers } from './useMembers'

export function MembersPage() {
  const pool = usePool()
  return (
    <Page title={pool.name} actions={<PoolTabs />}>
      <Content poolId={pool.poolId} />
    </Page>
  )
}

function Content({ poolId }: { poolId: string }) {
  const account = useAccount()
  const members = useMembers(poolId)
  const error = members.error ?? account.error
  if (error)
    return (
      <Panel title="Members">
        <Unreadable
          problem={problemOf(error)}
          onRetry={() => void Promise.all([members.refetch(), account.refetch()])}
        />
      </Panel>
    )
  if (!members.data || !account.data)
    return (
      <Panel title="Members">
        <Skeleton rows={6} />
      </Panel>
    )
  const viewer = viewerOf(account.data, members.data)
  return <Members members={members.data} viewerId={viewer.userId} rights={rightsOf(viewer, members.data)} />
}

interface Props {
  readonly members: readonly Member[]
  readonly viewerId: string
  readonly rights: Rights
}

function Members({ members, viewerId, rights }: Props) {
  const proposed = members.filter(member => member.proposedLevel !== null)
  const present = members.filter(member => member.level !== 'outsider')
  return (
    <div className={rights.isManager ? styles.columns : styles.column}>
      <div className={styles.column}>
        {proposed.length > 0 && <Proposals proposed={proposed} members={members} rights={rights} />}
        <Panel title="Members">
          <MembersTable members={present} viewerId={viewerId} rights={rights} />
        </Panel>
      </div>
      {rights.isManager && <AddMemberPanel levels={rights.levelsToGive} />}
    </div>
  )
}

function Unreadable({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  if (problem.status === 403)
    return <Empty title="Who is in this pool is for analysts and up.">Ask an owner or a manager for a higher level.</Empty>
  if (problem.status === 404)
    return <Empty title="You are no member of this pool any more.">Ask its owner to invite you again.</Empty>
  return <Failure what="The members could not be read." problem={problem} onRetry={onRetry} />
}
