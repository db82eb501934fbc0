import { useId, useState } from 'react'
import { Button } from '../ui/Button'
import { TextField } from '../ui/TextField'
import styles from './NewPasswordField.module.css'
import { checksOf, type PasswordCheck } from './passwordRules'

interface Props {
  readonly label: string
  /** Null: nobody knows. */
  readonly email: string | null
  readonly value: string
  readonly onChange: (password: string) => void
  /** Whether it was sent already: only then is it wrong, before that it is not finished. */
  readonly wasTried: boolean
  /** What the platform refused of it. */
  readonly error?: string | undefined
  readonly autoFocus?: boolean
}

export function NewPasswordField({ label, email, value, onChange, wasTried, error, autoFocus = false }: Props) {
  const [isShown, setShown] = useState(false)
  const rules = useId()
  const checks = checksOf(value, email)
  const isBad = wasTried && checks.some(check => !check.isMet)
  return (
    <div className={styles.field}>
      <TextField
        label={label}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        autoFocus={autoFocus}
        aria-describedby={rules}
        value={value}
        onChange={onChange}
        hint={
          <Button tone="quiet" shape="small" onPress={() => setShown(!isShown)}>
            {isShown ? 'Hide' : 'Show'}
          </Button>
        }
        error={error ?? (isBad ? 'Not yet: see below what is missing.' : undefined)}
      />
      <ul id={rules} className={styles.rules}>
        {checks.map(check => (
          <Rule key={check.text} check={check} />
        ))}
      </ul>
    </div>
  )
}

function Rule({ check }: { check: PasswordCheck }) {
  return (
    <li data-met={check.isMet || undefined}>
      <span aria-hidden="true">{check.isMet ? '✓' : '○'}</span>
      {check.text}
      {check.isMet && <span className="unseen">: done.</span>}
    </li>
  )
}
