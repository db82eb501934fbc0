import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import styles from './Segments.module.css'

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string; readonly tone?: 'buy' | 'sell' }[]
  readonly onChange: (value: T) => void
  readonly look?: 'bar' | 'tabs'
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange, look = 'bar' }: Props<T>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={next => onChange(next as T)}
      className={`${styles.group} ${styles[look]}`}
    >
      {options.map(option => (
        <RadioField key={option.value} value={option.value} className={styles.field ?? ''}>
          <RadioButton className={`${styles.option} ${option.tone ? styles[option.tone] : ''}`}>{option.label}</RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  )
}
