import { useSyncExternalStore } from 'react'

export type Theme = 'dark' | 'light'

const listeners = new Set<() => void>()

export const currentTheme = (): Theme => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark')

export function setTheme(theme: Theme): void {
  localStorage.setItem('theme', theme)
  wear(theme)
}

export const useTheme = (): Theme => useSyncExternalStore(listen, currentTheme)

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function wear(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

// What is chosen in one tab holds in all.
addEventListener('storage', ({ key, newValue }) => {
  if (key === 'theme') wear(newValue === 'light' ? 'light' : 'dark')
})
