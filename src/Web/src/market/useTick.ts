import { useState } from 'react'
import { compare, decimal } from '../decimal/decimal'

interface Tick {
  /** Null until the first trade. */
  readonly price: string | null
  readonly direction: -1 | 0 | 1
}

/** Where the price went last: 1 up, -1 down, 0 before the second price. */
export function useTick(price: string | null): Tick['direction'] {
  const [tick, setTick] = useState<Tick>({ price, direction: 0 })
  if (price !== tick.price) setTick({ price, direction: directionOf(tick.price, price) })
  return tick.direction
}

const directionOf = (from: string | null, to: string | null): Tick['direction'] =>
  from === null || to === null ? 0 : compare(decimal(to), decimal(from))
