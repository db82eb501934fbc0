import type { Position } from './position'

/** What a page watches: the name on the wire, and how its bodies become what the page shows. */
export interface Topic<T> {
  readonly name: string
  readonly replace: (body: unknown) => T
  readonly apply: (value: T, body: unknown) => T
}

/**
 * pending: asked, no answer yet. live: acknowledged. waiting: to be asked again, value kept but stale.
 * refused: the platform said no for good (see `code`).
 */
export type TopicPhase = 'pending' | 'live' | 'waiting' | 'refused'

/** Immutable picture of a topic for React; a new object for every change. */
export interface TopicView<T> {
  readonly value: T | undefined
  readonly phase: TopicPhase
  /** When the last word about this topic came (milliseconds, this browser's clock); null before the first. */
  readonly heardAt: number | null
  readonly position: Position | null
  /** Why the platform refused; null otherwise. */
  readonly code: string | null
}

export const unheard: TopicView<never> = {
  value: undefined,
  phase: 'pending',
  heardAt: null,
  position: null,
  code: null,
}
