import type { ReactNode } from 'react'
import { CheckboxButton, CheckboxField } from 'react-aria-components'
import styles from './Checkbox.module.css'

interface Props {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

export function Checkbox({ isSelected, onChange, isDisabled = false, children }: Props) {
  return (
    <CheckboxField isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className={styles.switch ?? ''}>
        <span className={styles.box} aria-hidden="true">
          {isSelected ? '✓' : ''}
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  )
}
