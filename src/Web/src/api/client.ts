import createClient from 'openapi-fetch'
import { session } from '../session/session'
import { problemFrom, unreachable } from './problem'
import type { paths } from './schema'

const scheme = 'Bearer '

export const api = createClient<paths, 'application/json'>({ baseUrl: '' })

api.use({
  onRequest({ request }) {
    const token = session.token()
    if (token) request.headers.set('Authorization', scheme + token)
    return request
  },
  async onResponse({ request, response }) {
    if (response.ok) return
    const token = request.headers.get('Authorization')?.slice(scheme.length)
    // Which of two tokens was not good, a 401 does not tell; the session's own shows at the next request.
    if (response.status === 401 && token && !request.headers.has('X-Danger-Token')) session.refused(token)
    throw await problemFrom(response)
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError' ? error : unreachable()
  },
})

/** The body of an answer; every refusal is thrown as a {@link Problem}. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call
  if (data === undefined || data === null) throw new Error('The platform answered without a body.')
  return data
}
