import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import type { Account } from '../api/types'
import { notify } from '../app/notices'
import { useProveAgain } from '../danger/useProveAgain'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Panel } from '../ui/Panel'
import { Refused } from '../ui/Refused'
import { Row, Section } from '../ui/Section'
import { removeTotp } from './operations'
import { TotpSetupForm } from './TotpSetupForm'
import { accountKey } from './useAccount'

export function TotpPanel({ account }: { account: Account }) {
  return (
    <Panel
      title="One-time codes"
      actions={<Badge tone={account.hasTotp ? 'done' : 'off'}>{account.hasTotp ? 'On' : 'Off'}</Badge>}
    >
      <Section>{account.hasTotp ? <InUse /> : <NotInUse />}</Section>
    </Panel>
  )
}

function InUse() {
  const queries = useQueryClient()
  const again = useProveAgain()
  const remove = () =>
    again.ask(removeTotp(), () => {
      notify('done', 'One-time codes are off, and every other session has ended.')
      void queries.invalidateQueries({ queryKey: accountKey })
    })
  return (
    <>
      <p className="muted">A sign-in by password takes a code of your authenticator app too.</p>
      <Row>
        <Button tone="danger" onPress={remove}>
          Stop using codes
        </Button>
      </Row>
      {again.dialog}
    </>
  )
}

function NotInUse() {
  const queries = useQueryClient()
  // What it answers is a secret: it is kept by this component alone, and gone with it.
  const begin = useMutation({ mutationFn: () => answer(api.POST('/v1/account/totp')), gcTime: 0 })
  const [isDone, setDone] = useState(false)
  const finish = () => {
    setDone(true)
    notify('done', 'One-time codes are on. The next sign-in by password asks for one.')
    void queries.invalidateQueries({ queryKey: accountKey })
  }
  if (begin.data && !isDone) return <TotpSetupForm setup={begin.data} onDone={finish} onCancel={begin.reset} />
  return (
    <>
      <p className="muted">
        An app on your phone shows a new code every 30 seconds. With it, a stolen password opens nothing.
      </p>
      {begin.error && <Refused problem={problemOf(begin.error)} />}
      <Row>
        <Button isPending={begin.isPending} onPress={() => begin.mutate()}>
          Set up
        </Button>
      </Row>
    </>
  )
}
