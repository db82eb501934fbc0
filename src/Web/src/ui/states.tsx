import type { ReactNode } from 'react'
import type { Problem } from '../api/problem'
import { Button } from './Button'
import { WarningIcon } from './icons'
import { RayId } from './RayId'
import styles from './states.module.css'

/** In the place and size of what comes; visible only after 150 ms, so that a quick answer does not flicker. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="unseen">Loading…</span>
      {Array.from({ length: rows }, (_, row) => (
        // The rows are all alike.
        <span key={row} className={styles.bone} />
      ))}
    </div>
  )
}

/** Says why there is nothing, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children && <p className="muted">{children}</p>}
    </div>
  )
}

export function Failure({ what, problem, onRetry }: { what: string; problem: Problem; onRetry?: () => void }) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.failed}>
        <WarningIcon /> {what}
      </p>
      <p className="muted">{problem.message}</p>
      <RayId id={problem.rayId} />
      {onRetry && (
        <Button shape="small" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
