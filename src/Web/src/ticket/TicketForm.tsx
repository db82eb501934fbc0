import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import type { Book, Market, PlaceOrder } from '../api/types'
import { compare, decimal } from '../decimal/decimal'
import { format, formatText, isCash, placesOf } from '../decimal/format'
import { useAvailable } from '../portfolio/useAvailable'
import { Button } from '../ui/Button'
import { Segments } from '../ui/Segments'
import { TextField } from '../ui/TextField'
import {
  type AmountIn,
  amountField,
  check,
  type Draft,
  type FieldErrors,
  type OrderType,
  type TimeInForce,
} from './draft'
import { amountFor, estimate } from './estimate'
import styles from './Ticket.module.css'

interface Props {
  readonly market: Market
  readonly book: Book | undefined
  readonly draft: Draft
  /** What the platform refused of the last submission. */
  readonly refused: FieldErrors
  readonly block: string | null
  readonly wantsFocus: boolean
  readonly onFocused: () => void
  readonly onDraft: (draft: Draft) => void
  readonly onReview: (order: PlaceOrder) => void
}

const types: readonly { value: OrderType; label: string }[] = [
  { value: 'limit', label: 'Limit' },
  { value: 'market', label: 'Market' },
  { value: 'limitMaker', label: 'Post-only' },
]
const times: readonly { value: TimeInForce; label: string }[] = [
  { value: 'GTC', label: 'GTC' },
  { value: 'IOC', label: 'IOC' },
  { value: 'FOK', label: 'FOK' },
]

export function TicketForm({ market, book, draft, refused, block, wantsFocus, onFocused, onDraft, onReview }: Props) {
  const [tried, setTried] = useState<FieldErrors>({})
  const amount = useRef<HTMLInputElement>(null)
  const field = amountField(draft)
  const spent = draft.side === 'buy' ? market.quoteAsset : market.baseAsset
  const available = useAvailable(spent)
  const errors: FieldErrors = { ...tried, ...refused }

  useEffect(() => {
    if (!wantsFocus) return
    amount.current?.focus()
    onFocused()
  }, [wantsFocus, onFocused])

  const change = (part: Partial<Draft>) => {
    setTried({})
    onDraft({ ...draft, ...part })
  }
  const review = () => {
    const checked = check(draft, market)
    setTried(checked.errors ?? {})
    if (checked.order && !block) onReview(checked.order)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    review()
  }
  const hurry = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) review()
    // Out of the field, so that single keys mean shortcuts again.
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
  }

  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={hurry} noValidate aria-label="Order ticket">
      <Segments
        label="Side"
        value={draft.side}
        onChange={side => change({ side })}
        options={[
          { value: 'buy', label: 'Buy', tone: 'buy' },
          { value: 'sell', label: 'Sell', tone: 'sell' },
        ]}
      />
      <Segments label="Order type" look="tabs" value={draft.type} options={types} onChange={type => change({ type })} />
      {draft.type === 'market' ? (
        <Segments<AmountIn>
          label="Amount in"
          value={draft.amountIn}
          onChange={amountIn => change({ amountIn, amount: '' })}
          options={[
            { value: 'base', label: `Quantity ${market.baseAsset}` },
            { value: 'quote', label: `Amount ${market.quoteAsset}` },
          ]}
        />
      ) : (
        <TextField
          label="Limit price"
          unit={market.quoteAsset}
          inputMode="decimal"
          autoComplete="off"
          value={draft.limitPrice}
          onChange={limitPrice => change({ limitPrice })}
          error={errors.limitPrice}
          hint={`tick ${formatText(market.tickSize)}`}
        />
      )}
      <TextField
        label={field === 'quantity' ? 'Quantity' : 'Amount'}
        unit={field === 'quantity' ? market.baseAsset : market.quoteAsset}
        inputMode="decimal"
        autoComplete="off"
        inputRef={amount}
        value={draft.amount}
        onChange={text => change({ amount: text })}
        error={errors[field]}
        hint={field === 'quantity' ? `lot ${formatText(market.lotSize)}` : `min ${formatText(market.minNotional)}`}
      />
      <Shares
        isDisabled={!available}
        onPick={percent => available && change({ amount: amountFor(percent, decimal(available), draft, market, book) })}
      />
      {draft.type === 'limit' && (
        <div className={styles.row}>
          <span className="muted">Time in force</span>
          <Segments
            label="Time in force"
            look="tabs"
            value={draft.timeInForce}
            options={times}
            onChange={timeInForce => change({ timeInForce })}
          />
        </div>
      )}
      <Sums market={market} book={book} draft={draft} available={available} />
      {block && (
        <p className={styles.block} role="status">
          {block}
        </p>
      )}
      <Button type="submit" tone={draft.side} isDisabled={block !== null}>
        Review {draft.side === 'buy' ? 'buy' : 'sell'} {market.baseAsset} <kbd className={styles.key}>↵</kbd>
      </Button>
    </form>
  )
}

function Shares({ isDisabled, onPick }: { isDisabled: boolean; onPick: (percent: number) => void }) {
  return (
    // A fieldset would draw a frame and needs a legend.
    <div className={styles.shares} role="group" aria-label="Share of the available balance">
      {[25, 50, 75, 100].map(percent => (
        <Button key={percent} shape="small" isDisabled={isDisabled} onPress={() => onPick(percent)}>
          {percent} %
        </Button>
      ))}
    </div>
  )
}

interface SumsProps {
  readonly market: Market
  readonly book: Book | undefined
  readonly draft: Draft
  readonly available: string | null
}

function Sums({ market, book, draft, available }: SumsProps) {
  const { quote, base, caution } = estimate(draft, market, book)
  const isBuy = draft.side === 'buy'
  const spent = isBuy ? quote : base
  const exceeds = spent && available !== null && compare(spent, decimal(available)) > 0
  const quotePlaces = isCash(market.quoteAsset) ? 2 : placesOf(market.tickSize)
  return (
    <dl className={styles.sums}>
      <div>
        <dt>Available</dt>
        <dd>
          {available === null
            ? '—'
            : `${formatText(available, isBuy ? quotePlaces : undefined)} ${isBuy ? market.quoteAsset : market.baseAsset}`}
        </dd>
      </div>
      <div>
        <dt>{isBuy ? 'Estimated cost' : 'Estimated proceeds'}</dt>
        <dd>
          {quote ? `${draft.type === 'market' ? '≈ ' : ''}${format(quote, quotePlaces)} ${market.quoteAsset}` : '—'}
        </dd>
      </div>
      {base && amountField(draft) === 'quoteQuantity' && (
        <div>
          <dt>{isBuy ? 'Buys about' : 'Sells about'}</dt>
          <dd>
            {format(base, placesOf(market.lotSize))} {market.baseAsset}
          </dd>
        </div>
      )}
      {(exceeds || caution) && <p className={styles.caution}>{exceeds ? 'More than is available.' : caution}</p>}
    </dl>
  )
}
