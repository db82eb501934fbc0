import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { type Problem, problemOf } from '../api/problem'
import { canUsePasskeys, offerPasskeys } from '../passkeys/webauthn'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Note } from '../ui/Note'
import { Refused } from '../ui/Refused'
import { TextField } from '../ui/TextField'
import { Entrance } from './Entrance'
import { session } from './session'
import { passkeyQuestion, signInByPasskey, signInByPassword, signInWith } from './signIn'
import { useSession } from './useSession'

/** Where the visitor comes from, and what the page there wants to be said. */
export interface Arrival {
  readonly from?: string
  readonly isConfirmed?: boolean
  /** Whose passphrase was just chosen. */
  readonly email?: string
}

export function SignInPage() {
  const signedIn = useSession()
  const arrival = (useLocation().state as Arrival | null) ?? {}
  const passkey = useMutation({ mutationFn: signInByPasskey })
  const offered = useMutation({ mutationFn: signInWith })
  const isAsking = passkey.isPending || offered.isPending
  useOffer(!signedIn && !isAsking, offered.mutate)
  if (signedIn) return <Navigate to={backTo(arrival.from)} replace />

  const error = passkey.error ?? offered.error
  return (
    <Entrance
      title="Sign in"
      foot={
        <>
          New here? <Link to="/register">Create an account</Link>
          <br />
          Forgot your password? <Link to="/recover">Choose another</Link>
        </>
      }
    >
      {arrival.isConfirmed && <Note tone="done">Your passphrase is set. Sign in with it.</Note>}
      {session.ended() === 'expired' && <p className="muted">Your session ended. Sign in again.</p>}
      <PasswordForm known={arrival.email} />
      {canUsePasskeys() && (
        <>
          {error && <Refused problem={problemOf(error)} />}
          <Button isPending={isAsking} onPress={() => passkey.mutate()}>
            {isAsking ? 'Waiting for your passkey…' : 'Sign in with a passkey'}
          </Button>
        </>
      )}
    </Entrance>
  )
}

/** Browsers that can show known passkeys in the email field itself. */
function useOffer(isOn: boolean, onChosen: (passkey: Parameters<typeof signInWith>[0]) => void): void {
  useEffect(() => {
    if (!isOn) return
    const left = new AbortController()
    const offer = async () => {
      const chosen = await offerPasskeys(passkeyQuestion, left.signal)
      if (chosen) onChosen(chosen)
    }
    // Nobody asked for it: that it cannot be had is no news.
    offer().catch(() => undefined)
    return () => left.abort()
  }, [isOn, onChosen])
}

function PasswordForm({ known = '' }: { known?: string | undefined }) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const signIn = useMutation({
    mutationFn: () => signInByPassword({ email, password, code: needsCode ? code : null }),
    onError: error => {
      const wants = problemOf(error).code
      if (wants === 'code_required') setNeedsCode(true)
      if (wants === 'code_unexpected') setNeedsCode(false)
      setCode('')
    },
  })
  const another = (change: (text: string) => void) => (text: string) => {
    change(text)
    setNeedsCode(false)
  }

  const problem = signIn.error ? problemOf(signIn.error) : null
  const errorOf = (field: string) => (problem?.field === field && isFault(problem) ? problem.message : undefined)
  const isSaidElsewhere = !isFault(problem) || ['email', 'password', 'code'].includes(problem?.field ?? '')
  return (
    <Form label="Sign in" onSubmit={() => signIn.mutate()}>
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username webauthn"
        isRequired
        autoFocus={known === ''}
        value={email}
        onChange={another(setEmail)}
        error={errorOf('email')}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus={known !== ''}
        value={password}
        onChange={another(setPassword)}
        error={errorOf('password')}
      />
      <div role="status">
        {needsCode && <p>Your password is right. Now the code of your authenticator app.</p>}
      </div>
      {needsCode && (
        <TextField
          label="6-digit code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          isRequired
          autoFocus
          value={code}
          onChange={setCode}
          error={errorOf('code')}
        />
      )}
      {problem && !isSaidElsewhere && <Refused problem={problem} says={sentenceFor(problem)} />}
      <Button type="submit" tone="primary" isPending={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </Form>
  )
}

/** That a code is missing is a question, not a fault. */
const isFault = (problem: Problem | null): boolean => problem !== null && problem.code !== 'code_required'

const sentenceFor = ({ code }: Problem) => (code === 'invalid_credentials' ? 'Email or password is wrong.' : undefined)

/** Only a path of this app: never a place that an address could have smuggled in. */
function backTo(from: unknown): string {
  return typeof from === 'string' && from.startsWith('/') && !from.startsWith('//') ? from : '/'
}
