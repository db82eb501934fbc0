import type { Side } from '../api/types'

export const SideLabel = ({ side }: { side: Side }) => (
  <span className={side === 'buy' ? 'up' : 'down'}>{side === 'buy' ? 'Buy' : 'Sell'}</span>
)
