import { session } from '../session/session'
import { RealtimeClient } from './client'
import { openSignalR } from './signalr'

/** The page's one connection. */
export const live = new RealtimeClient({
  open: openSignalR,
  token: session.token,
  onTokenRefused: () => void checkSession(),
})

session.listen(() => live.forget())
session.onRenewed(() => live.renew())
addEventListener('offline', () => live.drop())
addEventListener('online', () => live.hurry())
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) live.hurry()
})

/** REST has the last word: a 401 there ends the session, anything else is a fault of the line. */
async function checkSession(): Promise<void> {
  const { api } = await import('../api/client')
  await api.GET('/v1/pools').catch(() => undefined)
}

declare global {
  interface Window {
    /** For tests and support: counters, never data. */
    __rt: { readonly stats: RealtimeClient['stats']; readonly state: () => string }
  }
}

window.__rt = { stats: live.stats, state: () => live.connection.state }
