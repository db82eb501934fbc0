import type { ReactNode } from 'react'
import styles from './Items.module.css'

/** Things with a name, some words and something to do, where a table would be all columns and no rows. */
export function Items({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.items} aria-label={label}>
      {children}
    </ul>
  )
}

interface Props {
  readonly icon?: ReactNode
  readonly title: ReactNode
  readonly badge?: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

export function Item({ icon, title, badge, actions, children }: Props) {
  return (
    <li className={styles.item}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <div className={styles.text}>
        <p className={styles.title}>
          <strong>{title}</strong>
          {badge}
        </p>
        <p className="muted">{children}</p>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  )
}
