import { answer, api } from '../api/client'
import type { Account, DangerRequest } from '../api/types'
import { askPasskey } from '../passkeys/webauthn'

export type ProofKind = 'code' | 'passkey' | 'password'

/** What the platform takes as a proof; one of them. */
export type Proof = Pick<DangerRequest, ProofKind>

/** What this person can prove it by, the first choice first. The password is enough only for who has nothing better. */
export function proofKinds({ hasTotp, passkeys }: Pick<Account, 'hasTotp' | 'passkeys'>): readonly ProofKind[] {
  const better: readonly (ProofKind | false)[] = [hasTotp && 'code', passkeys > 0 && 'passkey']
  const kinds = better.filter(kind => kind !== false)
  return kinds.length > 0 ? kinds : ['password']
}

/** @param text What was typed; nothing for a passkey, which asks by itself. */
export async function prove(kind: ProofKind, text: string): Promise<Proof> {
  if (kind === 'code') return { code: text.replaceAll(/\s/g, '') }
  if (kind === 'password') return { password: text }
  return { passkey: await askPasskey(await answer(api.POST('/v1/account/passkeys/proof'))) }
}
