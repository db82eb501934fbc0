import { useConnection } from '../realtime/useTopic'
import styles from './ConnectionLight.module.css'

const words = { idle: 'Idle', connecting: 'Connecting', live: 'Live', waiting: 'Offline' }

export function ConnectionLight() {
  const { state } = useConnection()
  return (
    <span className={styles.light} data-state={state} data-testid="connection">
      {words[state]}
    </span>
  )
}
