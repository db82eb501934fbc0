import { Input, SearchField } from 'react-aria-components'
import { SearchIcon } from './icons'
import styles from './Search.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Narrows a list while typing; Escape clears it. */
export function Search({ label, value, onChange }: Props) {
  return (
    <SearchField aria-label={label} value={value} onChange={onChange} className={styles.field ?? ''}>
      <SearchIcon />
      <Input className={styles.input ?? ''} placeholder={label} />
    </SearchField>
  )
}
