/** Who is signed in, for this tab only; gone when the tab is closed. */
export interface Session {
  readonly token: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
  readonly email: string
}

export type EndReason = 'signedOut' | 'expired'

const key = 'session'
const listeners = new Set<() => void>()
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
    current = next
    ended = null
    endInTime(next)
    sessionStorage.setItem(key, JSON.stringify(next))
    tell()
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
}

if (current) endInTime(current)

/** The platform stops telling private things at this moment; the page says so at once. */
function endInTime({ expiresAt }: Session): void {
  clearTimeout(expiry)
  const restMs = Date.parse(expiresAt) - Date.now()
  expiry = setTimeout(() => session.end('expired'), Math.min(restMs, longestMs))
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
