import { allPages } from '../api/allPages'
import { answer, api } from '../api/client'
import { type ApiKey, type CreateApiKey, type CreatedApiKey, pageMost, type Pool } from '../api/types'
import { type DangerHeaders, type DangerOperation, dangerOperation } from '../danger/operation'
import { timeText } from '../ui/timeText'
import { groupsInWords } from './groups'

/** Whose keys they are: one's own, or a pool's. The platform keeps both alike. */
export interface KeyOwner {
  readonly pool: Pool | null
  readonly list: (signal: AbortSignal) => Promise<readonly ApiKey[]>
  readonly revoke: (name: string) => Promise<unknown>
  readonly create: (key: CreateApiKey) => DangerOperation<CreatedApiKey>
}

export const ownKeys: KeyOwner = {
  pool: null,
  list: signal =>
    allPages(cursor => answer(api.GET('/v1/account/api-keys', { params: { query: { limit: pageMost, cursor } }, signal }))),
  revoke: name => api.POST('/v1/account/api-keys/{name}/revoke', { params: { path: { name } } }),
  create: key =>
    creation(key, 'apikeys.create', null, (body, header) => answer(api.POST('/v1/account/api-keys', { params: { header }, body }))),
}

export function poolKeys(pool: Pool): KeyOwner {
  const { poolId } = pool
  return {
    pool,
    list: signal =>
      allPages(cursor => {
        const params = { path: { poolId }, query: { limit: pageMost, cursor } }
        return answer(api.GET('/v1/pools/{poolId}/api-keys', { params, signal }))
      }),
    revoke: name => api.POST('/v1/pools/{poolId}/api-keys/{name}/revoke', { params: { path: { poolId, name } } }),
    create: key =>
      creation(key, 'pools.apikeys.create', pool, (body, header) =>
        answer(api.POST('/v1/pools/{poolId}/api-keys', { params: { path: { poolId }, header }, body })),
      ),
  }
}

function creation(
  payload: CreateApiKey,
  operation: string,
  pool: Pool | null,
  send: (body: CreateApiKey, header: DangerHeaders) => Promise<CreatedApiKey>,
): DangerOperation<CreatedApiKey> {
  return dangerOperation({
    operation,
    title: 'Make an API key',
    means: `Whoever holds it acts ${pool ? 'for the pool' : 'in your name'}, until it expires or is revoked.`,
    verb: 'Make the key',
    pool,
    payload,
    words: {
      label: { name: 'Name' },
      groups: { name: 'Good for', inWords: groupsInWords },
      networks: { name: 'From', inWords: networks => (Array.isArray(networks) && networks.length > 0 ? null : 'Anywhere') },
      expiresAt: { name: 'Expires', inWords: at => timeText(String(at)) },
    },
    send,
  })
}
