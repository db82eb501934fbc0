import type { Account } from '../api/types'
import { Facts } from '../ui/Facts'
import { Note } from '../ui/Note'
import { Panel } from '../ui/Panel'
import { Section } from '../ui/Section'
import { kycLevels, plans, platformLevels, protectionOf } from './words'

export function ProfilePanel({ account }: { account: Account }) {
  const [level, means] = platformLevels[account.level]
  return (
    <Panel title="Profile">
      <Facts
        facts={[
          ['Email', account.email],
          [
            'Level',
            <>
              {level} <span className="muted">· {means}</span>
            </>,
          ],
          ['Plan', plans[account.plan]],
          ['Identity', kycLevels[account.kyc]],
        ]}
      />
      {account.level === 'guest' && (
        <Section>
          <Note>Follow the link in the letter we sent you: until then you can neither join a pool nor make keys.</Note>
        </Section>
      )}
      {protectionOf(account) === 'password' && (
        <Section>
          <Note>Your password alone protects this account. One-time codes or a passkey make it hard to steal.</Note>
        </Section>
      )}
    </Panel>
  )
}
