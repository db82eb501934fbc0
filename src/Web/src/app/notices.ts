import { useSyncExternalStore } from 'react'

export interface Notice {
  readonly id: number
  readonly tone: 'done' | 'failed'
  readonly text: string
  readonly rayId: string | null
}

const atMost = 3
const shownMs = 6_000
const listeners = new Set<() => void>()
let notices: readonly Notice[] = []
let lastId = 0

export function notify(tone: Notice['tone'], text: string, rayId: string | null = null): void {
  const notice = { id: ++lastId, tone, text, rayId }
  show([...notices, notice].slice(-atMost))
  if (tone === 'done') setTimeout(() => dismiss(notice.id), shownMs)
}

export const dismiss = (id: number): void => show(notices.filter(notice => notice.id !== id))

export const useNotices = (): readonly Notice[] => useSyncExternalStore(listen, () => notices)

function show(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
