import { type Entry, EntryKind } from './frame'

/** How far a topic has been read; null before its first snapshot. */
export interface Position {
  readonly epoch: string
  readonly sequence: number
}

/** What one entry asks of a topic that has been read up to a position. */
export type Step = 'replace' | 'apply' | 'drop' | 'resume' | 'reset' | 'gone'

/** Pure: nothing is ever applied twice, and nothing after a hole is applied before the hole is filled. */
export function stepFor(position: Position | null, entry: Entry): Step {
  switch (entry.kind) {
    case EntryKind.snapshot:
      return 'replace'
    case EntryKind.delta:
      if (!position || position.epoch !== entry.epoch) return 'resume'
      if (entry.to <= position.sequence) return 'drop'
      return entry.from === position.sequence + 1 ? 'apply' : 'resume'
    case EntryKind.position:
      return position?.epoch === entry.epoch && entry.to <= position.sequence ? 'drop' : 'resume'
    case EntryKind.reset:
      return 'reset'
    case EntryKind.gone:
      return 'gone'
    default:
      return 'drop'
  }
}

export const positionAfter = (entry: Entry): Position => ({ epoch: entry.epoch, sequence: entry.to })
