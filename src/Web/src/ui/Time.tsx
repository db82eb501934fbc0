import styles from './Time.module.css'

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit' })

/** In the reader's zone; UTC, as the platform keeps it, on hover. */
export function Time({ at, show = 'both' }: { at: string; show?: 'clock' | 'both' | 'precise' }) {
  const time = new Date(at)
  const millis = show === 'precise' ? `.${String(time.getMilliseconds()).padStart(3, '0')}` : ''
  return (
    <time dateTime={at} title={time.toISOString()}>
      {show === 'clock' ? '' : `${day.format(time)} `}
      <span className={styles.clock}>
        {clock.format(time)}
        {millis}
      </span>
    </time>
  )
}
