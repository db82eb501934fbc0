import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { answer, api } from '../api/client'
import { type Problem, problemOf } from '../api/problem'
import type { Book, Market, OrderReference } from '../api/types'
import { format, formatText, isCash, placesOf } from '../decimal/format'
import { usePool } from '../portfolio/PoolProvider'
import { Button } from '../ui/Button'
import { Refused } from '../ui/Refused'
import { amountField, type Draft, type FieldErrors } from './draft'
import { estimate } from './estimate'
import type { Intent } from './Ticket'
import styles from './Ticket.module.css'

interface Props {
  readonly market: Market
  readonly book: Book | undefined
  readonly draft: Draft
  readonly intent: Intent
  readonly block: string | null
  readonly onAccepted: (reference: OrderReference) => void
  readonly onRefused: (errors: FieldErrors) => void
  readonly onBack: () => void
}

const names = { limit: 'limit', market: 'market', limitMaker: 'post-only limit' }

/** The last look before it is real: no single key places an order. */
export function Review({ market, book, draft, intent, block, onAccepted, onRefused, onBack }: Props) {
  const place = useMutation({
    mutationFn: usePlacing(intent),
    onSuccess: onAccepted,
    onError: error => {
      const field = fieldOf(problemOf(error))
      if (field) onRefused({ [field]: problemOf(error).message })
    },
  })
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => summary.current?.focus(), [])

  const confirm = () => {
    if (!block && !place.isPending) place.mutate()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) confirm()
    if (event.key === 'Escape' && !place.isPending) onBack()
  }
  const problem = place.error ? problemOf(place.error) : null
  const verb = draft.side === 'buy' ? 'Buy' : 'Sell'

  return (
    // A fieldset would draw a frame and needs a legend.
    <div className={styles.form} ref={summary} role="group" aria-label="Review order" tabIndex={-1} onKeyDown={press}>
      <p className={styles.sentence}>
        <strong className={draft.side === 'buy' ? 'up' : 'down'}>{verb}</strong> {amountText(draft, market)} of{' '}
        {market.market} by {names[draft.type]} order
      </p>
      <dl className={styles.sums}>{linesOf(draft, market, book)}</dl>
      {block && (
        <p className={styles.block} role="status">
          {block}
        </p>
      )}
      {problem && (
        <Refused problem={problem}>
          {problem.isUnanswered && (
            <p>Nobody knows yet whether it arrived. Sending again is safe: it stays one order.</p>
          )}
        </Refused>
      )}
      <Button tone={draft.side} isDisabled={block !== null} isPending={place.isPending} onPress={confirm}>
        {place.isPending ? 'Placing…' : problem?.isUnanswered ? 'Send again' : `Place ${verb.toLowerCase()} order`}
        <kbd className={styles.key}>Ctrl ↵</kbd>
      </Button>
      <Button tone="plain" isDisabled={place.isPending} onPress={onBack}>
        Back <kbd>Esc</kbd>
      </Button>
    </div>
  )
}

function usePlacing({ order, key }: Intent): () => Promise<OrderReference> {
  const { poolId } = usePool()
  return () => {
    const params = { path: { poolId }, header: { 'Idempotency-Key': key } }
    return answer(api.POST('/v1/pools/{poolId}/orders', { params, body: order }))
  }
}

function linesOf(draft: Draft, market: Market, book: Book | undefined): ReactNode {
  const { quote, caution } = estimate(draft, market, book)
  const places = isCash(market.quoteAsset) ? 2 : placesOf(market.tickSize)
  const lines: (readonly [string, string])[] = [
    ['Price', draft.type === 'market' ? 'Best in the book' : `${formatText(draft.limitPrice)} ${market.quoteAsset}`],
    [
      'Time in force',
      draft.type === 'limit' ? draft.timeInForce : draft.type === 'market' ? 'At once' : 'GTC, maker only',
    ],
    [
      draft.side === 'buy' ? 'Estimated cost' : 'Estimated proceeds',
      quote ? `${format(quote, places)} ${market.quoteAsset}` : '—',
    ],
  ]
  return (
    <>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {caution && <p className={styles.caution}>{caution}</p>}
    </>
  )
}

function amountText(draft: Draft, market: Market): string {
  const unit = amountField(draft) === 'quantity' ? market.baseAsset : market.quoteAsset
  return `${formatText(draft.amount)} ${unit}`
}

/** The form has a place for these; any other refusal is told where it happened. */
function fieldOf({ field, status }: Problem): keyof FieldErrors | null {
  if (status === 0 || status >= 500) return null
  return (['quantity', 'quoteQuantity', 'limitPrice'] as const).find(one => one === field) ?? null
}
