import { type ReactNode, useEffect } from 'react'
import styles from './Page.module.css'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, actions, children }: Props) {
  useTitle(title)
  return (
    <main className={styles.page} id="content">
      <header className={styles.head}>
        <h1>{title}</h1>
        {actions}
      </header>
      {children}
    </main>
  )
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Platform`
  }, [title])
}
