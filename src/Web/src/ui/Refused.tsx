import type { ReactNode } from 'react'
import type { Problem } from '../api/problem'
import { RayId } from './RayId'
import styles from './Refused.module.css'

interface Props {
  readonly problem: Problem
  /** In place of the platform's own sentence. */
  readonly says?: ReactNode
  readonly children?: ReactNode
}

/** What the platform refused of a form, said inside it. */
export function Refused({ problem, says, children }: Props) {
  return (
    <div className={styles.refused} role="alert">
      <p>{says ?? problem.message}</p>
      {children}
      <RayId id={problem.rayId} />
    </div>
  )
}
