import { randomUUID } from 'node:crypto'
import { platform } from './settings'

export interface NewOrder {
  market: string
  side: 'buy' | 'sell'
  type: 'market' | 'limit' | 'limitMaker'
  quantity?: string
  limitPrice?: string
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** The demo user, when nobody else is named. */
export async function signIn({ email, password }: Credentials = platform): Promise<string> {
  const answer = await ask('/v1/auth/sign-in', { email, password })
  return ((await answer.json()) as { token: string }).token
}

/** What everybody may ask. */
export async function ask(path: string, body: unknown): Promise<Response> {
  const answer = await fetch(platform.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}.`)
  return answer
}

/** The same user by another way in, for what a test needs beside the page. */
export class PlatformApi {
  private constructor(
    private readonly token: string,
    private readonly poolId: string,
  ) {}

  static async of(token: string): Promise<PlatformApi> {
    const api = new PlatformApi(token, '')
    const { items } = await api.get<{ items: { poolId: string }[] }>('/v1/pools')
    if (!items[0]) throw new Error('The demo user is in no pool.')
    return new PlatformApi(token, items[0].poolId)
  }

  /** A price so far below the market that a buy order stays in the book. */
  async restingPrice(market: string): Promise<string> {
    const { bid } = await this.get<{ bid: string }>(`/v1/markets/${market}/ticker`)
    return String(Math.floor(Number(bid) * 0.9))
  }

  async place(order: NewOrder): Promise<string> {
    const { orderId } = await this.send<{ orderId: string }>(`/v1/pools/${this.poolId}/orders`, order)
    return orderId
  }

  async cancel(orderId: string): Promise<void> {
    await this.send(`/v1/pools/${this.poolId}/orders/${orderId}/cancel`)
  }

  async order(orderId: string): Promise<{ status: string; isOpen: boolean }> {
    return this.get(`/v1/pools/${this.poolId}/orders/${orderId}`)
  }

  /** How many of the latest orders have this quantity. */
  async countOrders(quantity: string): Promise<number> {
    const { items } = await this.get<{ items: { quantity: string | null }[] }>(`/v1/pools/${this.poolId}/orders?limit=50`)
    return items.filter(order => Number(order.quantity) === Number(quantity)).length
  }

  /** The level is given once; a member who has it already is left alone. */
  async addMember(email: string, level: string): Promise<void> {
    await this.danger('/members', 'members.add', null, { email, level })
  }

  async removeMember(email: string): Promise<void> {
    const { items } = await this.get<{ items: { userId: string; email: string }[] }>(
      `/v1/pools/${this.poolId}/members?filter.email=eq:${email}`,
    )
    for (const { userId } of items) await this.danger(`/members/${userId}/lower`, 'members.lower', userId, { level: 'outsider' })
  }

  /** What is asked for twice: first the permission for exactly this, then this. */
  private async danger(path: string, operation: string, resource: string | null, payload: object): Promise<void> {
    const asked = { operation, resource, poolId: this.poolId, payload, password: platform.password }
    const { token } = await this.send<{ token: string }>('/v1/auth/danger', asked)
    await this.send(`/v1/pools/${this.poolId}${path}`, payload, { 'X-Danger-Token': token })
  }

  private async get<T>(path: string): Promise<T> {
    return this.read(await fetch(platform.url + path, { headers: { Authorization: `Bearer ${this.token}` } }))
  }

  private async send<T>(path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.token}`,
      'Idempotency-Key': randomUUID(),
      ...more,
    }
    if (body) headers['Content-Type'] = 'application/json'
    return this.read(await fetch(platform.url + path, { method: 'POST', headers, body: body ? JSON.stringify(body) : null }))
  }

  private async read<T>(answer: Response): Promise<T> {
    if (!answer.ok) throw new Error(`${answer.url} was answered ${answer.status}: ${await answer.text()}`)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }
}
