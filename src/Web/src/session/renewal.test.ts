import { afterEach, expect, test, vi } from 'vitest'

const post = vi.fn()
const kept = new Map<string, string>()
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
})
vi.mock('../api/client', () => ({
  api: { POST: post },
  answer: async (call: Promise<{ data?: unknown }>) => (await call).data,
}))
const { session } = await import('./session')
const { renewWhenDue, signOut } = await import('./renewal')

const hourMs = 3_600_000
const began = Date.now()
const at = (ms: number) => new Date(began + ms).toISOString()
const first = { token: 'one', expiresAt: at(hourMs), renewAt: at(hourMs / 2) }
const second = { token: 'two', expiresAt: at(1.5 * hourMs), renewAt: at(hourMs) }

afterEach(() => {
  session.end('signedOut')
  post.mockReset()
})

test('a token is renewed once half of its life is over, and not before', async () => {
  session.begin(first)
  post.mockResolvedValue({ data: second })

  await renewWhenDue(began + hourMs / 2 - 1)
  expect(post).not.toHaveBeenCalled()
  await renewWhenDue(began + hourMs / 2)

  expect(post).toHaveBeenCalledExactlyOnceWith('/v1/auth/renew')
  expect(session.current()).toEqual(second)
})

test('two looks at once ask once', async () => {
  session.begin(first)
  post.mockResolvedValue({ data: second })

  await Promise.all([renewWhenDue(began + hourMs), renewWhenDue(began + hourMs)])

  expect(post).toHaveBeenCalledTimes(1)
})

test('an answer that comes after the sign-out begins nothing', async () => {
  session.begin(first)
  post.mockImplementation(async () => {
    session.end('signedOut')
    return Promise.resolve({ data: second })
  })

  await renewWhenDue(began + hourMs)

  expect(session.current()).toBeNull()
})

test('a token that is refused ends the session, but for one that the session has gone on from', () => {
  session.begin(first)
  session.renew(second)

  session.refused(first.token)
  expect(session.current()).toEqual(second)
  session.refused(second.token)

  expect(session.current()).toBeNull()
  expect(session.ended()).toBe('expired')
})

test('while the next token is on its way, a refusal of the one before ends nothing and nobody asks for another', async () => {
  session.begin(first)
  const exchanged = session.exchange(async () => {
    session.refused(first.token)
    await renewWhenDue(began + hourMs)
    return second
  })

  await exchanged

  expect(session.current()).toEqual(second)
  expect(post).not.toHaveBeenCalled()
})

test('an exchange that fails leaves it to the next refusal to end the session', async () => {
  session.begin(first)

  await expect(session.exchange(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  expect(session.current()).toEqual(first)
  session.refused(first.token)

  expect(session.current()).toBeNull()
})

test('signing out ends the session here at once and tells the platform with its token', () => {
  session.begin(first)
  post.mockReturnValue(new Promise(() => undefined))

  signOut()

  expect(session.current()).toBeNull()
  expect(post).toHaveBeenCalledWith('/v1/auth/sign-out', { headers: { Authorization: 'Bearer one' } })
})
