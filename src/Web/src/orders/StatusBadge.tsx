import styles from './StatusBadge.module.css'
import { type OrderStatus, statuses } from './status'

export function StatusBadge({ status }: { status: OrderStatus }) {
  const { label, tone } = statuses[status]
  return <span className={`${styles.badge} ${styles[tone]}`}>{label}</span>
}
