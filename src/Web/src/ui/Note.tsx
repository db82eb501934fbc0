import type { ReactNode } from 'react'
import styles from './Note.module.css'

/** A sentence that must not be overlooked. */
export function Note({ tone = 'warn', children }: { tone?: 'warn' | 'done'; children: ReactNode }) {
  return (
    <div className={`${styles.note} ${styles[tone]}`} role="status">
      {children}
    </div>
  )
}
