import { useCallback, useState } from 'react'
import type { Book, Market, OrderReference, PlaceOrder } from '../api/types'
import type { Live } from '../realtime/useLive'
import { Panel } from '../ui/Panel'
import { type Draft, emptyDraft, type FieldErrors } from './draft'
import { Outcome } from './Outcome'
import { Review } from './Review'
import { TicketForm } from './TicketForm'
import { usePriceBlock } from './usePriceBlock'

interface Props {
  readonly market: Market
  readonly book: Live<Book>
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  /** Grows each time a key asks for the ticket. */
  readonly focusWish: number
}

/** One submission: sent again with the same key until it is answered, so that it is one order. */
export interface Intent {
  readonly order: PlaceOrder
  readonly key: string
}

export function Ticket({ market, book, draft, onDraft, focusWish }: Props) {
  const [intent, setIntent] = useState<Intent | null>(null)
  const [refused, setRefused] = useState<FieldErrors>({})
  const [placed, setPlaced] = useState<OrderReference | null>(null)
  const [wantsFocus, setWantsFocus] = useState(false)
  const [lastWish, setLastWish] = useState(focusWish)
  const block = usePriceBlock(market.market, book)

  if (focusWish !== lastWish) {
    setLastWish(focusWish)
    setWantsFocus(true)
  }
  const focused = useCallback(() => setWantsFocus(false), [])
  const returnToForm = () => {
    setIntent(null)
    setWantsFocus(true)
  }

  const review = (order: PlaceOrder) => {
    setRefused({})
    setPlaced(null)
    setIntent({ order, key: crypto.randomUUID() })
  }
  const accept = (reference: OrderReference) => {
    setIntent(null)
    setPlaced(reference)
    onDraft({ ...emptyDraft, side: draft.side, type: draft.type, amountIn: draft.amountIn })
  }
  const refuse = (errors: FieldErrors) => {
    returnToForm()
    setRefused(errors)
  }

  return (
    <Panel title={intent ? 'Review order' : 'Order ticket'}>
      {intent ? (
        <Review
          market={market}
          book={book.value}
          draft={draft}
          intent={intent}
          block={block}
          onAccepted={accept}
          onRefused={refuse}
          onBack={returnToForm}
        />
      ) : (
        <TicketForm
          market={market}
          book={book.value}
          draft={draft}
          refused={refused}
          block={block}
          wantsFocus={wantsFocus}
          onFocused={focused}
          onDraft={next => {
            setRefused({})
            onDraft(next)
          }}
          onReview={review}
        />
      )}
      {placed && !intent && <Outcome reference={placed} />}
    </Panel>
  )
}
