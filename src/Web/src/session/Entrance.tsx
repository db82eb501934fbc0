import { type ReactNode, useId } from 'react'
import { useTitle } from '../app/Page'
import { ThemeSwitch } from '../app/ThemeSwitch'
import { Wordmark } from '../app/Wordmark'
import styles from './Entrance.module.css'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** The way to the other doors. */
  readonly foot?: ReactNode
}

/** What a visitor sees: one card, one question. */
export function Entrance({ title, children, foot }: Props) {
  const heading = useId()
  useTitle(title)
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <ThemeSwitch />
      </div>
      <section className={styles.card} aria-labelledby={heading}>
        <Wordmark />
        <h1 id={heading}>{title}</h1>
        {children}
        {foot && <p className={styles.foot}>{foot}</p>}
      </section>
    </main>
  )
}
