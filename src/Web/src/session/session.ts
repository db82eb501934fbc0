/** Who is signed in, for this tab only; gone when the tab is closed. */
export interface Session {
  readonly token: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
  /** From this moment on another token can be had for this one; RFC 3339, UTC. */
  readonly renewAt: string
  readonly email: string
}

export type EndReason = 'signedOut' | 'expired'

const key = 'session'
const listeners = new Set<() => void>()
const renewalListeners = new Set<() => void>()
let current = stored()
let ended: EndReason | null = null
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
  renew: (next: Pick<Session, 'token' | 'expiresAt' | 'renewAt'>): void => {
    if (!current) return
    keep({ ...current, ...next })
    for (const listener of renewalListeners) listener()
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
