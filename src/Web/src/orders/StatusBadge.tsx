import styles from './StatusBadge.module.css'
import { type OrderStatus, statuses } from './status'

export function StatusBadge({ status }: { status: OrderStatus }) {
  const { label, tone } = statuses[status] ?? { label: status, tone: 'off' }
  return <span className={`${styles.badge} ${styles[tone]}`}>{label}</span>
}
