import { problemOf } from '../../api/problem'
import type { Market, VenueRow, Venues } from '../../api/types'
import { formatSigned, formatText, placesOf } from '../../decimal/format'
import { Badge } from '../../ui/Badge'
import { Panel } from '../../ui/Panel'
import { Empty, Failure, Skeleton } from '../../ui/states'
import { type Column, Table } from '../../ui/Table'
import { useNow } from '../../ui/useNow'
import styles from './VenuesPanel.module.css'
import { books, rateText, useVenues, verdicts } from './venues'

/** The market at every venue that lists it, and which of them make its price. */
export function VenuesPanel({ market }: { market: Market }) {
  const read = useVenues(market.market)
  const isStale = read.data !== undefined && read.isError
  return (
    <Panel
      title="Venues"
      staleSince={isStale ? read.dataUpdatedAt : null}
      actions={read.data && <Index venues={read.data} places={placesOf(market.tickSize)} />}
    >
      {read.error && !read.data ? (
        <Failure what="The venues could not be read." problem={problemOf(read.error)} onRetry={() => void read.refetch()} />
      ) : !read.data ? (
        <Skeleton rows={3} />
      ) : read.data.venues.length === 0 ? (
        <Empty title="No venue lists this market." />
      ) : (
        <Rows venues={read.data} market={market} />
      )}
    </Panel>
  )
}

const qualities: Record<Venues['quality'], string> = {
  none: 'no price',
  firm: 'firm',
  thin: 'few venues',
  disputed: 'disputed',
  stale: 'old',
}

function Index({ venues, places }: { venues: Venues; places: number }) {
  const used = venues.venues.filter(venue => venue.verdict === 'used').length
  return (
    <p className={styles.index}>
      <span className="muted">Index</span>
      <strong>{venues.index === null ? '—' : formatText(venues.index, places)}</strong>
      <span className="muted">
        {qualities[venues.quality]}, {used} of {venues.venues.length}
        {venues.spreadBps !== null && `, spread ${formatSigned(venues.spreadBps, 1)} bp`}
      </span>
    </p>
  )
}

function Rows({ venues, market }: { venues: Venues; market: Market }) {
  const places = placesOf(market.tickSize)
  const price = (text: string | null) => (text === null ? '—' : formatText(text, places))
  const columns: readonly Column<VenueRow>[] = [
    {
      head: 'Venue',
      cell: venue => (
        <>
          <strong>{venue.venue}</strong>
          {venue.isHome && <span className="muted"> orders</span>}
        </>
      ),
    },
    { head: 'Bid', number: true, cell: venue => <Price text={price(venue.bid)} isBest={venue.bid !== null && venue.bid === venues.bestBid} /> },
    { head: 'Ask', number: true, cell: venue => <Price text={price(venue.ask)} isBest={venue.ask !== null && venue.ask === venues.bestAsk} /> },
    { head: 'Bid with fee', number: true, only: 'wide', cell: venue => price(venue.effectiveBid) },
    { head: 'Ask with fee', number: true, only: 'wide', cell: venue => price(venue.effectiveAsk) },
    { head: 'Fee', number: true, only: 'wide', cell: venue => rateText(venue.takerRate) },
    { head: 'Size', number: true, only: 'wider', cell: venue => `${formatText(venue.bidQuantity)} / ${formatText(venue.askQuantity)}` },
    { head: 'Age', number: true, cell: venue => <QuoteAge at={venue.quotedAt} /> },
    { head: 'Weight', number: true, only: 'wide', cell: venue => rateText(venue.weight) },
    {
      head: 'Index',
      cell: venue => (
        <span title={verdicts[venue.verdict][1]}>
          <Badge tone={venue.verdict === 'used' ? 'done' : 'off'}>{verdicts[venue.verdict][0]}</Badge>
          {venue.killedBecause !== null && (
            <span className={styles.reason} title={venue.killedBecause}>
              {venue.killedBecause}
            </span>
          )}
        </span>
      ),
    },
    {
      head: 'Book',
      only: 'wide',
      cell: venue =>
        venue.bookState && <Badge tone={venue.bookState === 'synced' ? 'done' : 'doubt'}>{books[venue.bookState]}</Badge>,
    },
  ]
  return <Table label={`${market.market} at each venue`} rows={venues.venues} keyOf={venue => venue.venue} columns={columns} />
}

function Price({ text, isBest }: { text: string; isBest: boolean }) {
  return isBest ? (
    <strong>
      {text}
      <span className="unseen"> the best</span>
    </strong>
  ) : (
    text
  )
}

function QuoteAge({ at }: { at: string | null }) {
  const now = useNow()
  if (at === null) return <span className="muted">—</span>
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1_000))
  return <span className={seconds > 10 ? styles.old : undefined}>{seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}</span>
}
