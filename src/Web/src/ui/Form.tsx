import type { ReactNode, SyntheticEvent } from 'react'
import styles from './Form.module.css'

interface Props {
  readonly label: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** What is wrong is said by us, beside the field, not by the browser's own bubbles. */
export function Form({ label, onSubmit, children }: Props) {
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    // A dialog that a form opens holds a form too, and stands inside it for React though not for the page.
    event.stopPropagation()
    onSubmit()
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label={label}>
      {children}
    </form>
  )
}
