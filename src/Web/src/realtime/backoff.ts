const firstMs = 2_000
const longestMs = 20_000

/** Jittered from the first try, so that a thousand browsers do not come back in the same second. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt + 1))
  return firstMs + random() * (ceiling - firstMs)
}

/** The first reconnect, a reset and a hole wait only long enough to spread. */
export const quickMs = (random: () => number = Math.random): number => 50 + random() * 450
