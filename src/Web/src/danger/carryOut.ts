import { answer, api } from '../api/client'
import { type Problem, problemOf } from '../api/problem'
import type { Asked, DangerOperation, Permission } from './operation'
import type { Proof } from './proof'

const tries = 3

export async function askPermission(asked: Asked, proof: Proof): Promise<Permission> {
  const { token } = await answer(api.POST('/v1/auth/danger', { body: { ...asked, ...proof } }))
  return { token, key: crypto.randomUUID() }
}

/** A node that has not heard lately what was revoked refuses everybody for a moment; the permission is not spent by that. */
export async function carryOut<T>(operation: DangerOperation<T>, permission: Permission, pauseMs = 1_000): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await operation.send(permission)
    } catch (error) {
      if (problemOf(error).code !== 'barrier_stale' || left === 0) throw error
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
  }
}

/** What a refusal means here; null: the platform's own sentence says it. */
export function sentenceFor(problem: Problem, wasSent: boolean): string | null {
  switch (problem.code) {
    case 'danger_token_used':
    case 'idempotency_answer_lost':
      return 'This was done already: an earlier try had arrived. Close this and look.'
    case 'barrier_stale':
      return 'The platform is catching up with what was revoked lately. Nothing was done; try again in a moment.'
    case 'token_invalid':
      return 'That took too long, and the proof has lapsed. Nothing was done; prove it again.'
    case 'not_found':
      return 'It is not there any more, or not yours to see.'
    default:
      return wasSent && problem.isUnanswered
        ? `${problem.message} Nobody knows yet whether it was done. Sending it again is safe: it is done once at most.`
        : null
  }
}
