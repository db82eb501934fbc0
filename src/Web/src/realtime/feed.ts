import { backoffMs, quickMs } from './backoff'
import { type Entry, EntryKind } from './frame'
import { positionAfter, stepFor } from './position'
import type { Stats } from './stats'
import { type Topic, type TopicView, unheard } from './topic'

export interface FeedEvents {
  /** The feed wants to be watched from its position in the next batch. */
  onAsk(feed: Feed): void
}

const heldMost = 256
const settledAfterMs = 30_000

/**
 * One topic: how far it was read, who looks at it, and when to ask again.
 * A value survives every loss of connection, and is marked stale meanwhile.
 */
export class Feed {
  ref: number | null = null
  view: TopicView<unknown> = unheard
  #listeners = new Set<() => void>()
  #held: Entry[] = []
  #attempt = 0
  #liveSince = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly topic: Topic<unknown>,
    private readonly events: FeedEvents,
    private readonly stats: Stats,
    private readonly random: () => number,
  ) {}

  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Sent; entries that overtake the answer are held until it is here. */
  asked(): void {
    clearTimeout(this.#timer)
    this.#held = []
    if (this.view.position) this.stats.resumes++
    this.#show({ phase: 'pending' })
  }

  acknowledged(ref: number, overtaking: readonly Entry[]): void {
    const held = [...overtaking, ...this.#held]
    this.ref = ref
    this.#held = []
    this.#liveSince = Date.now()
    this.#show({ phase: 'live', heardAt: Date.now(), code: null })
    this.#replay(held)
  }

  refused(code: string): void {
    this.ref = null
    this.#show({ phase: 'refused', code })
  }

  /** No answer, or a refusal that may pass. */
  failed(): void {
    this.#askAgainIn(backoffMs(this.#attempt++, this.random))
  }

  disconnected(): void {
    clearTimeout(this.#timer)
    this.ref = null
    this.#attempt = 0
    if (this.view.phase !== 'refused') this.#show({ phase: 'waiting' })
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  take(entry: Entry): void {
    if (this.view.phase === 'pending') {
      if (this.#held.length < heldMost) this.#held.push(entry)
      return
    }
    if (this.view.phase === 'live' && !this.#accept(entry)) this.#missed()
  }

  /** What overtook the answer may begin before the missed range comes: look at all of it before calling it a hole. */
  #replay(held: readonly Entry[]): void {
    const beyond = held.filter(entry => !this.#accept(entry))
    const stillBeyond = beyond.filter(entry => !this.#accept(entry))
    if (this.view.phase === 'live' && stillBeyond.length > 0) this.#missed()
  }

  /** False when entries before this one are missing. */
  #accept(entry: Entry): boolean {
    const { topic, view } = this
    switch (stepFor(view.position, entry)) {
      case 'replace':
        this.stats.snapshots++
        this.#read(entry, topic.replace(entry.body))
        return true
      case 'apply':
        this.stats.deltas++
        this.#read(entry, topic.apply(view.value, entry.body))
        return true
      case 'drop':
        if (entry.kind === EntryKind.delta) this.stats.drops++
        else this.#show({ heardAt: Date.now() })
        return true
      case 'reset':
        this.stats.resets++
        this.#askSoon()
        return true
      case 'gone':
        this.refused(typeof entry.body === 'string' ? entry.body : 'gone')
        return true
      case 'resume':
        return false
    }
  }

  #read(entry: Entry, value: unknown): void {
    this.#show({ value, heardAt: Date.now(), position: positionAfter(entry) })
  }

  #missed(): void {
    this.stats.holes++
    this.#askSoon()
  }

  /** At once after a settled time, by the usual backoff when it happens again and again. */
  #askSoon(): void {
    const settled = Date.now() - this.#liveSince > settledAfterMs
    if (settled) this.#attempt = 0
    this.#askAgainIn(this.#attempt === 0 ? quickMs(this.random) : backoffMs(this.#attempt - 1, this.random))
    this.#attempt++
  }

  #askAgainIn(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#show({ phase: 'waiting' })
    this.#timer = setTimeout(() => this.events.onAsk(this), delayMs)
  }

  #show(change: Partial<TopicView<unknown>>): void {
    this.view = { ...this.view, ...change }
    for (const listener of this.#listeners) listener()
  }
}
