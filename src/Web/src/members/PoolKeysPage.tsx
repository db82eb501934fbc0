import { useAccount } from '../account/useAccount'
import { Page } from '../app/Page'
import { ApiKeysPanel } from '../keys/ApiKeysPanel'
import { poolKeys } from '../keys/owner'
import { usePool } from '../portfolio/PoolProvider'
import { PoolTabs } from './PoolTabs'
import { rightsOf, viewerOf } from './rights'
import { useMembers } from './useMembers'

export function PoolKeysPage() {
  const pool = usePool()
  const account = useAccount()
  const members = useMembers(pool.poolId)
  const isManager =
    account.data && members.data && rightsOf(viewerOf(account.data, members.data), members.data).isManager
  return (
    <Page title={pool.name} actions={<PoolTabs />}>
      <ApiKeysPanel owner={poolKeys(pool)} mayChange={isManager ?? false} />
    </Page>
  )
}
