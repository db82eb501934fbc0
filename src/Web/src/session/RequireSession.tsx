import { Navigate, Outlet, useLocation } from 'react-router'
import { session } from './session'
import { useSession } from './useSession'

/** Sends a visitor to sign in, and back to where they wanted to go; a sign-out is not taken back there. */
export function RequireSession() {
  const signedIn = useSession()
  const { pathname, search } = useLocation()
  if (signedIn) return <Outlet />
  const from = session.ended() === 'signedOut' ? '/' : pathname + search
  return <Navigate to="/sign-in" replace state={{ from }} />
}
