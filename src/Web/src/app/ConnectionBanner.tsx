import { live } from '../realtime/live'
import { useConnection } from '../realtime/useTopic'
import { Button } from '../ui/Button'
import { WarningIcon } from '../ui/icons'
import { useNow } from '../ui/useNow'
import styles from './ConnectionBanner.module.css'

/** Says that what is shown is old, and when that ends. A first connect and a quick reconnect need no words. */
export function ConnectionBanner() {
  const connection = useConnection()
  const isTrouble = (connection.state === 'waiting' || connection.state === 'connecting') && connection.attempt > 0
  if (!isTrouble) return null
  return (
    <div className={styles.banner} role="status">
      <WarningIcon />
      <p>
        <strong>Connection lost.</strong> Prices and orders below are not current.{' '}
        {connection.state === 'waiting' ? <Countdown to={connection.retryAt} /> : 'Reconnecting…'}
      </p>
      <Button shape="small" isDisabled={connection.state !== 'waiting'} onPress={() => live.hurry()}>
        Reconnect now
      </Button>
    </div>
  )
}

function Countdown({ to }: { to: number }) {
  const seconds = Math.max(1, Math.ceil((to - useNow(250)) / 1_000))
  return <span aria-live="off">Reconnecting in {seconds} s.</span>
}
