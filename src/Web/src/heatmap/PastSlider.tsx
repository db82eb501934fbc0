import { useEffect, useId, useState } from 'react'
import { Button } from '../ui/Button'
import { dayText, clockText } from '../ui/timeText'
import styles from './PastSlider.module.css'

const hourMs = 3_600_000
const hoursMost = 30 * 24
const settleMs = 250

interface Props {
  /** The start of an hour; null for now. */
  readonly at: string | null
  readonly onMove: (at: string | null) => void
}

/** Thirty days back, an hour a step; the right end is now. An hour before that, as an address may name it, stands at the left end. */
export function PastSlider({ at, onMove }: Props) {
  const label = useId()
  const [latest] = useState(() => Math.floor(Date.now() / hourMs) * hourMs)
  /** Where the hand is until it rests; null: where the address says. */
  const [moved, setMoved] = useState<number | null>(null)
  const move = (to: string | null) => {
    setMoved(null)
    onMove(to)
  }
  useEffect(() => {
    if (moved === null) return
    const timer = setTimeout(() => {
      setMoved(null)
      onMove(instantOf(moved, latest))
    }, settleMs)
    return () => clearTimeout(timer)
  }, [moved, latest, onMove])
  const shown = moved === null ? at : instantOf(moved, latest)
  const text = textOf(shown)
  return (
    <div className={styles.slider}>
      <label id={label} htmlFor={`${label}-range`}>
        As of
      </label>
      <input
        id={`${label}-range`}
        type="range"
        min={0}
        max={hoursMost}
        step={1}
        value={hoursMost - (moved ?? backOf(at, latest))}
        aria-valuetext={text}
        onChange={event => setMoved(hoursMost - Number(event.target.value))}
      />
      <output htmlFor={`${label}-range`}>{text}</output>
      <Button shape="small" isDisabled={shown === null} onPress={() => move(null)}>
        Back to now
      </Button>
    </div>
  )
}

function backOf(at: string | null, latest: number): number {
  if (at === null) return 0
  const hours = Math.round((latest - Date.parse(at)) / hourMs) + 1
  return Number.isNaN(hours) ? hoursMost : Math.min(hoursMost, Math.max(1, hours))
}

const instantOf = (back: number, latest: number): string | null =>
  back === 0 ? null : new Date(latest - (back - 1) * hourMs).toISOString()

function textOf(at: string | null): string {
  if (at === null) return 'Now'
  const instant = new Date(at)
  return Number.isNaN(instant.valueOf()) ? 'No time' : `${dayText(instant)} ${clockText(instant).slice(0, 5)}`
}
