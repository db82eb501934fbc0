import { useState } from 'react'
import type { Interval, Market } from '../../api/types'
import { useShortcuts } from '../../app/shortcuts'
import { placesOf } from '../../decimal/format'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { Panel } from '../../ui/Panel'
import { Segments } from '../../ui/Segments'
import { Empty, Failure, Skeleton } from '../../ui/states'
import { Table } from '../../ui/Table'
import { Time } from '../../ui/Time'
import { CandleChart } from './CandleChart'
import styles from './ChartPanel.module.css'
import { type Bar, intervals } from './candles'
import { type Bars, useBars } from './useBars'

const key = 'interval'

export function ChartPanel({ market }: { market: Market }) {
  const [interval, setChosen] = useState<Interval>(remembered)
  const [asTable, setAsTable] = useState(false)
  const choose = (next: Interval) => {
    localStorage.setItem(key, next)
    setChosen(next)
  }
  const bars = useBars(market.market, interval)
  useShortcuts(Object.fromEntries(intervals.map(({ value }, index) => [String(index + 1), () => choose(value)])))
  return (
    <Panel
      title="Chart"
      staleSince={bars.staleSince}
      className={styles.panel}
      actions={
        <>
          <Segments label="Interval" look="tabs" value={interval} options={intervals} onChange={choose} />
          <Button tone="quiet" shape="small" onPress={() => setAsTable(!asTable)}>
            {asTable ? 'Chart' : 'Table'}
          </Button>
        </>
      }
    >
      {bars.isPending && <Note>Some of the newest candles are not stored yet. They appear within minutes.</Note>}
      <Content market={market} interval={interval} read={bars} asTable={asTable} />
    </Panel>
  )
}

interface ContentProps {
  readonly market: Market
  readonly interval: Interval
  readonly read: Bars
  readonly asTable: boolean
}

function Content({ market, interval, read: { bars, problem, retry }, asTable }: ContentProps) {
  const [pointed, setPointed] = useState<{ bar: Bar; spoken: boolean } | null>(null)
  const places = placesOf(market.tickSize)
  if (problem) return <Failure what="The candles could not be read." problem={problem} onRetry={retry} />
  if (!bars) return <Skeleton rows={10} />
  if (bars.length === 0) return <Empty title="No candles yet.">The first one appears with the first trade.</Empty>
  if (asTable) return <BarTable bars={bars} places={places} label={`${market.market} candles, ${interval}`} />
  const shown = pointed?.bar ?? bars.at(-1)
  const label = `${market.market}, candles of ${interval}`
  return (
    <figure className={styles.figure}>
      <figcaption className="unseen">{label}, with volume. The button above shows them as a table.</figcaption>
      {shown && <Legend bar={shown} places={places} spoken={pointed?.spoken ?? false} />}
      <CandleChart
        label={label}
        bars={bars}
        identity={`${market.market} ${interval}`}
        intervalMinutes={intervals.find(one => one.value === interval)?.minutes ?? 1}
        places={places}
        onPoint={(bar, spoken) => setPointed(bar && { bar, spoken })}
      />
    </figure>
  )
}

function Legend({ bar, places, spoken }: { bar: Bar; places: number; spoken: boolean }) {
  const tone = bar.close >= bar.open ? 'up' : 'down'
  const entries = [
    ['O', bar.open.toFixed(places)],
    ['H', bar.high.toFixed(places)],
    ['L', bar.low.toFixed(places)],
    ['C', bar.close.toFixed(places)],
    ['V', bar.volume.toLocaleString('en', { maximumFractionDigits: 3 })],
  ]
  return (
    <p className={styles.legend} aria-live={spoken ? 'polite' : 'off'}>
      {entries.map(([name, value]) => (
        <span key={name}>
          {name} <span className={tone}>{value}</span>
        </span>
      ))}
    </p>
  )
}

function BarTable({ bars, places, label }: { bars: readonly Bar[]; places: number; label: string }) {
  const price = (read: (bar: Bar) => number) => (bar: Bar) => read(bar).toFixed(places)
  return (
    <Table
      label={label}
      rows={bars.toReversed()}
      keyOf={bar => String(bar.time)}
      columns={[
        { head: 'Time', cell: bar => <Time at={new Date(bar.time * 1_000).toISOString()} /> },
        { head: 'Open', number: true, cell: price(bar => bar.open) },
        { head: 'High', number: true, cell: price(bar => bar.high) },
        { head: 'Low', number: true, cell: price(bar => bar.low) },
        { head: 'Close', number: true, cell: price(bar => bar.close) },
        { head: 'Volume', number: true, cell: bar => bar.volume },
      ]}
    />
  )
}

const remembered = (): Interval => intervals.find(one => one.value === localStorage.getItem(key))?.value ?? '1m'
