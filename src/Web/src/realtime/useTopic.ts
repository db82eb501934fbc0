import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { ConnectionView } from './connection'
import { live } from './live'
import { type Topic, type TopicView, unheard } from './topic'

/** Watches while mounted. A null key watches nothing; `of` must be a constant function. */
export function useTopic<T>(of: (key: string) => Topic<T>, key: string | null): TopicView<T> {
  const topic = useMemo(() => (key === null ? null : of(key)), [of, key])
  const listen = useCallback((onChange: () => void) => (topic ? live.watch(topic, onChange) : () => undefined), [topic])
  const view = useCallback((): TopicView<T> => (topic && live.view(topic)) || unheard, [topic])
  return useSyncExternalStore(listen, view)
}

export const useConnection = (): ConnectionView => useSyncExternalStore(live.listen, () => live.connection)
