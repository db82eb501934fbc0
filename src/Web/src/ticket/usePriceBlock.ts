import type { Book } from '../api/types'
import type { Live } from '../realtime/useLive'
import { useConnection, useTopic } from '../realtime/useTopic'
import { useNow } from '../ui/useNow'
import { killedBecause } from '../market/book/killed'
import { bookTopic } from '../market/topics'
import { usePool } from '../portfolio/PoolProvider'

/** The hub repeats every position each 15 s: longer silence means that the line is dead. */
const silentMs = 20_000

/** Why no order may be placed now; null while prices are current and the pool is open. */
export function usePriceBlock(market: string, book: Live<Book>): string | null {
  const connection = useConnection()
  const stream = useTopic(bookTopic, market)
  const now = useNow()
  const { isClosed } = usePool()
  if (isClosed) return 'Closed: nothing is bought or sold in this pool any more.'
  if (connection.state !== 'live') return 'Paused: prices are stale while the connection is down.'
  if (stream.phase === 'refused') return 'Paused: this market sends no prices.'
  if (stream.phase !== 'live') return 'Waiting for live prices…'
  if (stream.heardAt === null || now - stream.heardAt > silentMs) return 'Paused: no word about prices for 20 s.'
  if (book.value && killedBecause(book.value) !== null) return 'Paused: the data of the venue was stopped.'
  if (book.value?.state === 'desynced') return 'Paused: the book is out of step with the venue.'
  if (book.value?.state === 'stale') return 'Paused: the venue is not heard any more.'
  return null
}
