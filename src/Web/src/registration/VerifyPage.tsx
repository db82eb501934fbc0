import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useLocation } from 'react-router'
import { api } from '../api/client'
import { problemOf } from '../api/problem'
import { Entrance } from '../session/Entrance'
import type { Arrival } from '../session/SignInPage'
import { Button } from '../ui/Button'
import { Refused } from '../ui/Refused'
import { Skeleton } from '../ui/states'

const toRegister = (
  <>
    No letter, or too old? <Link to="/register">Register again</Link>
  </>
)

/** Where the link of the letter leads. The code stands behind the hash sign, which browsers send to nobody. */
export function VerifyPage() {
  const code = useLocation().hash.slice(1)
  return code === '' ? (
    <Entrance title="Confirm your address" foot={toRegister}>
      <p>Open the link of the letter that we sent you: it brings a code along, and this address has none.</p>
    </Entrance>
  ) : (
    <Confirming code={code} />
  )
}

function Confirming({ code }: { code: string }) {
  // Confirming twice is confirming once, so that asking as for something to read does no harm.
  const confirmed = useQuery({
    queryKey: ['verify', code],
    queryFn: async () => {
      await api.POST('/v1/auth/verify', { body: { code } })
      return true
    },
    staleTime: Infinity,
    networkMode: 'always',
  })
  if (confirmed.data) {
    const arrival: Arrival = { isConfirmed: true }
    return <Navigate to="/sign-in" replace state={arrival} />
  }
  const problem = confirmed.error ? problemOf(confirmed.error) : null
  return (
    <Entrance title="Confirm your address" foot={toRegister}>
      {problem ? (
        <>
          <Refused problem={problem} />
          {problem.isUnanswered && <Button onPress={() => void confirmed.refetch()}>Try again</Button>}
        </>
      ) : (
        <Skeleton rows={2} />
      )}
    </Entrance>
  )
}
