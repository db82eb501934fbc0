/** The wire format of the hub: arrays with fixed positions. */

export const EntryKind = { snapshot: 0, delta: 1, position: 2, reset: 3, gone: 4 } as const
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind]

export interface Entry {
  /** Handed out by the acknowledgement of a watch; means nothing on another connection. */
  readonly ref: number
  readonly kind: EntryKind
  /** One incarnation of a topic: sequences of two epochs cannot be compared. */
  readonly epoch: string
  /** First and last change folded into the body. */
  readonly from: number
  readonly to: number
  readonly body: unknown
}

export interface Frame {
  /** Milliseconds since 1970, the platform's clock. */
  readonly sentAt: number
  readonly entries: readonly Entry[]
}

type WireEntry = [ref: number, kind: EntryKind, epoch: string, from: number, to: number, body?: unknown]

/** Null for a version this page does not speak: a newer platform was deployed under it. */
export function readFrame(wire: unknown): Frame | null {
  if (!Array.isArray(wire) || wire[0] !== 1 || !Array.isArray(wire[2])) return null
  const entries = (wire[2] as WireEntry[]).map(([ref, kind, epoch, from, to, body]) => ({
    ref,
    kind,
    epoch,
    from,
    to,
    body: body ?? null,
  }))
  return { sentAt: Number(wire[1]), entries }
}
