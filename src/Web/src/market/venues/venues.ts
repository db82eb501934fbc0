import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import type { RouteExclusion, VenueRow } from '../../api/types'

const everyMs = 2_000

export const useVenues = (market: string) =>
  useQuery({
    queryKey: ['venues', market],
    queryFn: ({ signal }) => answer(api.GET('/v1/markets/{market}/venues', { params: { path: { market } }, signal })),
    refetchInterval: everyMs,
  })

/** Why a venue's price counts for the index, or not: in short, and in full. */
export const verdicts: Record<VenueRow['verdict'], readonly [short: string, full: string]> = {
  used: ['Counts', 'Its price counts for the index.'],
  killed: ['Killed', 'Somebody of the platform switched it off.'],
  halted: ['Halted', 'The venue does not trade it now.'],
  desynced: ['Stream lost', 'Its stream was lost.'],
  noPrice: ['No trade yet', 'It has told no price yet.'],
  old: ['Old', 'Its last trade is more than three hours old.'],
  quoteCrossed: ['Crossed', 'Its own bid is not below its own ask.'],
  quoteWide: ['Wide', 'Its ask is more than 5 % above its bid.'],
  outsideQuote: ['Off its quote', 'It traded more than 2 % outside its own bid and ask.'],
  outlier: ['Outlier', 'It is too far from the median of all venues.'],
  disputed: ['Disputed', 'Two venues differ by more than 2 %, and this is the further one.'],
  jumpHeld: ['Jumped', 'It jumped by more than 20 %, and waits to be seen again.'],
  jumpRefused: ['Refused', 'It jumped a hundredfold, which a person has to confirm.'],
}

/** Why a venue has no part in a route. */
export const exclusions: Record<RouteExclusion, string> = {
  halted: 'takes no orders now',
  noBook: 'has no book that can be believed',
  staleBook: 'was not heard for 10 s',
  unknownFee: 'does not tell its fee',
  nothingAvailable: 'has nothing on offer',
  underMinimum: 'takes no part that small',
  notNeeded: 'is dearer, with all costs counted',
}

export const books: Record<NonNullable<VenueRow['bookState']>, string> = {
  empty: 'Starting',
  buffering: 'Starting',
  synced: 'Synced',
  stale: 'Stale',
  desynced: 'Lost',
}

/** `0.001` is `0.1 %`; a dash where nobody knows. */
export const rateText = (rate: string | null): string =>
  rate === null ? '—' : `${(Number(rate) * 100).toLocaleString('en', { maximumFractionDigits: 3 })} %`
