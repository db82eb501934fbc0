import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '../api/problem'
import type { ApiKey, CreatedApiKey } from '../api/types'
import { notify } from '../app/notices'
import { Button } from '../ui/Button'
import { TerminalIcon } from '../ui/icons'
import { Item, Items } from '../ui/Items'
import { Panel } from '../ui/Panel'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Time } from '../ui/Time'
import { groupsInWords } from './groups'
import { NewKey } from './NewKey'
import { NewKeyForm } from './NewKeyForm'
import type { KeyOwner } from './owner'

interface Props {
  readonly owner: KeyOwner
  /** Whether the platform would let this person make and revoke them. */
  readonly mayChange: boolean
}

const keysKey = ({ pool }: KeyOwner) => ['apiKeys', pool?.poolId ?? null]

export function ApiKeysPanel({ owner, mayChange }: Props) {
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<CreatedApiKey | null>(null)
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: keysKey(owner), queryFn: ({ signal }) => owner.list(signal) })
  const take = (key: CreatedApiKey) => {
    setMade(key)
    setMaking(false)
    void queries.invalidateQueries({ queryKey: keysKey(owner) })
  }
  const make = mayChange && !isMaking && !made && (
    <Button shape="small" onPress={() => setMaking(true)}>
      Make a key
    </Button>
  )
  return (
    <Panel title="API keys" actions={make}>
      {made && <NewKey made={made} onKept={() => setMade(null)} />}
      {isMaking && <NewKeyForm owner={owner} onMade={take} onClose={() => setMaking(false)} />}
      {keys.error ? (
        <Failure
          what="The keys could not be read."
          problem={problemOf(keys.error)}
          onRetry={() => void keys.refetch()}
        />
      ) : keys.data ? (
        // The form itself says enough while there is none.
        !(isMaking && keys.data.length === 0) && <KeyList keys={keys.data} owner={owner} mayChange={mayChange} />
      ) : (
        <Skeleton rows={3} />
      )}
    </Panel>
  )
}

interface ListProps extends Props {
  readonly keys: readonly ApiKey[]
}

function KeyList({ keys, owner, mayChange }: ListProps) {
  if (keys.length === 0)
    return <Empty title="No API key yet.">With one, a program reads and trades, within what you allow it.</Empty>
  return (
    <Items label="API keys">
      {keys.map(key => (
        <Item
          key={key.name}
          icon={<TerminalIcon />}
          title={key.label}
          badge={<code className="muted">{key.name}</code>}
          actions={mayChange && <RevokeButton apiKey={key} owner={owner} />}
        >
          {groupsInWords(key.groups)}. From {key.networks.length === 0 ? 'anywhere' : key.networks.join(', ')}. Expires{' '}
          <Time at={key.expiresAt} show="day" />, {key.lastUsedAt === null ? 'not used yet' : <>last used <Time at={key.lastUsedAt} /></>}.
        </Item>
      ))}
    </Items>
  )
}

/** It only takes rights away, so that the platform asks for no proof; a slip of the hand is caught here. */
function RevokeButton({ apiKey, owner }: { apiKey: ApiKey; owner: KeyOwner }) {
  const [isSure, setSure] = useState(false)
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => owner.revoke(apiKey.name),
    onSuccess: () => notify('done', `The key ${apiKey.label} is revoked.`),
    onError: error => {
      const problem = problemOf(error)
      notify('failed', `Not revoked: ${problem.message}`, problem.rayId)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keysKey(owner) }),
  })
  return (
    <Button
      tone="danger"
      shape="small"
      aria-label={isSure ? `Really revoke ${apiKey.label}` : `Revoke ${apiKey.label}`}
      isPending={revoke.isPending}
      onPress={() => (isSure ? revoke.mutate() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {isSure ? 'Really revoke?' : 'Revoke'}
    </Button>
  )
}
