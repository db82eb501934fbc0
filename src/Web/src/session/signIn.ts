import { answer, api } from '../api/client'
import type { PasskeyAnswer, PasskeyOptions } from '../api/types'
import { askPasskey } from '../passkeys/webauthn'
import { session } from './session'

export interface Credentials {
  readonly email: string
  readonly password: string
  /** Of the authenticator app; null: none was asked for yet. */
  readonly code: string | null
}

export async function signInByPassword({ email, password, code }: Credentials): Promise<void> {
  const body = { email, password, code: code?.replaceAll(/\s/g, '') ?? null }
  session.begin(await answer(api.POST('/v1/auth/sign-in', { body })))
}

export async function signInByPasskey(): Promise<void> {
  await signInWith(await askPasskey(await passkeyQuestion()))
}

export const passkeyQuestion = (): Promise<PasskeyOptions> => answer(api.POST('/v1/auth/passkey/options'))

export async function signInWith(passkey: PasskeyAnswer): Promise<void> {
  session.begin(await answer(api.POST('/v1/auth/passkey', { body: passkey })))
}
