import type { Book } from '../../api/types'

const mark = 'killed: '

/** What was said by whoever stopped the data of the venue; null when nobody did. */
export const killedBecause = ({ reason }: Book): string | null =>
  reason?.startsWith(mark) ? reason.slice(mark.length) : null

/** Whether prices of the venue are old by what is known of its book; not while a book is only read anew. */
export const isLost = (book: Book | undefined): boolean =>
  book !== undefined && (book.state === 'stale' || (book.state === 'desynced' && killedBecause(book) !== null))
