import { useSyncExternalStore } from 'react'
import { type Session, session } from './session'

export const useSession = (): Session | null => useSyncExternalStore(session.listen, session.current)
