import { beforeEach, expect, test, vi } from 'vitest'
import type { Member, Pool } from '../api/types'
import type { DangerOperation } from './operation'
import { membersOf, type ShownMember } from './members'

const post = vi.fn()
vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
vi.mock('../api/client', () => ({
  api: { POST: post },
  answer: async (call: Promise<{ data?: unknown }>) => (await call).data,
}))
const account = await import('../account/operations')
const members = await import('../members/operations')
const { ownKeys, poolKeys } = await import('../keys/owner')

const pool: Pool = { poolId: 'pool-1', name: 'Demo', reportingAsset: 'USDT', isClosed: false }
const member: Member = { userId: 'user-1', email: 'a@b.c', level: 'trader', proposedLevel: 'manager', proposedBy: 'user-2' }
const passkey = { passkeyId: 'passkey-1', label: 'Phone', isBackedUp: false, createdAt: '', lastUsedAt: null }
const credential = {
  id: 'AbC',
  type: 'public-key',
  response: { clientDataJSON: 'e30', transports: ['usb', 'nfc'], publicKeyAlgorithm: -7 },
  clientExtensionResults: {},
}
const key = { label: 'Report', groups: ['markets', 'trading'], networks: [], expiresAt: '2027-01-01T00:00:00.000Z' }

const operations: readonly (readonly [string, DangerOperation<unknown>])[] = [
  ['/v1/account/password', account.changePassword('correct horse battery')],
  ['/v1/account/totp/remove', account.removeTotp()],
  ['/v1/account/passkeys', account.addPasskey({ challengeId: 'challenge-1', credential, label: 'Phone' })],
  ['/v1/account/passkeys/{passkeyId}/remove', account.removePasskey(passkey)],
  ['/v1/account/delete', account.deleteAccount()],
  ['/v1/account/api-keys', ownKeys.create(key)],
  ['/v1/pools/{poolId}/api-keys', poolKeys(pool).create(key)],
  ['/v1/pools/{poolId}/members', members.raiseMember(pool, 'a@b.c', 'trader')],
  ['/v1/pools/{poolId}/members/{userId}/approve', members.approveMember(pool, member, 'manager')],
  ['/v1/pools/{poolId}/members/{userId}/drop', members.dropProposal(pool, member)],
  ['/v1/pools/{poolId}/members/{userId}/lower', members.lowerMember(pool, member, 'outsider')],
]

beforeEach(() => void post.mockReset().mockResolvedValue({ data: { token: 'next', expiresAt: '', renewAt: '' } }))

test.each(operations)('%s: what is shown, what is signed and what is sent are one', async (path, operation) => {
  const { asked, words } = operation

  await operation.send({ token: 'permission', key: 'key-1' })

  const [sentTo, sent] = post.mock.calls[0] as [string, { body: unknown; params: { path?: object; header: object } }]
  expect(sentTo).toBe(path)
  expect(sent.body).toBe(asked.payload)
  expect(sent.params.header).toEqual({ 'X-Danger-Token': 'permission', 'Idempotency-Key': 'key-1' })
  const { poolId = null, ...resource } = (sent.params.path ?? {}) as Record<string, string>
  expect(asked.poolId).toBe(poolId)
  expect(asked.resource).toBe(Object.values(resource)[0] ?? null)
  expect(rebuilt(membersOf(asked.payload, words))).toEqual(asked.payload)
})

test('every value stands there whole, however deep it lies', () => {
  const shown = membersOf({ label: 'Phone', credential, isOn: true, none: null, networks: [] })
  expect(leavesOf(shown)).toEqual([
    ['label', 'Phone'],
    ['id', 'AbC'],
    ['type', 'public-key'],
    ['clientDataJSON', 'e30'],
    ['transports', 'usb, nfc'],
    ['publicKeyAlgorithm', '-7'],
    ['clientExtensionResults', '{}'],
    ['isOn', 'true'],
    ['none', 'null'],
    ['networks', '[]'],
  ])
})

test('a member that nobody found words for is shown by its own name', () => {
  expect(membersOf({ amount: '1' }, {})[0]).toMatchObject({ name: 'amount', text: '1', isSecret: false })
})

test('words stand beside the value, never in its place', () => {
  const { asked, words } = members.raiseMember(pool, 'a@b.c', 'custodian')
  expect(membersOf(asked.payload, words)[1]).toMatchObject({ name: 'Level', inWords: 'Custodian', text: 'custodian' })
})

const rebuilt = (shown: readonly ShownMember[]): object =>
  Object.fromEntries(shown.map(({ key, value, inside }) => [key, inside ? rebuilt(inside) : value]))

const leavesOf = (shown: readonly ShownMember[]): readonly (readonly [string, string])[] =>
  shown.flatMap(({ key, text, inside }) => (inside && inside.length > 0 ? leavesOf(inside) : [[key, text] as const]))
