import { answer, api } from '../api/client'
import { session } from './session'

const lookEveryMs = 15_000
let isAsking = false

/**
 * Keeps the session going while the page is open. A page that slept looks again when it wakes; one that nobody renewed
 * in time is signed out by the session itself.
 */
export async function renewWhenDue(now: number = Date.now()): Promise<void> {
  const current = session.current()
  if (!current || isAsking || session.isExchanging() || !(now >= Date.parse(current.renewAt))) return
  isAsking = true
  try {
    const next = await answer(api.POST('/v1/auth/renew'))
    if (session.token() === current.token) session.renew(next)
  } catch {
    // Refused, and the session has ended; or the platform is away, and the next look asks again.
  } finally {
    isAsking = false
  }
}

/** Looks now and then, and whenever somebody looks at the page. */
export function keepRenewing(): void {
  setInterval(() => void renewWhenDue(), lookEveryMs)
  document.addEventListener('visibilitychange', () => void renewWhenDue())
}

/** Here it ends at once, and everywhere as soon as the platform hears of it. */
export function signOut(): void {
  const headers = { Authorization: `Bearer ${session.token() ?? ''}` }
  session.end('signedOut')
  void api.POST('/v1/auth/sign-out', { headers }).catch(() => undefined)
}
