import { answer, api } from '../api/client'
import type { NewPasskey, Passkey } from '../api/types'
import { dangerOperation } from '../danger/operation'
import { session } from '../session/session'

const endsOthers = 'Every other session of yours ends.'

export const changePassword = (newPassword: string) =>
  dangerOperation({
    operation: 'account.password.change',
    title: 'Change your password',
    means: `From now on you sign in with the new one. ${endsOthers}`,
    verb: 'Change password',
    payload: { newPassword },
    words: { newPassword: { name: 'New password', isSecret: true } },
    send: (body, header) => session.exchange(() => answer(api.POST('/v1/account/password', { params: { header }, body }))),
  })

export const removeTotp = () =>
  dangerOperation({
    operation: 'account.totp.remove',
    title: 'Stop using one-time codes',
    means: `A sign-in by password takes no code any more. ${endsOthers}`,
    verb: 'Stop using codes',
    isDestructive: true,
    payload: {},
    send: (body, header) => session.exchange(() => answer(api.POST('/v1/account/totp/remove', { params: { header }, body }))),
  })

export const addPasskey = (passkey: NewPasskey) =>
  dangerOperation({
    operation: 'account.passkey.add',
    title: 'Add a passkey',
    means: `It will sign you in without a password. ${endsOthers}`,
    verb: 'Add passkey',
    payload: passkey,
    words: {
      challengeId: { name: 'Challenge' },
      credential: { name: 'Credential' },
      label: { name: 'Name' },
    },
    send: (body, header) => session.exchange(() => answer(api.POST('/v1/account/passkeys', { params: { header }, body }))),
  })

export const removePasskey = ({ passkeyId, label }: Passkey) =>
  dangerOperation({
    operation: 'account.passkey.remove',
    title: 'Remove a passkey',
    means: `It signs you in no more. ${endsOthers}`,
    verb: 'Remove passkey',
    isDestructive: true,
    resource: { id: passkeyId, kind: 'Passkey', name: label },
    payload: {},
    send: (body, header) => {
      const params = { path: { passkeyId }, header }
      return session.exchange(() => answer(api.POST('/v1/account/passkeys/{passkeyId}/remove', { params, body })))
    },
  })

export const deleteAccount = () =>
  dangerOperation({
    operation: 'account.delete',
    title: 'Delete your account',
    means: 'All that names you is erased, your keys are revoked, and every session ends. There is no way back.',
    verb: 'Delete my account',
    isDestructive: true,
    payload: {},
    send: async (body, header) => {
      await api.POST('/v1/account/delete', { params: { header }, body })
    },
  })
