import type { ReactNode, Ref } from 'react'
import { TextField as AriaTextField, FieldError, Input, Label, type TextFieldProps } from 'react-aria-components'
import styles from './TextField.module.css'

interface Props extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string
  /** The unit of what is typed, such as the asset. */
  readonly unit?: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly inputRef?: Ref<HTMLInputElement>
}

export function TextField({ label, unit, hint, error, inputRef, ...rest }: Props) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} validationBehavior="aria" className={styles.field ?? ''}>
      <span className={styles.head}>
        <Label>{label}</Label>
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
      <span className={styles.box}>
        <Input ref={inputRef} className={styles.input ?? ''} spellCheck="false" />
        {unit && <span className={styles.unit}>{unit}</span>}
      </span>
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  )
}
