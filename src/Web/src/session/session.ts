/** Who is signed in, for this tab only; gone when the tab is closed. */
export interface Session {
  readonly token: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
  /** From this moment on another token can be had for this one; RFC 3339, UTC. */
  readonly renewAt: string
}

export type EndReason = 'signedOut' | 'expired'

const key = 'session'
const listeners = new Set<() => void>()
const renewalListeners = new Set<() => void>()
let current = stored()
let ended: EndReason | null = null
let exchanges = 0
let expiry: ReturnType<typeof setTimeout> | undefined

/** A timer cannot wait longer. */
const longestMs = 2 ** 31 - 1

export const session = {
  current: (): Session | null => current,
  token: (): string | null => current?.token ?? null,
  /** Why the last session ended; null before that. */
  ended: (): EndReason | null => ended,

  begin: (next: Session): void => {
    keep(next)
    ended = null
    tell()
  },

  /** The same session with its next token: nobody but the lines that carry it has to know. */
  renew: (next: Session): void => {
    if (!current) return
    keep(next)
    for (const listener of renewalListeners) listener()
  },

  /** Asks for something whose answer is the session's next token. Until it is here, the one before may be worth nothing. */
  exchange: async (ask: () => Promise<Session>): Promise<void> => {
    exchanges++
    try {
      session.renew(await ask())
    } finally {
      exchanges--
    }
  },

  isExchanging: (): boolean => exchanges > 0,

  /** The platform did not take this token: the session has ended, unless it has gone on with another. */
  refused: (token: string): void => {
    if (token === current?.token && exchanges === 0) session.end('expired')
  },

  end: (reason: EndReason): void => {
    if (!current) return
    clearTimeout(expiry)
    current = null
    ended = reason
    sessionStorage.removeItem(key)
    tell()
  },

  listen: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  onRenewed: (listener: () => void): void => {
    renewalListeners.add(listener)
  },
}

if (current) endInTime(current)

/** The platform stops telling private things at this moment; the page says so at once. */
function endInTime({ expiresAt }: Session): void {
  clearTimeout(expiry)
  const restMs = Date.parse(expiresAt) - Date.now()
  expiry = setTimeout(() => session.end('expired'), Math.min(restMs, longestMs))
}

function keep(next: Session): void {
  current = next
  endInTime(next)
  sessionStorage.setItem(key, JSON.stringify(next))
}

function tell(): void {
  for (const listener of listeners) listener()
}

function stored(): Session | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session | null
    return found && Date.parse(found.expiresAt) > Date.now() ? found : null
  } catch {
    return null
  }
}
