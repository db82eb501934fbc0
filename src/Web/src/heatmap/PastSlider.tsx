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

/** Thirty days back, an hour a step; the right end is now. */
export function PastSlider({ at, onMove }: Props) {
  const label = useId()
  const [latest] = useState(() => Math.floor(Date.now() / hourMs) * hourMs)
  const [back, setBack] = useState(() => backOf(at, latest))
  useEffect(() => {
    const wanted = back === 0 ? null : new Date(latest - (back - 1) * hourMs).toISOString()
    if (wanted === at) return
    const timer = setTimeout(() => onMove(wanted), settleMs)
    return () => clearTimeout(timer)
  }, [back, at, latest, onMove])
  const shown = new Date(latest - (back - 1) * hourMs)
  const text = back === 0 ? 'Now' : `${dayText(shown)} ${clockText(shown).slice(0, 5)}`
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
        value={hoursMost - back}
        aria-valuetext={text}
        onChange={event => setBack(hoursMost - Number(event.target.value))}
      />
      <output htmlFor={`${label}-range`}>{text}</output>
      <Button shape="small" isDisabled={back === 0} onPress={() => setBack(0)}>
        Back to now
      </Button>
    </div>
  )
}

const backOf = (at: string | null, latest: number): number =>
  at === null ? 0 : Math.min(hoursMost, Math.max(0, Math.round((latest - Date.parse(at)) / hourMs) + 1))
