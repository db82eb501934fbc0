import { useEffect, useRef } from 'react'

export interface ShortcutGroup {
  readonly title: string
  readonly keys: readonly (readonly [keys: string, does: string])[]
}

/** What the help shows; the pages bind the same keys. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Go to',
    keys: [
      ['g p', 'Portfolio'],
      ['g m', 'Market'],
      ['g e', 'Heatmap'],
      ['g o', 'Open orders'],
      ['g h', 'Order history'],
      ['g t', 'Trade history'],
      ['g x', 'Exchanges'],
      ['g c', 'Chains'],
      ['g l', 'Members of the pool'],
      ['g a', 'Your account'],
      ['/', 'Find a market'],
    ],
  },
  {
    title: 'Trade',
    keys: [
      ['b', 'Ticket: buy'],
      ['s', 'Ticket: sell'],
      ['Enter', 'Review the order'],
      ['Ctrl Enter', 'Place the reviewed order'],
      ['Esc', 'Back to the ticket, out of a field'],
    ],
  },
  {
    title: 'Chart',
    keys: [
      ['1 … 6', 'Interval, 1 minute to 1 day'],
      ['← →', 'Read the candles, with the chart focused'],
    ],
  },
  { title: 'Help', keys: [['?', 'This list']] },
]

const sequenceWithinMs = 1_000

export const shortcuts = {
  /** Single letters can be switched off: speech input and shaky hands press them unmeant (WCAG 2.1.4). */
  areOn: (): boolean => localStorage.getItem('shortcuts') !== 'off',
  set: (on: boolean): void => localStorage.setItem('shortcuts', on ? 'on' : 'off'),
}

/** Binds keys (`b`, `?`, `g p`) while mounted; never while something is typed, nor with a modifier. */
export function useShortcuts(bindings: Readonly<Record<string, () => void>>): void {
  const current = useRef(bindings)
  useEffect(() => {
    current.current = bindings
  })
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const press = (event: KeyboardEvent) => {
      if (!isForUs(event)) return
      const sequence = first && event.timeStamp - first.at < sequenceWithinMs ? `${first.key} ${event.key}` : event.key
      const bound = current.current[sequence] ?? current.current[event.key]
      first = { key: event.key, at: event.timeStamp }
      if (!bound) return
      event.preventDefault()
      bound()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.areOn()) return false
  const target = event.target instanceof Element ? event.target : null
  return !target?.closest(
    'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]',
  )
}
