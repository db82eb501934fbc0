import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useId } from 'react'
import { Navigate, useLocation } from 'react-router'
import { answer, api } from '../api/client'
import { type Problem, problemOf } from '../api/problem'
import { ThemeSwitch } from '../app/ThemeSwitch'
import { Wordmark } from '../app/Wordmark'
import { Button } from '../ui/Button'
import { RayId } from '../ui/RayId'
import { TextField } from '../ui/TextField'
import styles from './SignInPage.module.css'
import { session } from './session'
import { useSession } from './useSession'

export function SignInPage() {
  const signedIn = useSession()
  const { state } = useLocation() as { state: unknown }
  const signIn = useMutation({ mutationFn: askToSignIn })
  const title = useId()
  if (signedIn) return <Navigate to={backTo(state)} replace />

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    signIn.mutate({ email: textOf(form, 'email'), password: textOf(form, 'password') })
  }

  const problem = signIn.error ? problemOf(signIn.error) : null
  const errorFor = (field: string) => (problem?.field === field ? problem.message : undefined)
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <ThemeSwitch />
      </div>
      <form className={styles.card} onSubmit={submit} aria-labelledby={title}>
        <Wordmark />
        <h1 id={title}>Sign in</h1>
        {session.ended() === 'expired' && !problem && <p className={styles.note}>Your session ended. Sign in again.</p>}
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          isRequired
          autoFocus
          error={errorFor('email')}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
          error={errorFor('password')}
        />
        {problem && !errorFor('email') && !errorFor('password') && <Refused problem={problem} />}
        <Button type="submit" tone="primary" isPending={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  )
}

function Refused({ problem }: { problem: Problem }) {
  return (
    <div className={styles.refused} role="alert">
      <p>{problem.status === 401 ? 'Email or password is wrong.' : problem.message}</p>
      <RayId id={problem.rayId} />
    </div>
  )
}

async function askToSignIn(credentials: { email: string; password: string }): Promise<void> {
  const { token, expiresAt, renewAt } = await answer(api.POST('/v1/auth/sign-in', { body: credentials }))
  session.begin({ token, expiresAt, renewAt, email: credentials.email })
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field)
  return typeof value === 'string' ? value : ''
}

/** Only a path of this app: never a place that an address could have smuggled in. */
function backTo(state: unknown): string {
  const from = (state as { from?: unknown } | null)?.from
  return typeof from === 'string' && from.startsWith('/') && !from.startsWith('//') ? from : '/'
}
