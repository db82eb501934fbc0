import {
  CandlestickSeries,
  type CandlestickData,
  ColorType,
  CrosshairMode,
  createChart,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  TickMarkType,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTheme } from '../../app/theme'
import styles from './CandleChart.module.css'
import { type Bar, withHoles } from './candles'

interface Props {
  readonly label: string
  readonly bars: readonly Bar[]
  /** Another identity (market and interval) means another chart: the view starts over. */
  readonly identity: string
  readonly intervalMinutes: number
  readonly places: number
  /** The bar under the crosshair; null when there is none. */
  readonly onPoint: (bar: Bar | null, spoken: boolean) => void
}

interface Drawing {
  readonly chart: IChartApi
  readonly candles: ISeriesApi<'Candlestick'>
  readonly volume: ISeriesApi<'Histogram'>
}

export function CandleChart({ label, bars, identity, intervalMinutes, places, onPoint }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const drawn = useRef<{ identity: string; bars: readonly Bar[] }>({ identity: '', bars: [] })
  const shown = useRef(bars)
  const point = useRef(onPoint)
  const theme = useTheme()

  useEffect(() => {
    shown.current = bars
    point.current = onPoint
  })

  useEffect(() => {
    if (!place.current) return
    const made = draw(place.current)
    drawing.current = made
    made.chart.subscribeCrosshairMove(({ time, sourceEvent }) => {
      if (sourceEvent || time === undefined) point.current(shown.current.find(bar => bar.time === time) ?? null, false)
    })
    return () => {
      made.chart.remove()
      drawing.current = null
      drawn.current = { identity: '', bars: [] }
    }
  }, [])

  // The theme is not read here but from the style sheet, which it changes.
  useEffect(() => {
    if (!drawing.current) return
    paint(drawing.current, places)
    drawing.current.volume.setData(shown.current.map(volumeOf))
  }, [theme, places])

  useEffect(() => {
    if (drawing.current) update(drawing.current, drawn.current, bars, identity, intervalMinutes)
    drawn.current = { identity, bars }
  }, [bars, identity, intervalMinutes])

  const walk = useRef<number | null>(null)
  const read = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step || !drawing.current) return
    event.preventDefault()
    const last = bars.length - 1
    walk.current = Math.min(last, Math.max(0, walk.current === null ? last : walk.current + step))
    const bar = bars[walk.current]
    if (!bar) return
    drawing.current.chart.setCrosshairPosition(bar.close, bar.time as UTCTimestamp, drawing.current.candles)
    onPoint(bar, true)
  }
  const leave = () => {
    walk.current = null
    drawing.current?.chart.clearCrosshairPosition()
    onPoint(null, false)
  }

  return (
    // A fieldset is for forms.
    <div
      ref={place}
      className={styles.chart}
      role="group"
      aria-label={`${label}. Arrow keys read the candles.`}
      // The arrow keys move the crosshair.
      tabIndex={0}
      onKeyDown={read}
      onBlur={leave}
    />
  )
}

function draw(place: HTMLElement): Drawing {
  const chart = createChart(place, { autoSize: true, layout: { attributionLogo: true } })
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: false })
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
  candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.24 } })
  return { chart, candles, volume }
}

function paint({ chart, candles }: Drawing, places: number): void {
  const [text, line, strong, up, down] = [
    color('--muted'),
    color('--line'),
    color('--line-strong'),
    color('--up'),
    color('--down'),
  ]
  chart.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: text,
      fontSize: 11,
      fontFamily: getComputedStyle(document.body).fontFamily,
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: { color: strong }, horzLine: { color: strong } },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line, timeVisible: true, secondsVisible: false, rightOffset: 4, tickMarkFormatter: hourMark },
    localization: { timeFormatter: localTime },
  })
  candles.applyOptions({
    upColor: up,
    downColor: down,
    wickUpColor: up,
    wickDownColor: down,
    priceFormat: { type: 'price', precision: places, minMove: 10 ** -places },
  })
}

/** Only what changed since the last time: a whole new history, or the running bar. */
function update(
  { chart, candles, volume }: Drawing,
  before: { identity: string; bars: readonly Bar[] },
  bars: readonly Bar[],
  identity: string,
  intervalMinutes: number,
): void {
  const last = before.bars.at(-1)
  const tail = last ? bars.filter(bar => bar.time >= last.time) : []
  const isContinued =
    identity === before.identity &&
    tail.length > 0 &&
    bars[0]?.time === before.bars[0]?.time &&
    // Else a hole was filled.
    bars.length - tail.length === before.bars.length - 1
  if (!isContinued) {
    const places = withHoles(bars, intervalMinutes)
    candles.setData(places.map(place => ('open' in place ? candleOf(place) : emptyOf(place))))
    volume.setData(bars.map(volumeOf))
    if (identity !== before.identity && bars.length > 0)
      chart.timeScale().setVisibleLogicalRange({ from: places.length - 110, to: places.length + 4 })
    return
  }
  for (const bar of tail) {
    candles.update(candleOf(bar))
    volume.update(volumeOf(bar))
  }
}

const candleOf = ({ time, open, high, low, close }: Bar): CandlestickData => ({
  time: time as UTCTimestamp,
  open,
  high,
  low,
  close,
})

const emptyOf = ({ time }: { time: number }): WhitespaceData => ({ time: time as UTCTimestamp })

const volumeOf = ({ time, open, close, volume }: Bar) => ({
  time: time as UTCTimestamp,
  value: volume,
  color: `${color(close >= open ? '--up' : '--down')}55`,
})

const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

const format = new Intl.DateTimeFormat(undefined, {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const hours = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** Hours of the reader, as beside the cross and on the tape; days begin as the bars do, in UTC. */
const hourMark = (time: unknown, kind: TickMarkType): string | null =>
  typeof time === 'number' && kind === TickMarkType.Time ? hours.format(time * 1_000) : null

const localTime = (time: unknown): string => (typeof time === 'number' ? format.format(time * 1_000) : String(time))
