import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import type { SignedInSession } from '../api/types'
import { notify } from '../app/notices'
import { signOut } from '../session/renewal'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { DeviceIcon } from '../ui/icons'
import { Item, Items } from '../ui/Items'
import { Panel } from '../ui/Panel'
import { Failure, Skeleton } from '../ui/states'
import { Time } from '../ui/Time'
import { deviceOf, methodsOf } from './words'

const sessionsKey = ['sessions']

export function SessionsPanel() {
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => answer(api.GET('/v1/auth/sessions', { signal })),
  })
  const endOthers = useEnding(() => api.DELETE('/v1/auth/sessions'), 'Every session but this one has ended.')
  const hasOthers = sessions.data?.items.some(each => !each.isCurrent)
  const actions = hasOthers && (
    <Button shape="small" isPending={endOthers.isPending} onPress={() => endOthers.mutate()}>
      End all others
    </Button>
  )
  return (
    <Panel title="Sessions" actions={actions}>
      {sessions.error ? (
        <Failure
          what="Your sessions could not be read."
          problem={problemOf(sessions.error)}
          onRetry={() => void sessions.refetch()}
        />
      ) : sessions.data ? (
        <Items label="Sessions">
          {sessions.data.items.map(each => (
            <SessionItem key={each.sessionId} session={each} />
          ))}
        </Items>
      ) : (
        <Skeleton rows={3} />
      )}
    </Panel>
  )
}

function SessionItem({ session }: { session: SignedInSession }) {
  const { sessionId, isCurrent } = session
  const device = deviceOf(session.device)
  const end = useEnding(
    () => api.DELETE('/v1/auth/sessions/{sessionId}', { params: { path: { sessionId } } }),
    `The session on ${device} has ended.`,
  )
  return (
    <Item
      icon={<DeviceIcon />}
      title={<span title={session.device}>{device}</span>}
      badge={isCurrent && <Badge tone="done">This device</Badge>}
      actions={
        <Button
          tone="danger"
          shape="small"
          aria-label={isCurrent ? 'Sign out on this device' : `End the session on ${device}`}
          isPending={end.isPending}
          onPress={isCurrent ? signOut : () => end.mutate()}
        >
          {isCurrent ? 'Sign out' : 'End'}
        </Button>
      }
    >
      By {methodsOf(session.methods)}, <Time at={session.createdAt} />. Ends by itself <Time at={session.endsAt} />.
    </Item>
  )
}

function useEnding(end: () => Promise<unknown>, text: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: end,
    onSuccess: () => notify('done', text),
    onError: error => {
      const problem = problemOf(error)
      notify('failed', `Not ended: ${problem.message}`, problem.rayId)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  })
}
