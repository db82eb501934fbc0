import { Badge } from '../ui/Badge'
import { type OrderStatus, statuses } from './status'

export function StatusBadge({ status }: { status: OrderStatus }) {
  const { label, tone } = statuses[status]
  return <Badge tone={tone}>{label}</Badge>
}
