import styles from './Time.module.css'
import { clockText, dayText } from './timeText'

interface Props {
  readonly at: string
  readonly show?: 'clock' | 'both' | 'precise' | 'day'
}

/** In the reader's zone; UTC, as the platform keeps it, on hover. */
export function Time({ at, show = 'both' }: Props) {
  const time = new Date(at)
  const millis = show === 'precise' ? `.${String(time.getMilliseconds()).padStart(3, '0')}` : ''
  return (
    <time dateTime={at} title={time.toISOString()}>
      {show !== 'clock' && dayText(time)}
      {show !== 'day' && (
        <>
          {show === 'clock' ? '' : ' '}
          <span className={styles.clock}>
            {clockText(time)}
            {millis}
          </span>
        </>
      )}
    </time>
  )
}
