import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { api } from '../api/client'
import { problemOf } from '../api/problem'
import { Entrance } from '../session/Entrance'
import type { Arrival } from '../session/SignInPage'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Refused } from '../ui/Refused'
import { NewPasswordField } from './NewPasswordField'
import { isGood } from './passwordRules'

const toLetter = (
  <>
    No letter, or too old? <Link to="/recover">Ask for another</Link>
  </>
)

/** Where the link of the letter leads. The code stands behind the hash sign, which browsers send to nobody. */
export function VerifyPage() {
  const code = useLocation().hash.slice(1)
  return (
    <Entrance title="Choose your passphrase" foot={toLetter}>
      {code === '' ? (
        <p>Open the link of the letter that we sent you: it brings a code along, and this address has none.</p>
      ) : (
        <PassphraseForm key={code} code={code} />
      )}
    </Entrance>
  )
}

// The platform alone knows whose letter it was: it has the last word on a passphrase that holds the address.
const unknownEmail = null

function PassphraseForm({ code }: { code: string }) {
  const [password, setPassword] = useState('')
  const [wasTried, setTried] = useState(false)
  const navigate = useNavigate()
  const choose = useMutation({
    mutationFn: async () => (await api.POST('/v1/auth/verify', { body: { code, password } })).data,
    onSuccess: chosen => {
      const arrival: Arrival = { isConfirmed: true, ...(chosen && { email: chosen.email }) }
      void navigate('/sign-in', { replace: true, state: arrival })
    },
  })
  const submit = () => {
    setTried(true)
    if (isGood(password, unknownEmail)) choose.mutate()
  }

  const problem = choose.error ? problemOf(choose.error) : null
  const refusal = problem?.field === 'password' ? problem.message : undefined
  return (
    <Form label="Choose your passphrase" onSubmit={submit}>
      <NewPasswordField
        label="Passphrase"
        email={unknownEmail}
        value={password}
        onChange={setPassword}
        wasTried={wasTried}
        error={refusal}
        autoFocus
      />
      {problem && !refusal && <Refused problem={problem} />}
      <Button type="submit" tone="primary" isPending={choose.isPending}>
        {choose.isPending ? 'One moment…' : 'Use this passphrase'}
      </Button>
    </Form>
  )
}
