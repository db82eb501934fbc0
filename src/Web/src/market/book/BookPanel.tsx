import { memo } from 'react'
import type { Book, Market } from '../../api/types'
import { decimal, divide, multiply, toText } from '../../decimal/decimal'
import { format, formatText, placesOf } from '../../decimal/format'
import type { Live } from '../../realtime/useLive'
import { Panel } from '../../ui/Panel'
import { Empty, Failure, Skeleton } from '../../ui/states'
import styles from './BookPanel.module.css'
import { type BookRow, rowsOf, spreadOf } from './bookRows'
import { killedBecause } from './killed'

const levelsShown = 14

interface Props {
  readonly market: Market
  readonly book: Live<Book>
  /** A level was chosen: its price goes to the ticket. */
  readonly onPick: (price: string) => void
}

export function BookPanel({ market, book, onPick }: Props) {
  return (
    <Panel title="Order book" staleSince={book.staleSince} className={styles.panel}>
      <Content market={market} book={book} onPick={onPick} />
    </Panel>
  )
}

function Content({ market, book, onPick }: Props) {
  if (book.problem) return <Failure what="The book could not be read." problem={book.problem} onRetry={book.retry} />
  if (!book.value) return <Skeleton rows={14} />
  if (book.value.state === 'buffering') return <Skeleton rows={14} />
  if (book.value.state === 'empty') return <Empty title="The book is empty.">Place a limit order to open it.</Empty>
  const places = { price: placesOf(market.tickSize), quantity: placesOf(market.lotSize) }
  const killed = killedBecause(book.value)
  const asks = rowsOf(book.value.asks, levelsShown)
  const bids = rowsOf(book.value.bids, levelsShown)
  return (
    <div className={styles.book}>
      {book.value.state === 'desynced' && (
        <p className={styles.warning}>
          {killed === null ? 'Out of step with the venue; being read anew.' : `Its data was stopped: ${killed}`}
        </p>
      )}
      {book.value.state === 'stale' && <p className={styles.warning}>The venue is not heard any more; this is how it last was.</p>}
      <div className={styles.heads} aria-hidden="true">
        <span>Price {market.quoteAsset}</span>
        <span>Quantity {market.baseAsset}</span>
        <span>Total</span>
      </div>
      <ul className={`${styles.side} ${styles.asks}`} aria-label="Asks">
        {asks.map((row, level) => (
          <Level
            // A row is a place in the book, and its price moves through it.
            key={level}
            side="ask"
            {...row}
            total={format(row.total, places.quantity)}
            places={places}
            onPick={onPick}
          />
        ))}
      </ul>
      <Middle book={book.value} places={places.price} />
      <ul className={styles.side} aria-label="Bids">
        {bids.map((row, level) => (
          <Level
            // A row is a place in the book, and its price moves through it.
            key={level}
            side="bid"
            {...row}
            total={format(row.total, places.quantity)}
            places={places}
            onPick={onPick}
          />
        ))}
      </ul>
    </div>
  )
}

interface LevelProps extends Omit<BookRow, 'total'> {
  readonly side: 'ask' | 'bid'
  readonly total: string
  readonly places: { price: number; quantity: number }
  readonly onPick: (price: string) => void
}

const Level = memo(
  function Level({ side, price, quantity, total, depth, places, onPick }: LevelProps) {
    const shown = formatText(price, places.price)
    return (
      <li>
        <button
          type="button"
          className={`${styles.level} ${styles[side]}`}
          style={{ '--depth': `${(depth * 100).toFixed(1)}%` } as React.CSSProperties}
          aria-label={`${side} ${shown}, ${quantity}: use this price`}
          // One tab stop for the whole book: the ticket takes prices by keyboard.
          tabIndex={-1}
          onClick={() => onPick(price)}
        >
          <span className={side === 'ask' ? 'down' : 'up'}>{shown}</span>
          <span>{formatText(quantity, places.quantity)}</span>
          <span className="muted">{total}</span>
        </button>
      </li>
    )
  },
  (a, b) =>
    a.price === b.price &&
    a.quantity === b.quantity &&
    a.total === b.total &&
    a.depth === b.depth &&
    a.onPick === b.onPick,
)

function Middle({ book, places }: { book: Book; places: number }) {
  const spread = spreadOf(book)
  if (!spread) return <p className={styles.middle}>{book.bids.length + book.asks.length === 0 ? 'No quotes' : 'One side only'}</p>
  const points = divide(multiply(spread.absolute, decimal('10000')), spread.mid, 2)
  return (
    <p className={styles.middle}>
      <strong title="Middle of best bid and best ask">{format(spread.mid, places)}</strong>
      <span className="muted">
        Spread {toText(spread.absolute)} · {toText(points)} bp
      </span>
    </p>
  )
}
