import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { problemOf } from '../../api/problem'
import type { Market, Route, RouteAnswer } from '../../api/types'
import { parse, sign } from '../../decimal/decimal'
import { formatAmount, formatSigned, formatText, placesOf } from '../../decimal/format'
import { amountField, type Draft } from '../../ticket/draft'
import { Badge, type BadgeTone } from '../../ui/Badge'
import { Panel } from '../../ui/Panel'
import { Empty, Failure, Skeleton } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import styles from './RoutePanel.module.css'
import { exclusions } from './venues'

const everyMs = 2_000

/** Where what is in the ticket would trade best at once, over the books of all venues. */
export function RoutePanel({ market, draft }: { market: Market; draft: Draft }) {
  const amount = parse(draft.amount)
  const quantity = amount && sign(amount) > 0 && amountField(draft) === 'quantity' ? draft.amount.trim() : null
  const read = useQuery({
    queryKey: ['route', market.market, draft.side, quantity],
    queryFn: ({ signal }) => askRoute(market.market, draft.side, quantity ?? '', signal),
    enabled: quantity !== null,
    refetchInterval: everyMs,
    retry: false,
    placeholderData: keepPreviousData,
  })
  return (
    <Panel title="Best route" actions={quantity !== null && read.data && <Confidence route={read.data.route} />}>
      {quantity === null ? (
        <Empty title="No quantity yet.">
          {amountField(draft) === 'quantity'
            ? 'Type one in the ticket to see where it trades best, with all fees.'
            : `Routes are counted in ${market.baseAsset}: choose it in the ticket.`}
        </Empty>
      ) : read.error ? (
        <Refused error={read.error} onRetry={() => void read.refetch()} />
      ) : !read.data ? (
        <Skeleton rows={4} />
      ) : (
        <Estimate read={read.data} market={market} />
      )}
    </Panel>
  )
}

const askRoute = (market: string, side: Draft['side'], quantity: string, signal: AbortSignal): Promise<RouteAnswer> =>
  answer(api.GET('/v1/markets/{market}/route', { params: { path: { market }, query: { side, quantity } }, signal }))

function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error)
  if (problem.code === 'no_route') return <Empty title="No venue takes it.">{problem.detail}</Empty>
  if (problem.code === 'market_data_unavailable')
    return <Empty title="No book can be believed now.">An estimate from old prices would mislead. It comes back with the books.</Empty>
  return <Failure what="The route could not be estimated." problem={problem} onRetry={onRetry} />
}

const tones: Record<Route['confidence'], BadgeTone> = { high: 'done', medium: 'open', low: 'doubt' }
const confidences: Record<Route['confidence'], string> = {
  high: 'High confidence',
  medium: 'Medium confidence',
  low: 'Low confidence',
}

function Confidence({ route }: { route: Route }) {
  const left = Math.max(0, Math.round((Date.parse(route.expiresAt) - useNow()) / 1_000))
  return (
    <>
      <span className="muted">{left > 0 ? `good for ${left} s` : 'expired'}</span>
      <Badge tone={tones[route.confidence]}>{confidences[route.confidence]}</Badge>
    </>
  )
}

function Estimate({ read: { route, leftOut }, market }: { read: RouteAnswer; market: Market }) {
  const places = placesOf(market.tickSize)
  const cash = (text: string) => `${formatAmount(text, market.quoteAsset)} ${market.quoteAsset}`
  const isShort = parse(route.left)?.units !== 0n
  return (
    <div className={styles.estimate}>
      <p className={styles.total}>
        <span className="muted">{route.side === 'buy' ? 'You pay' : 'You get'}</span> <strong>{cash(route.total)}</strong>
      </p>
      <ol className={styles.legs}>
        {route.legs.map(leg => (
          <li key={leg.venue}>
            <strong>{leg.venue}</strong>
            <span>
              {formatText(leg.quantity)} {market.baseAsset} at {formatText(leg.averagePrice, places)}
            </span>
            <span className="muted">
              limit {formatText(leg.limitPrice, places)}, fee {formatAmount(leg.fee.amount, leg.fee.asset)} {leg.fee.asset}
            </span>
          </li>
        ))}
      </ol>
      <dl className={styles.facts}>
        <div>
          <dt>With all costs</dt>
          <dd>{formatText(route.effectivePrice, places)}</dd>
        </div>
        {route.slippageBps !== null && (
          <div>
            <dt>From the middle</dt>
            <dd>{formatSigned(route.slippageBps, 2)} bp</dd>
          </div>
        )}
        {route.bestSingle !== null && route.gain !== null && (
          <div>
            <dt>Against {route.bestSingle.venue} alone</dt>
            <dd>{sign(parse(route.gain) ?? { units: 0n, scale: 0 }) > 0 ? `saves ${cash(route.gain)}` : 'the same'}</dd>
          </div>
        )}
      </dl>
      {isShort && (
        <p className={styles.caution}>
          {formatText(route.left)} {market.baseAsset} find no place: less than a lot, or more than the books hold.
        </p>
      )}
      {leftOut.length > 0 && (
        <ul className={styles.left}>
          {leftOut.map(left => (
            <li key={left.venue}>
              {left.venue} {exclusions[left.reason]}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
