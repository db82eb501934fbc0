import type { ReactNode } from 'react'
import styles from './Section.module.css'

/** Text and controls in a panel, one below the other. */
export function Section({ children }: { children: ReactNode }) {
  return <div className={styles.section}>{children}</div>
}

/** Controls side by side. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}
