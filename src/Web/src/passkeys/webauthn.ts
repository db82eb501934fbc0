import { Problem } from '../api/problem'
import type { NewPasskey, PasskeyAnswer, PasskeyOptions } from '../api/types'

/** The platform's questions are good for five minutes. */
const freshMs = 4 * 60_000

export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** Lets an authenticator answer, which asks its owner first. */
export async function askPasskey(asked: PasskeyOptions): Promise<PasskeyAnswer> {
  return { challengeId: asked.challengeId, credential: jsonOf(await ask(() => get(asked))) }
}

/** Lets an authenticator make a passkey. */
export async function makePasskey(asked: PasskeyOptions): Promise<Omit<NewPasskey, 'label'>> {
  const options = asked.options as PublicKeyCredentialCreationOptionsJSON
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return { challengeId: asked.challengeId, credential: jsonOf(await ask(() => navigator.credentials.create({ publicKey }))) }
}

/** Passkeys among what the browser offers in a field, until one is chosen; null: never, the page has gone on. */
export async function offerPasskeys(
  question: () => Promise<PasskeyOptions>,
  signal: AbortSignal,
): Promise<PasskeyAnswer | null> {
  if (!canUsePasskeys() || !(await PublicKeyCredential.isConditionalMediationAvailable())) return null
  while (!signal.aborted) {
    const asked = await question()
    const lapsed = AbortSignal.timeout(freshMs)
    try {
      const given = await get(asked, { mediation: 'conditional', signal: AbortSignal.any([signal, lapsed]) })
      return { challengeId: asked.challengeId, credential: jsonOf(given) }
    } catch {
      if (!lapsed.aborted) return null
    }
  }
  return null
}

function get({ options }: PasskeyOptions, more: CredentialRequestOptions = {}): Promise<Credential | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
  return navigator.credentials.get({ ...more, publicKey })
}

async function ask(authenticator: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await authenticator()
  } catch (error) {
    throw refusal(error)
  }
}

function jsonOf(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw refusal(null)
  return credential.toJSON()
}

/** What the browser says is for programmers; why it failed it keeps to itself, so that sites learn nothing. */
function refusal(error: unknown): Problem {
  const name = error instanceof DOMException ? error.name : ''
  const detail =
    name === 'InvalidStateError'
      ? 'This authenticator holds a passkey of yours already.'
      : 'It was canceled, took too long, or this device has none.'
  return new Problem(0, 'passkey_not_used', 'No passkey was used.', detail, null, null)
}
