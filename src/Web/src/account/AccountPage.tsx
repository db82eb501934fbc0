import { problemOf } from '../api/problem'
import type { Account } from '../api/types'
import { Page } from '../app/Page'
import { ApiKeysPanel } from '../keys/ApiKeysPanel'
import { ownKeys } from '../keys/owner'
import { Panel } from '../ui/Panel'
import { Failure, Skeleton } from '../ui/states'
import styles from './AccountPage.module.css'
import { DeletePanel } from './DeletePanel'
import { PasskeysPanel } from './PasskeysPanel'
import { PasswordPanel } from './PasswordPanel'
import { ProfilePanel } from './ProfilePanel'
import { SessionsPanel } from './SessionsPanel'
import { TotpPanel } from './TotpPanel'
import { useAccount } from './useAccount'

export function AccountPage() {
  const account = useAccount()
  if (account.error)
    return (
      <Page title="Account">
        <Panel title="Account">
          <Failure
            what="Your account could not be read."
            problem={problemOf(account.error)}
            onRetry={() => void account.refetch()}
          />
        </Panel>
      </Page>
    )
  if (!account.data)
    return (
      <Page title="Account">
        <Panel title="Account">
          <Skeleton rows={10} />
        </Panel>
      </Page>
    )
  return <Content account={account.data} />
}

function Content({ account }: { account: Account }) {
  return (
    <Page title="Account" actions={<span className="muted">{account.email}</span>}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <ProfilePanel account={account} />
          <PasswordPanel email={account.email} />
          <TotpPanel account={account} />
          <PasskeysPanel />
        </div>
        <div className={styles.column}>
          <SessionsPanel />
          <ApiKeysPanel owner={ownKeys} mayChange={account.level !== 'guest'} />
          <DeletePanel />
        </div>
      </div>
    </Page>
  )
}
