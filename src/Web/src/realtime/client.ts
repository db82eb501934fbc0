import { Connection, type ConnectionView } from './connection'
import { Feed } from './feed'
import { type Entry, readFrame } from './frame'
import { newStats } from './stats'
import type { Topic, TopicView } from './topic'
import { type OpenWire, requestFor, type Wire } from './wire'

export interface ClientOptions {
  readonly open: OpenWire
  /** The signed-in user's token; null for a visitor, who may watch public markets only. */
  readonly token: () => string | null
  readonly onTokenRefused: () => void
  readonly random?: () => number
}

const batchMs = 50
const lingerMs = 5_000
const answerWithinMs = 10_000
const overtakingMost = 256
const batchMost = 64
/** Every other refusal is for good. */
const temporaryCode = 'rate_limited'

/** Topics over one connection: watched while somebody looks, resumed without a gap after every loss. */
export class RealtimeClient {
  readonly stats = newStats()
  /** Platform's clock minus ours, in milliseconds, as of the last frame. */
  clockOffsetMs = 0
  #feeds = new Map<string, Feed>()
  #byRef = new Map<number, Feed>()
  #toAsk = new Set<Feed>()
  #overtaking: Entry[] = []
  #asking = 0
  #batch: ReturnType<typeof setTimeout> | undefined
  #listeners = new Set<() => void>()
  #connection: Connection
  #random: () => number

  constructor(options: ClientOptions) {
    this.#random = options.random ?? Math.random
    this.#connection = new Connection(
      options.open,
      options.token,
      {
        onFrame: frame => this.#take(frame),
        onLive: () => this.#askAll(),
        onDown: () => this.#down(),
        onChange: () => {
          for (const listener of this.#listeners) listener()
        },
        onTokenRefused: options.onTokenRefused,
      },
      this.stats,
      this.#random,
    )
  }

  get connection(): ConnectionView {
    return this.#connection.view
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Counted: the topic is left five seconds after the last listener, so that a page change keeps it. */
  watch<T>(topic: Topic<T>, listener: () => void): () => void {
    const feed = this.#feedOf(topic)
    const stop = feed.listen(listener)
    if (this.#connection.view.state === 'idle') this.#connection.connect()
    return () => {
      stop()
      if (!feed.isWatched) setTimeout(() => this.#leave(feed), lingerMs)
    }
  }

  view<T>(topic: Topic<T>): TopicView<T> | undefined {
    return this.#feeds.get(topic.name)?.view as TopicView<T> | undefined
  }

  /** The user changed: nothing of the one before may stay on the screen. */
  forget(): void {
    this.#connection.close()
    for (const feed of this.#feeds.values()) feed.close()
    this.#feeds.clear()
    this.#byRef.clear()
    this.#toAsk.clear()
  }

  /** The user's token is another; the user is the same. */
  renew(): void {
    this.#connection.renew()
  }

  /** Network is back, or the page is looked at again. */
  hurry(): void {
    if (this.#connection.view.state === 'waiting') this.#connection.connect()
  }

  /** The browser says that the network is gone: no use in waiting for the silence to be noticed. */
  drop(): void {
    this.#connection.restart()
  }

  #feedOf<T>(topic: Topic<T>): Feed {
    const known = this.#feeds.get(topic.name)
    if (known) return known
    const events = { onAsk: (asking: Feed) => this.#ask(asking) }
    const feed = new Feed(topic as Topic<unknown>, events, this.stats, this.#random)
    this.#feeds.set(topic.name, feed)
    this.#ask(feed)
    return feed
  }

  #leave(feed: Feed): void {
    if (feed.isWatched || this.#feeds.get(feed.topic.name) !== feed) return
    feed.close()
    this.#feeds.delete(feed.topic.name)
    this.#toAsk.delete(feed)
    if (feed.ref === null) return
    this.#byRef.delete(feed.ref)
    void this.#connection.live?.unwatch([feed.ref]).catch(() => undefined)
  }

  #askAll(): void {
    for (const feed of this.#feeds.values()) this.#ask(feed)
  }

  #ask(feed: Feed): void {
    this.#toAsk.add(feed)
    this.#batch ??= setTimeout(() => this.#flush(), batchMs)
  }

  #flush(): void {
    this.#batch = undefined
    const wire = this.#connection.live
    if (!wire || this.#toAsk.size === 0) return
    const feeds = [...this.#toAsk].slice(0, batchMost)
    for (const feed of feeds) this.#toAsk.delete(feed)
    if (this.#toAsk.size > 0) this.#batch = setTimeout(() => this.#flush(), batchMs)
    void this.#send(wire, feeds)
  }

  async #send(wire: Wire, feeds: readonly Feed[]): Promise<void> {
    for (const feed of feeds) feed.asked()
    this.#asking++
    try {
      const requests = feeds.map(feed => requestFor(feed.topic.name, feed.view.position))
      const answers = await within(answerWithinMs, wire.watch(requests))
      if (this.#connection.live !== wire) return
      for (const feed of feeds) {
        const answer = answers.find(one => one.topic === feed.topic.name)
        if (!answer) feed.failed()
        else if (answer.code) this.#refuse(feed, answer.code)
        else this.#acknowledge(feed, answer.ref)
      }
    } catch {
      if (this.#connection.live === wire) for (const feed of feeds) feed.failed()
    } finally {
      if (--this.#asking === 0) this.#overtaking = []
    }
  }

  #acknowledge(feed: Feed, ref: number): void {
    if (feed.ref !== null) this.#byRef.delete(feed.ref)
    const overtaking = this.#overtaking.filter(entry => entry.ref === ref)
    this.#overtaking = this.#overtaking.filter(entry => entry.ref !== ref)
    this.#byRef.set(ref, feed)
    feed.acknowledged(ref, overtaking)
  }

  #refuse(feed: Feed, code: string): void {
    if (code === temporaryCode) feed.failed()
    else feed.refused(code)
  }

  #take(wire: unknown): void {
    const frame = readFrame(wire)
    if (!frame) return
    this.stats.frames++
    this.stats.lastFrameAt = Date.now()
    this.clockOffsetMs = frame.sentAt - Date.now()
    for (const entry of frame.entries) {
      const feed = this.#byRef.get(entry.ref)
      if (feed) feed.take(entry)
      else if (this.#asking > 0 && this.#overtaking.length < overtakingMost) this.#overtaking.push(entry)
    }
  }

  #down(): void {
    this.#byRef.clear()
    this.#overtaking = []
    for (const feed of this.#feeds.values()) feed.disconnected()
  }
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No answer in time.')), limitMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
