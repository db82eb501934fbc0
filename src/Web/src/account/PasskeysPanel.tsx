import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import { type Passkey, pageMost } from '../api/types'
import { notify } from '../app/notices'
import { useProveAgain } from '../danger/useProveAgain'
import { canUsePasskeys, makePasskey } from '../passkeys/webauthn'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { KeyIcon } from '../ui/icons'
import { Item, Items } from '../ui/Items'
import { Panel } from '../ui/Panel'
import { Refused } from '../ui/Refused'
import { Row, Section } from '../ui/Section'
import { Empty, Failure, Skeleton } from '../ui/states'
import { TextField } from '../ui/TextField'
import { Time } from '../ui/Time'
import { addPasskey, removePasskey } from './operations'
import { accountKey } from './useAccount'

const passkeysKey = ['passkeys']

export function PasskeysPanel() {
  const [isAdding, setAdding] = useState(false)
  const passkeys = useQuery({
    queryKey: passkeysKey,
    queryFn: ({ signal }) => answer(api.GET('/v1/account/passkeys', { params: { query: { limit: pageMost } }, signal })),
  })
  const add = canUsePasskeys() && !isAdding && (
    <Button shape="small" onPress={() => setAdding(true)}>
      Add a passkey
    </Button>
  )
  return (
    <Panel title="Passkeys" actions={add}>
      {isAdding && <NewPasskeyForm onClose={() => setAdding(false)} />}
      {passkeys.error ? (
        <Failure
          what="Your passkeys could not be read."
          problem={problemOf(passkeys.error)}
          onRetry={() => void passkeys.refetch()}
        />
      ) : passkeys.data ? (
        // The form itself says enough while there is none.
        !(isAdding && passkeys.data.items.length === 0) && <PasskeyList passkeys={passkeys.data.items} />
      ) : (
        <Skeleton rows={2} />
      )}
    </Panel>
  )
}

function PasskeyList({ passkeys }: { passkeys: readonly Passkey[] }) {
  const changed = useChanged()
  const again = useProveAgain()
  if (passkeys.length === 0)
    return (
      <Empty title="No passkey yet.">
        {canUsePasskeys()
          ? 'Sign in by your fingerprint, face or security key: nothing to remember, nothing to steal.'
          : 'This browser cannot use them.'}
      </Empty>
    )
  const remove = (passkey: Passkey) =>
    again.ask(removePasskey(passkey), () => changed(`The passkey ${passkey.label} signs you in no more.`))
  return (
    <>
      <Items label="Passkeys">
        {passkeys.map(passkey => (
          <Item
            key={passkey.passkeyId}
            icon={<KeyIcon />}
            title={passkey.label}
            badge={passkey.isBackedUp && <Badge tone="open">Synchronized</Badge>}
            actions={
              <Button
                tone="danger"
                shape="small"
                aria-label={`Remove passkey ${passkey.label}`}
                onPress={() => remove(passkey)}
              >
                Remove
              </Button>
            }
          >
            Added <Time at={passkey.createdAt} />
            {passkey.lastUsedAt === null ? ', not used yet' : <>, last used <Time at={passkey.lastUsedAt} /></>}
          </Item>
        ))}
      </Items>
      {again.dialog}
    </>
  )
}

/** First the authenticator makes the passkey, then its owner agrees to that very one. */
function NewPasskeyForm({ onClose }: { onClose: () => void }) {
  const [label, setLabel] = useState('')
  const changed = useChanged()
  const again = useProveAgain()
  const make = useMutation({
    mutationFn: async () => makePasskey(await answer(api.POST('/v1/account/passkeys/options'))),
    onSuccess: made =>
      again.ask(addPasskey({ ...made, label: label.trim() }), () => {
        changed(`The passkey ${label.trim()} signs you in from now on.`)
        onClose()
      }),
  })
  return (
    <Section>
      <Form label="New passkey" onSubmit={() => make.mutate()}>
        <TextField
          label="Name"
          hint="by which you know it again"
          autoComplete="off"
          autoFocus
          maxLength={80}
          value={label}
          onChange={setLabel}
        />
        {make.error && <Refused problem={problemOf(make.error)} />}
        <Row>
          <Button type="submit" tone="primary" isDisabled={label.trim() === ''} isPending={make.isPending}>
            {make.isPending ? 'Waiting for your device…' : 'Make it'}
          </Button>
          <Button onPress={onClose}>Back</Button>
        </Row>
      </Form>
      {again.dialog}
    </Section>
  )
}

/** How one proves it has changed too. */
function useChanged(): (text: string) => void {
  const queries = useQueryClient()
  return text => {
    notify('done', text)
    void queries.invalidateQueries({ queryKey: passkeysKey })
    void queries.invalidateQueries({ queryKey: accountKey })
  }
}
