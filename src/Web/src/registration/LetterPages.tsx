import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../api/client'
import { problemOf } from '../api/problem'
import { Entrance } from '../session/Entrance'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { LetterIcon } from '../ui/icons'
import { Refused } from '../ui/Refused'
import { TextField } from '../ui/TextField'
import styles from './LetterPages.module.css'

interface Letter {
  readonly title: string
  readonly why: ReactNode
  readonly route: '/v1/auth/register' | '/v1/auth/recover'
  readonly foot: ReactNode
  /** What the link in the letter is for, behind "Follow it to …". */
  readonly then: string
}

const registering: Letter = {
  title: 'Create an account',
  why: 'We write to you first: whoever reads the letter chooses the passphrase.',
  route: '/v1/auth/register',
  foot: (
    <>
      Have an account already? <Link to="/sign-in">Sign in</Link>
    </>
  ),
  then: 'choose a passphrase, and the account is yours',
}

const recovering: Letter = {
  title: 'Choose a new passphrase',
  why: 'We write to the address of your account. Until you answer, everything stays as it is.',
  route: '/v1/auth/recover',
  foot: (
    <>
      Remembered it? <Link to="/sign-in">Sign in</Link>
    </>
  ),
  then: 'choose a new passphrase. Codes and passkeys stay as they are',
}

export const RegisterPage = () => <LetterPage letter={registering} />

export const RecoverPage = () => <LetterPage letter={recovering} />

function LetterPage({ letter }: { letter: Letter }) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  return sentTo === null ? (
    <AddressForm letter={letter} onSent={setSentTo} />
  ) : (
    <LookIntoMail letter={letter} email={sentTo} onBack={() => setSentTo(null)} />
  )
}

function useLetter(letter: Letter, onSent?: (email: string) => void) {
  return useMutation({
    mutationFn: async (email: string) => {
      await api.POST(letter.route, { body: { email } })
    },
    onSuccess: (_, email) => onSent?.(email),
  })
}

function AddressForm({ letter, onSent }: { letter: Letter; onSent: (email: string) => void }) {
  const [email, setEmail] = useState('')
  const [wasTried, setTried] = useState(false)
  const ask = useLetter(letter, onSent)
  const isEmpty = email.trim() === ''
  const submit = () => {
    setTried(true)
    if (!isEmpty) ask.mutate(email)
  }

  const problem = ask.error ? problemOf(ask.error) : null
  const refusal = problem?.field === 'email' ? problem.message : undefined
  return (
    <Entrance title={letter.title} foot={letter.foot}>
      <p className="muted">{letter.why}</p>
      <Form label={letter.title} onSubmit={submit}>
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          isRequired
          autoFocus
          value={email}
          onChange={setEmail}
          error={wasTried && isEmpty ? 'Where shall the letter go?' : refusal}
        />
        {problem && !refusal && <Refused problem={problem} />}
        <Button type="submit" tone="primary" isPending={ask.isPending}>
          {ask.isPending ? 'One moment…' : 'Send me the letter'}
        </Button>
      </Form>
    </Entrance>
  )
}

/** The same whether or not the address has an account: who asks learns nothing about others. */
function LookIntoMail({ letter, email, onBack }: { letter: Letter; email: string; onBack: () => void }) {
  const again = useLetter(letter)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => text.current?.focus(), [])
  return (
    <Entrance title="Look into your mail" foot={letter.foot}>
      <div ref={text} tabIndex={-1} className={styles.sent}>
        <LetterIcon />
        <p>
          A letter is on its way to <strong>{email}</strong>. Follow the link in it within a day to {letter.then}.
        </p>
      </div>
      <div role="status">{again.isSuccess && <p className="muted">Sent again. It may take a minute.</p>}</div>
      {again.error && <Refused problem={problemOf(again.error)} />}
      <Button isPending={again.isPending} onPress={() => again.mutate(email)}>
        Send it again
      </Button>
      <Button tone="quiet" onPress={onBack}>
        Use another address
      </Button>
    </Entrance>
  )
}
