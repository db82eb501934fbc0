import type { Order } from '../api/types'
import { Button } from '../ui/Button'
import { useCancel } from './useCancel'

export function CancelButton({ order }: { order: Order }) {
  const cancel = useCancel(order.orderId)
  const isAsked = order.status === 'pendingCancel' || cancel.isPending
  return (
    <Button
      tone="danger"
      shape="small"
      isDisabled={isAsked || !order.isOpen}
      aria-label={`Cancel ${order.side} order of ${order.market}`}
      onPress={() => cancel.mutate()}
    >
      {isAsked ? 'Canceling…' : 'Cancel'}
    </Button>
  )
}
