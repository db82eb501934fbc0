import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components'
import { useNavigate } from 'react-router'
import type { Market } from '../api/types'
import { formatText, placesOf } from '../decimal/format'
import { useTopic } from '../realtime/useTopic'
import { SearchIcon } from '../ui/icons'
import { Sheet } from '../ui/Sheet'
import { Signed } from '../ui/Signed'
import styles from './MarketSearch.module.css'
import { useMarkets } from './markets'
import { tickerTopic } from './topics'

/** Type, arrow, Enter. */
export function MarketSearch({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const markets = useMarkets()
  const navigate = useNavigate()
  const { contains } = useFilter({ sensitivity: 'base' })
  const go = (market: string) => {
    onClose()
    void navigate(`/markets/${market}`)
  }
  return (
    <Sheet title="Markets" isOpen={isOpen} onClose={onClose}>
      <Autocomplete filter={contains}>
        <SearchField aria-label="Find a market" autoFocus className={styles.field ?? ''}>
          <SearchIcon />
          {/* The list below is what it chooses from: the arrow keys walk it from here, and it has no tab stop of its own. */}
          <Input role="combobox" aria-expanded className={styles.input ?? ''} placeholder="BTC, ETH, USDT…" />
        </SearchField>
        <ListBox
          aria-label="Markets"
          className={styles.list ?? ''}
          items={(markets.data ?? []).map(market => ({ id: market.market, market }))}
          onAction={key => go(String(key))}
          renderEmptyState={() => (
            <p className={styles.none}>{markets.isPending ? 'Loading…' : 'No market has this name.'}</p>
          )}
        >
          {({ id, market }) => (
            <ListBoxItem id={id} textValue={id} className={styles.item ?? ''}>
              <MarketRow market={market} />
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Sheet>
  )
}

function MarketRow({ market }: { market: Market }) {
  const { value } = useTopic(tickerTopic, market.market)
  return (
    <>
      <strong>{market.market}</strong>
      <span className={`muted ${styles.venue}`}>{market.venue}</span>
      <span className="number">{value?.last ? formatText(value.last, placesOf(market.tickSize)) : '—'}</span>
      <span className="number">
        {value?.change24hPercent && <Signed value={value.change24hPercent} unit=" %" arrow />}
      </span>
    </>
  )
}
