import { expect, test, vi } from 'vitest'
import { Problem } from '../api/problem'
import { dangerOperation } from './operation'

const post = vi.fn()
vi.mock('../api/client', () => ({
  api: { POST: post },
  answer: async (call: Promise<{ data?: unknown }>) => (await call).data,
}))
const { askPermission, carryOut, sentenceFor } = await import('./carryOut')
const { proofKinds } = await import('./proof')

const problem = (status: number, code: string) => new Problem(status, code, 'Refused.', '', null, 'ray')
const stale = problem(503, 'barrier_stale')
const permission = { token: 'permission', key: 'key-1' }

const operationOf = (send: () => Promise<string>) =>
  dangerOperation({ operation: 'members.lower', title: '', means: '', verb: '', payload: { level: 'outsider' }, send })

test('a code or a passkey proves it, and the password only of who has neither', () => {
  expect(proofKinds({ hasTotp: false, passkeys: 0 })).toEqual(['password'])
  expect(proofKinds({ hasTotp: true, passkeys: 0 })).toEqual(['code'])
  expect(proofKinds({ hasTotp: false, passkeys: 2 })).toEqual(['passkey'])
  expect(proofKinds({ hasTotp: true, passkeys: 1 })).toEqual(['code', 'passkey'])
})

test('permission is asked for exactly what was shown, by one proof', async () => {
  post.mockResolvedValue({ data: { token: 'permission' } })
  const { asked } = operationOf(() => Promise.resolve(''))

  const given = await askPermission(asked, { code: '123456' })

  expect(given.token).toBe('permission')
  expect(post).toHaveBeenCalledExactlyOnceWith('/v1/auth/danger', {
    body: { operation: 'members.lower', resource: null, poolId: null, payload: { level: 'outsider' }, code: '123456' },
  })
})

test('a node that is behind is asked again with the same permission', async () => {
  const send = vi.fn().mockRejectedValueOnce(stale).mockRejectedValueOnce(stale).mockResolvedValue('done')

  expect(await carryOut(operationOf(send), permission, 0)).toBe('done')
  expect(send).toHaveBeenCalledTimes(3)
})

test('a node that stays behind is not asked for ever', async () => {
  const send = vi.fn().mockRejectedValue(stale)

  await expect(carryOut(operationOf(send), permission, 0)).rejects.toBe(stale)
  expect(send).toHaveBeenCalledTimes(3)
})

test('every other refusal is final', async () => {
  const refusal = problem(422, 'last_owner')
  const send = vi.fn().mockRejectedValue(refusal)

  await expect(carryOut(operationOf(send), permission, 0)).rejects.toBe(refusal)
  expect(send).toHaveBeenCalledTimes(1)
})

test('what was sent and not answered is not called undone', () => {
  expect(sentenceFor(problem(0, 'unreachable'), true)).toContain('Nobody knows yet whether it was done')
  expect(sentenceFor(problem(0, 'unreachable'), false)).toBeNull()
  expect(sentenceFor(problem(409, 'danger_token_used'), true)).toContain('done already')
  expect(sentenceFor(problem(422, 'last_owner'), true)).toBeNull()
})
