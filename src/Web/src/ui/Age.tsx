import styles from './Age.module.css'
import { useNow } from './useNow'

/** How long ago something stopped being current. */
export function Age({ since }: { since: number }) {
  const seconds = Math.max(0, Math.round((useNow() - since) / 1_000))
  return <span className={styles.age}>Stale {seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`}</span>
}
