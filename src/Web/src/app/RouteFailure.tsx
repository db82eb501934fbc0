import { useRouteError } from 'react-router'
import { problemOf } from '../api/problem'
import { Failure } from '../ui/states'

/** The last net: one page failed, the rest of the app still works. */
export function RouteFailure() {
  const error = useRouteError()
  return (
    <main>
      <Failure what="This page failed." problem={problemOf(error)} onRetry={() => location.reload()} />
    </main>
  )
}
