import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import { type Order, type OrderEvent, pageMost } from '../api/types'
import { usePool } from '../portfolio/PoolProvider'
import { Empty, Failure, Skeleton } from '../ui/states'
import { Time } from '../ui/Time'
import { eventSentence } from './sentences'
import styles from './Timeline.module.css'

/** Every fact about the order, in the order in which it was written down. */
export function Timeline({ order }: { order: Order }) {
  const { poolId } = usePool()
  const { orderId, sequence } = order
  const events = useQuery({
    // The stream brings a new sequence with each change: that is when there is something new to read.
    queryKey: ['order-events', poolId, orderId, sequence],
    queryFn: async ({ signal }) => {
      const params = { path: { poolId, orderId }, query: { after: sequence, limit: pageMost } }
      return (await answer(api.GET('/v1/pools/{poolId}/orders/{orderId}/events', { params, signal }))).items
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (events.error && !events.data)
    return (
      <Failure
        what="The events could not be read."
        problem={problemOf(events.error)}
        onRetry={() => void events.refetch()}
      />
    )
  if (!events.data) return <Skeleton rows={6} />
  if (events.data.length === 0) return <Empty title="Nothing is written down yet." />
  const first = Date.parse(events.data[0]?.at ?? '')
  return (
    <ol className={styles.timeline}>
      {events.data.map(event => (
        <Step key={event.sequence} event={event} order={order} sinceFirstMs={Date.parse(event.at) - first} />
      ))}
    </ol>
  )
}

function Step({ event, order, sinceFirstMs }: { event: OrderEvent; order: Order; sinceFirstMs: number }) {
  return (
    <li className={styles.step} data-kind={kindOf(event.type)}>
      <p className={styles.sentence}>{eventSentence(event, order)}</p>
      <p className={styles.meta}>
        <Time at={event.at} show="precise" />
        <span title="Since the first event">+{sinceFirstMs.toLocaleString('en')} ms</span>
        <span title={event.actor ?? undefined}>by {actorOf(event)}</span>
        <span title="Place in the log of all events">#{event.sequence}</span>
      </p>
      <details className={styles.raw}>
        <summary>
          <code>{event.type}</code> version {event.version}
        </summary>
        {/* What scrolls must be reachable by keyboard. */}
        <pre tabIndex={0}>{JSON.stringify(event.data, null, 2)}</pre>
        {event.rayId && (
          <p className="muted">
            Ray <code>{event.rayId}</code>
          </p>
        )}
      </details>
    </li>
  )
}

/** A user's id is long: its beginning will do, all of it is on hover. */
const actorOf = ({ actor }: OrderEvent): string =>
  actor === null ? 'the platform' : /^[0-9a-f-]{36}$/.test(actor) ? `user ${actor.slice(0, 8)}` : actor

function kindOf(type: string): 'fill' | 'doubt' | 'failed' | 'plain' {
  if (type === 'fill_recorded' || type === 'order_filled') return 'fill'
  if (type === 'order_doubted') return 'doubt'
  return /rejected|denied|refused/.test(type) ? 'failed' : 'plain'
}
