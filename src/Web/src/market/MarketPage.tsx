import { useCallback, useEffect, useState } from 'react'
import { Navigate, useOutletContext, useParams } from 'react-router'
import { problemOf } from '../api/problem'
import type { Market, Side } from '../api/types'
import type { ShellContext } from '../app/Shell'
import { useShortcuts } from '../app/shortcuts'
import { MyActivity } from '../orders/MyActivity'
import { Holding } from '../portfolio/Holding'
import { useLive } from '../realtime/useLive'
import { Ticket } from '../ticket/Ticket'
import { type Draft, emptyDraft } from '../ticket/draft'
import { Segments } from '../ui/Segments'
import { Empty, Failure, Skeleton } from '../ui/states'
import { BookPanel } from './book/BookPanel'
import { isLost } from './book/killed'
import { ChartPanel } from './chart/ChartPanel'
import { MarketHeader } from './MarketHeader'
import styles from './MarketPage.module.css'
import { lastMarket, rememberMarket, useMarkets } from './markets'
import { TapePanel } from './TapePanel'
import { bookTopic, loadBook } from './topics'
import { RoutePanel } from './venues/RoutePanel'
import { VenuesPanel } from './venues/VenuesPanel'

export const LastMarket = () => <Navigate to={`/markets/${lastMarket()}`} replace />

export function MarketPage() {
  const { market: name = '' } = useParams()
  const markets = useMarkets()
  if (markets.error)
    return (
      <Failure
        what="The markets could not be read."
        problem={problemOf(markets.error)}
        onRetry={() => void markets.refetch()}
      />
    )
  if (!markets.data) return <Skeleton rows={12} />
  const market = markets.data.find(one => one.market === name.toUpperCase())
  if (!market)
    return (
      <main id="content">
        <Empty title={`There is no market ${name}.`}>Press / to find one.</Empty>
      </main>
    )
  return <Terminal key={market.market} market={market} />
}

type View = 'chart' | 'book' | 'tape'

const views: readonly { value: View; label: string }[] = [
  { value: 'chart', label: 'Chart' },
  { value: 'book', label: 'Order book' },
  { value: 'tape', label: 'Trades' },
]

function Terminal({ market }: { market: Market }) {
  const { openSearch } = useOutletContext<ShellContext>()
  const [view, setView] = useState<View>('chart')
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [wish, setWish] = useState({ count: 0 })
  const book = useLive(bookTopic, market.market, () => loadBook(market.market))

  useEffect(() => rememberMarket(market.market), [market.market])
  const pick = useCallback((price: string) => {
    setDraft(known => ({ ...known, type: known.type === 'market' ? 'limit' : known.type, limitPrice: price }))
  }, [])
  const start = (side: Side) => {
    setDraft(known => ({ ...known, side }))
    setWish(({ count }) => ({ count: count + 1 }))
  }
  useShortcuts({ b: () => start('buy'), s: () => start('sell') })

  return (
    <main className={styles.terminal} id="content" data-view={view}>
      <div className={styles.header}>
        <MarketHeader market={market} isVenueLost={isLost(book.value)} onSearch={openSearch} />
      </div>
      <div className={styles.views}>
        <Segments label="View" value={view} options={views} onChange={setView} />
      </div>
      <div className={styles.chart}>
        <ChartPanel market={market} />
      </div>
      <div className={styles.book}>
        <BookPanel market={market} book={book} onPick={pick} />
      </div>
      <div className={styles.tape}>
        <TapePanel market={market} />
      </div>
      <div className={styles.ticket}>
        <Ticket market={market} book={book} draft={draft} onDraft={setDraft} focusWish={wish.count} />
        <Holding market={market} />
      </div>
      <div className={styles.mine}>
        <MyActivity market={market} />
      </div>
      <div className={styles.venues}>
        <VenuesPanel market={market} />
      </div>
      <div className={styles.route}>
        <RoutePanel market={market} draft={draft} />
      </div>
    </main>
  )
}
