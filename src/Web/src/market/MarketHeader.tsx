import type { ReactNode } from 'react'
import type { Market, Ticker } from '../api/types'
import { useTitle } from '../app/Page'
import { formatText, placesOf } from '../decimal/format'
import { useLive } from '../realtime/useLive'
import { Age } from '../ui/Age'
import { Button } from '../ui/Button'
import { DownIcon } from '../ui/icons'
import { Signed } from '../ui/Signed'
import styles from './MarketHeader.module.css'
import { loadTicker, tickerTopic } from './topics'
import { useTick } from './useTick'

interface Props {
  readonly market: Market
  /** The venue is stopped or not heard: what it last said is old, however well the platform is heard. */
  readonly isVenueLost: boolean
  readonly onSearch: () => void
}

export function MarketHeader({ market, isVenueLost, onSearch }: Props) {
  const ticker = useLive(tickerTopic, market.market, () => loadTicker(market.market))
  const places = placesOf(market.tickSize)
  const price = ticker.value?.last ?? null
  const change = ticker.value?.change24hPercent ?? null
  const last = price === null ? '—' : formatText(price, places)
  const tick = useTick(price)
  const staleSince = ticker.staleSince ?? (isVenueLost && ticker.value ? Date.parse(ticker.value.at) : null)
  useTitle(price === null ? market.market : `${last} ${market.market}`)
  return (
    <header className={styles.head}>
      <h1>
        <Button tone="quiet" aria-label={`${market.market}, choose another market`} onPress={onSearch}>
          <span className={styles.name}>
            {market.baseAsset}
            <span className="muted">/{market.quoteAsset}</span>
          </span>
          <DownIcon />
        </Button>
      </h1>
      <p className={styles.last} data-testid="last-price">
        <strong key={last} className={tick > 0 ? styles.rise : tick < 0 ? styles.fall : undefined}>
          {last}
        </strong>
        {change !== null && <Signed value={change} unit=" %" arrow />}
        {staleSince !== null && <Age since={staleSince} />}
      </p>
      <dl className={styles.facts}>{factsOf(market, ticker.value, places)}</dl>
    </header>
  )
}

function factsOf(market: Market, ticker: Ticker | undefined, places: number): ReactNode {
  const price = (text: string | null | undefined) => (text == null ? '—' : formatText(text, places))
  const amount = (text: string | undefined) => (text === undefined ? '—' : formatText(text, 2))
  return [
    ['Bid', price(ticker?.bid)],
    ['Ask', price(ticker?.ask)],
    ['24 h high', price(ticker?.high24h)],
    ['24 h low', price(ticker?.low24h)],
    [`24 h volume ${market.baseAsset}`, amount(ticker?.volume24h)],
    [`24 h volume ${market.quoteAsset}`, amount(ticker?.quoteVolume24h)],
  ].map(([name, value]) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  ))
}
