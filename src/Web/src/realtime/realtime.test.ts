import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoffMs } from './backoff'
import { RealtimeClient } from './client'
import type { Entry } from './frame'
import { stepFor } from './position'
import type { Topic } from './topic'
import type { WatchAnswer, WatchRequest, Wire, WireEvents } from './wire'

const letters: Topic<string> = {
  name: 'letters/a',
  replace: body => String(body),
  apply: (value, body) => value + String(body),
}

/** The other end of the line, by hand. */
class Line implements Wire {
  watched: WatchRequest[][] = []
  unwatched: number[][] = []
  tokens: string[] = []
  stopped = false
  refusing: string | null = null
  #nextRef = 1
  constructor(readonly events: WireEvents) {}
  start = async () => {}
  stop = async () => {
    this.stopped = true
  }
  authenticate = async (token: string) => {
    this.tokens.push(token)
  }
  watch = async (requests: WatchRequest[]): Promise<WatchAnswer[]> => {
    this.watched.push(requests)
    return requests.map(({ topic }) =>
      this.refusing ? { topic, ref: 0, code: this.refusing } : { topic, ref: this.#nextRef++ },
    )
  }
  unwatch = async (refs: number[]) => {
    this.unwatched.push(refs)
  }
  send(...entries: unknown[][]) {
    this.events.onFrame([1, Date.now(), entries])
  }
}

function connected(options: { token?: string } = {}) {
  const lines: Line[] = []
  const client = new RealtimeClient({
    open: events => {
      const line = new Line(events)
      lines.push(line)
      return line
    },
    token: () => options.token ?? null,
    onTokenRefused: () => undefined,
    random: () => 0.5,
  })
  return { client, lines, line: () => lines.at(-1) as Line }
}

const settle = (ms = 60) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a step', () => {
  const at = (epoch: string, sequence: number) => ({ epoch, sequence })
  const delta = (epoch: string, from: number, to: number): Entry => ({ ref: 1, kind: 1, epoch, from, to, body: '' })
  const heartbeat = (epoch: string, to: number): Entry => ({ ref: 1, kind: 2, epoch, from: to, to, body: null })

  it.each([
    ['the next one', at('e', 4), delta('e', 5, 5), 'apply'],
    ['a range that follows', at('e', 4), delta('e', 5, 9), 'apply'],
    ['an old one', at('e', 4), delta('e', 3, 4), 'drop'],
    ['one after a hole', at('e', 4), delta('e', 6, 6), 'resume'],
    ['a range that overlaps', at('e', 4), delta('e', 4, 6), 'resume'],
    ['one of another epoch', at('e', 4), delta('f', 5, 5), 'resume'],
    ['one before any snapshot', null, delta('e', 1, 1), 'resume'],
    ['a heartbeat that agrees', at('e', 4), heartbeat('e', 4), 'drop'],
    ['a heartbeat that is ahead', at('e', 4), heartbeat('e', 5), 'resume'],
    ['a heartbeat of another epoch', at('e', 4), heartbeat('f', 4), 'resume'],
  ] as const)('%s', (_, position, entry, step) => {
    expect(stepFor(position, entry)).toBe(step)
  })
})

describe('backoff', () => {
  it('stays between 2 and 20 seconds and grows', () => {
    expect([0, 1, 2, 3, 9].map(attempt => backoffMs(attempt, () => 1))).toEqual([4e3, 8e3, 16e3, 20e3, 20e3])
    expect(backoffMs(9, () => 0)).toBe(2e3)
  })
})

describe('the client', () => {
  it('signs in first, then watches in one batch', async () => {
    const { client, line } = connected({ token: 'secret' })
    client.watch(letters, () => undefined)
    client.watch({ ...letters, name: 'letters/b' }, () => undefined)
    await settle()
    expect(line().tokens).toEqual(['secret'])
    expect(line().watched).toEqual([[{ topic: 'letters/a' }, { topic: 'letters/b' }]])
  })

  it('applies a snapshot and what follows, once', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle()
    line().send([1, 0, 'e', 0, 3, 'abc'], [1, 1, 'e', 4, 4, 'd'])
    line().send([1, 1, 'e', 4, 4, 'd'], [1, 1, 'e', 5, 6, 'ef'])
    expect(client.view(letters)).toMatchObject({ value: 'abcdef', position: { epoch: 'e', sequence: 6 } })
    expect(client.stats).toMatchObject({ snapshots: 1, deltas: 2, drops: 1, holes: 0 })
  })

  it('asks for what is missing after a hole, and applies nothing beyond it', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle()
    line().send([1, 0, 'e', 0, 1, 'a'], [1, 1, 'e', 3, 3, 'c'])
    expect(client.view(letters)).toMatchObject({ value: 'a', phase: 'waiting' })
    await settle(400)
    expect(line().watched[1]).toEqual([{ topic: 'letters/a', epoch: 'e', sequence: 1 }])
    line().send([2, 1, 'e', 2, 3, 'bc'])
    expect(client.view(letters)).toMatchObject({ value: 'abc', phase: 'live' })
  })

  it('finds a silent loss by the heartbeat', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle()
    line().send([1, 0, 'e', 0, 1, 'a'], [1, 2, 'e', 2, 2])
    await settle(400)
    expect(line().watched[1]).toEqual([{ topic: 'letters/a', epoch: 'e', sequence: 1 }])
    expect(client.stats.holes).toBe(1)
  })

  it('keeps entries that overtake the answer', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle(10)
    line().watch = async requests => {
      line().send([7, 0, 'e', 0, 1, 'a'], [7, 1, 'e', 2, 2, 'b'])
      return requests.map(({ topic }) => ({ topic, ref: 7 }))
    }
    await settle()
    expect(client.view(letters)?.value).toBe('ab')
  })

  it('keeps its value through a lost connection and resumes where it was', async () => {
    const { client, lines, line } = connected({ token: 'secret' })
    client.watch(letters, () => undefined)
    await settle()
    line().send([1, 0, 'e', 0, 1, 'a'])
    line().events.onClose()
    expect(client.connection.state).toBe('waiting')
    expect(client.view(letters)).toMatchObject({ value: 'a', phase: 'waiting' })
    await settle(600)
    expect(lines).toHaveLength(2)
    expect(line().tokens).toEqual(['secret'])
    expect(line().watched).toEqual([[{ topic: 'letters/a', epoch: 'e', sequence: 1 }]])
    line().send([1, 1, 'e', 2, 4, 'bcd'])
    expect(client.view(letters)?.value).toBe('abcd')
    expect(client.stats).toMatchObject({ connects: 2, disconnects: 1, resumes: 1, holes: 0 })
  })

  it('starts over when the platform is another incarnation', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle()
    line().send([1, 0, 'e', 0, 1, 'a'], [1, 3, 'e', 0, 0])
    await settle(400)
    line().send([2, 0, 'f', 0, 9, 'z'])
    expect(client.view(letters)).toMatchObject({ value: 'z', position: { epoch: 'f', sequence: 9 } })
    expect(client.stats.resets).toBe(1)
  })

  it('ignores a late frame of a closed connection', async () => {
    const { client, lines } = connected()
    client.watch(letters, () => undefined)
    await settle()
    lines[0]?.send([1, 0, 'e', 0, 1, 'a'])
    lines[0]?.events.onClose()
    lines[0]?.send([1, 1, 'e', 2, 2, 'b'])
    expect(client.view(letters)?.value).toBe('a')
  })

  it('does not ask again after a refusal, and says why', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle(10)
    line().refusing = 'no_such_topic'
    await settle(30_000)
    expect(client.view(letters)).toMatchObject({ phase: 'refused', code: 'no_such_topic' })
    expect(line().watched).toHaveLength(1)
  })

  it('asks again after a silence of ten seconds', async () => {
    const { client, line } = connected()
    client.watch(letters, () => undefined)
    await settle(10)
    let asked = 0
    line().watch = () => {
      asked++
      return new Promise(() => undefined)
    }
    await settle(10_100)
    expect(client.view(letters)?.phase).toBe('waiting')
    await settle(4_100)
    expect(asked).toBe(2)
  })

  it('shares a topic and leaves it five seconds after the last look', async () => {
    const { client, line } = connected()
    const first = client.watch(letters, () => undefined)
    const second = client.watch(letters, () => undefined)
    await settle()
    expect(line().watched).toHaveLength(1)
    first()
    await settle(6_000)
    expect(line().unwatched).toEqual([])
    second()
    await settle(4_900)
    expect(line().unwatched).toEqual([])
    await settle(200)
    expect(line().unwatched).toEqual([[1]])
  })

  it('tells its listeners, and no longer once they left', async () => {
    const { client, line } = connected()
    const listener = vi.fn()
    const stop = client.watch(letters, listener)
    await settle()
    const before = listener.mock.calls.length
    line().send([1, 0, 'e', 0, 1, 'a'])
    expect(listener.mock.calls.length).toBe(before + 1)
    stop()
    line().send([1, 1, 'e', 2, 2, 'b'])
    expect(listener.mock.calls.length).toBe(before + 1)
  })

  it('waits longer each time the platform cannot be reached', async () => {
    let tries = 0
    const client = new RealtimeClient({
      open: events => {
        const line = new Line(events)
        line.start = async () => {
          tries++
          throw new Error('unreachable')
        }
        return line
      },
      token: () => null,
      onTokenRefused: () => undefined,
      random: () => 0,
    })
    client.watch(letters, () => undefined)
    await settle(0)
    expect(tries).toBe(1)
    await settle(60)
    expect(tries).toBe(2)
    await settle(1_900)
    expect(tries).toBe(2)
    await settle(200)
    expect(tries).toBe(3)
  })
})
