import { api } from '../api/client'
import type { Member, Pool, PoolLevel } from '../api/types'
import { dangerOperation, type MemberWords } from '../danger/operation'
import { levels, takesTwo } from './levels'

const words: Readonly<Record<string, MemberWords>> = {
  email: { name: 'Email' },
  level: { name: 'Level', inWords: level => levels[level as PoolLevel].name },
}

const subject = ({ userId, email }: Member) => ({ id: userId, kind: 'Member', name: email ?? 'Somebody who left' })

export const raiseMember = (pool: Pool, email: string, level: PoolLevel) =>
  dangerOperation({
    operation: 'members.add',
    title: takesTwo(level) ? 'Propose a level' : 'Give a level',
    means: takesTwo(level)
      ? `${levels[level].means} It counts once a second person approves it.`
      : `${levels[level].means} It counts at once.`,
    verb: takesTwo(level) ? 'Propose' : 'Give the level',
    pool,
    payload: { email, level },
    words,
    send: async (body, header) => {
      await api.POST('/v1/pools/{poolId}/members', { params: { path: { poolId: pool.poolId }, header }, body })
    },
  })

/** @param level As it was seen: should another be proposed meanwhile, the platform refuses. */
export const approveMember = (pool: Pool, member: Member, level: PoolLevel) =>
  dangerOperation({
    operation: 'members.approve',
    title: 'Approve a level',
    means: `${levels[level].means} It counts at once.`,
    verb: 'Approve',
    pool,
    resource: subject(member),
    payload: { level },
    words,
    send: async (body, header) => {
      const params = { path: { poolId: pool.poolId, userId: member.userId }, header }
      await api.POST('/v1/pools/{poolId}/members/{userId}/approve', { params, body })
    },
  })

export const dropProposal = (pool: Pool, member: Member) =>
  dangerOperation({
    operation: 'members.add',
    title: 'Drop a proposal',
    means: 'The level that was proposed is off the table. The member keeps the present one.',
    verb: 'Drop it',
    pool,
    resource: subject(member),
    payload: {},
    send: async (body, header) => {
      const params = { path: { poolId: pool.poolId, userId: member.userId }, header }
      await api.POST('/v1/pools/{poolId}/members/{userId}/drop', { params, body })
    },
  })

export const lowerMember = (pool: Pool, member: Member, level: PoolLevel) =>
  dangerOperation({
    operation: 'members.lower',
    title: level === 'outsider' ? 'Remove a member' : 'Lower a level',
    means: `${levels[level].means} Every session of this person ends within a second.`,
    verb: level === 'outsider' ? 'Remove the member' : 'Lower the level',
    isDestructive: true,
    pool,
    resource: subject(member),
    payload: { level },
    words,
    send: async (body, header) => {
      const params = { path: { poolId: pool.poolId, userId: member.userId }, header }
      await api.POST('/v1/pools/{poolId}/members/{userId}/lower', { params, body })
    },
  })
