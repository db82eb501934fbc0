import { backoffMs, quickMs } from './backoff'
import type { Stats } from './stats'
import type { OpenWire, Wire } from './wire'

/** `waiting` names the moment of the next try, for the banner. */
export type ConnectionView =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'live' }
  | { readonly state: 'waiting'; readonly attempt: number; readonly retryAt: number }

export interface ConnectionEvents {
  onFrame(frame: unknown): void
  /** Open and signed in: watches may be sent. */
  onLive(): void
  onDown(): void
  onChange(): void
  /** The hub did not take the token. */
  onTokenRefused(): void
}

const settledAfterMs = 30_000

/** Keeps one connection to the hub open: idle -> connecting -> live -> waiting -> connecting … */
export class Connection {
  view: ConnectionView = { state: 'idle' }
  #wire: Wire | null = null
  #attempt = 0
  #liveSince = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly open: OpenWire,
    private readonly token: () => string | null,
    private readonly events: ConnectionEvents,
    private readonly stats: Stats,
    private readonly random: () => number,
  ) {}

  get live(): Wire | null {
    return this.view.state === 'live' ? this.#wire : null
  }

  /** Also the way to hurry: a waiting connection tries at once. */
  connect(): void {
    if (this.view.state === 'connecting' || this.view.state === 'live') return
    clearTimeout(this.#timer)
    this.#show({ state: 'connecting', attempt: this.#attempt })
    void this.#start()
  }

  /** Drops the connection (network gone, other user) and comes back by the usual rules. */
  restart(): void {
    if (this.view.state === 'idle' || this.view.state === 'waiting') return
    const wire = this.#wire
    this.#lost(wire)
    void wire?.stop().catch(() => undefined)
  }

  /** The same user with another token: what is watched goes on without a break. */
  renew(): void {
    if (this.view.state === 'live' && this.#wire) void this.#signIn(this.#wire).catch(() => undefined)
  }

  close(): void {
    clearTimeout(this.#timer)
    const wire = this.#wire
    this.#wire = null
    this.#attempt = 0
    this.#show({ state: 'idle' })
    void wire?.stop().catch(() => undefined)
  }

  async #start(): Promise<void> {
    const wire = this.open({
      onFrame: frame => {
        if (this.#wire === wire) this.events.onFrame(frame)
      },
      onClose: () => this.#lost(wire),
    })
    this.#wire = wire
    try {
      await wire.start()
      if (this.#wire === wire) await this.#signIn(wire)
    } catch {
      this.#lost(wire)
      return
    }
    if (this.#wire !== wire) return
    this.stats.connects++
    this.#liveSince = Date.now()
    this.#show({ state: 'live' })
    this.events.onLive()
  }

  async #signIn(wire: Wire): Promise<void> {
    const token = this.token()
    if (!token) return
    try {
      await wire.authenticate(token)
    } catch (error) {
      this.events.onTokenRefused()
      throw error
    }
  }

  #lost(wire: Wire | null): void {
    if (!wire || this.#wire !== wire) return
    this.#wire = null
    const wasLive = this.view.state === 'live'
    if (wasLive) this.stats.disconnects++
    if (wasLive && Date.now() - this.#liveSince > settledAfterMs) this.#attempt = 0
    const delay = this.#attempt === 0 ? quickMs(this.random) : backoffMs(this.#attempt - 1, this.random)
    this.#attempt++
    this.#timer = setTimeout(() => this.connect(), delay)
    this.#show({ state: 'waiting', attempt: this.#attempt, retryAt: Date.now() + delay })
    if (wasLive) this.events.onDown()
  }

  #show(view: ConnectionView): void {
    this.view = view
    this.events.onChange()
  }
}
