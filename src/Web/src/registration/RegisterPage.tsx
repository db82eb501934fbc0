import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../api/client'
import { problemOf } from '../api/problem'
import { Entrance } from '../session/Entrance'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { LetterIcon } from '../ui/icons'
import { Refused } from '../ui/Refused'
import { TextField } from '../ui/TextField'
import { NewPasswordField } from './NewPasswordField'
import { isGood } from './passwordRules'
import styles from './RegisterPage.module.css'

interface Registration {
  readonly email: string
  readonly password: string
}

const toSignIn = (
  <>
    Have an account already? <Link to="/sign-in">Sign in</Link>
  </>
)

export function RegisterPage() {
  const [sent, setSent] = useState<Registration | null>(null)
  return sent ? (
    <LookIntoMail registration={sent} onBack={() => setSent(null)} />
  ) : (
    <RegistrationForm onSent={setSent} />
  )
}

function useRegistering(onSent?: (registration: Registration) => void) {
  return useMutation({
    mutationFn: async (registration: Registration) => {
      await api.POST('/v1/auth/register', { body: registration })
    },
    onSuccess: (_, registration) => onSent?.(registration),
  })
}

function RegistrationForm({ onSent }: { onSent: (registration: Registration) => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [wasTried, setTried] = useState(false)
  const register = useRegistering(onSent)
  const submit = () => {
    setTried(true)
    if (email.trim() !== '' && isGood(password, email)) register.mutate({ email, password })
  }

  const problem = register.error ? problemOf(register.error) : null
  const errorOf = (field: string) => (problem?.field === field ? problem.message : undefined)
  const emailError = wasTried && email.trim() === '' ? 'Where shall the letter go?' : errorOf('email')
  return (
    <Entrance title="Create an account" foot={toSignIn}>
      <Form label="Create an account" onSubmit={submit}>
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          isRequired
          autoFocus
          value={email}
          onChange={setEmail}
          error={emailError}
        />
        <NewPasswordField
          label="Passphrase"
          email={email}
          value={password}
          onChange={setPassword}
          wasTried={wasTried}
          error={errorOf('password')}
        />
        {problem && !errorOf('email') && !errorOf('password') && <Refused problem={problem} />}
        <Button type="submit" tone="primary" isPending={register.isPending}>
          {register.isPending ? 'One moment…' : 'Create account'}
        </Button>
      </Form>
    </Entrance>
  )
}

/** The same for an address that has an account: who asks learns nothing about others. */
function LookIntoMail({ registration, onBack }: { registration: Registration; onBack: () => void }) {
  const again = useRegistering()
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => text.current?.focus(), [])
  return (
    <Entrance title="Look into your mail" foot={toSignIn}>
      <div ref={text} tabIndex={-1} className={styles.sent}>
        <LetterIcon />
        <p>
          A letter is on its way to <strong>{registration.email}</strong>. Follow the link in it within a day, and the
          account is yours.
        </p>
      </div>
      <div role="status">{again.isSuccess && <p className="muted">Sent again. It may take a minute.</p>}</div>
      {again.error && <Refused problem={problemOf(again.error)} />}
      <Button isPending={again.isPending} onPress={() => again.mutate(registration)}>
        Send it again
      </Button>
      <Button tone="quiet" onPress={onBack}>
        Use another address
      </Button>
    </Entrance>
  )
}
