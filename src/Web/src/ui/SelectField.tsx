import { type ReactNode, useId } from 'react'
import { DownIcon } from './icons'
import styles from './SelectField.module.css'

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  /** What the chosen one means. */
  readonly description?: ReactNode
}

/** The browser's own list: every reader, keyboard and phone knows it. */
export function SelectField<T extends string>({ label, value, options, onChange, description }: Props<T>) {
  const field = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={field}>{label}</label>
      <span className={styles.box}>
        <select
          id={field}
          value={value}
          aria-describedby={description ? `${field}-description` : undefined}
          onChange={event => onChange(event.target.value as T)}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <DownIcon />
      </span>
      {description && (
        <p id={`${field}-description`} className="muted">
          {description}
        </p>
      )}
    </div>
  )
}
