import type { ReactNode } from 'react'
import { useId } from 'react'
import { Age } from './Age'
import styles from './Panel.module.css'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  /** When the content was last known to be current; null while it is. */
  readonly staleSince?: number | null
  readonly className?: string | undefined
  readonly children: ReactNode
}

export function Panel({ title, actions, staleSince = null, className = '', children }: Props) {
  const heading = useId()
  return (
    <section
      className={`${styles.panel} ${className}`}
      aria-labelledby={heading}
      data-stale={staleSince !== null || undefined}
    >
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        {staleSince !== null && <Age since={staleSince} />}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
