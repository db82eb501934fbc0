import { createHmac } from 'node:crypto'

const stepMs = 30_000

/** An authenticator app (RFC 6238): a code is good once, so that it never shows the same one twice. */
export class AuthenticatorApp {
  #lastStep = 0

  /** @param secret Base32, as it is typed in. */
  constructor(private readonly secret: string) {}

  /** The next code that was not used yet; the platform takes one that is a step early. */
  async code(): Promise<string> {
    const step = Math.max(Math.floor(Date.now() / stepMs), this.#lastStep + 1)
    const earlyBy = step * stepMs - Date.now() - (stepMs - 1_000)
    if (earlyBy > 0) await new Promise(resolve => setTimeout(resolve, earlyBy))
    this.#lastStep = step
    return this.#at(step)
  }

  #at(step: number): string {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(step))
    const hash = createHmac('sha1', bytesOf(this.secret)).update(counter).digest()
    const offset = (hash.at(-1) ?? 0) & 0xf
    return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
  }
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replaceAll(/[\s=]/g, '')]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
}
