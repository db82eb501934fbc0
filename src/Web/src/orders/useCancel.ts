import { useMutation } from '@tanstack/react-query'
import { answer, api } from '../api/client'
import { problemOf } from '../api/problem'
import { notify } from '../app/notices'
import { usePool } from '../portfolio/PoolProvider'

/** The order itself tells the rest: canceling, then canceled, or filled after all. */
export function useCancel(orderId: string) {
  const { poolId } = usePool()
  return useMutation({
    mutationFn: () =>
      answer(api.POST('/v1/pools/{poolId}/orders/{orderId}/cancel', { params: { path: { poolId, orderId } } })),
    onError: error => {
      const problem = problemOf(error)
      notify('failed', `Not canceled: ${problem.message}`, problem.rayId)
    },
  })
}
