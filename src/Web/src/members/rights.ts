import type { Account, Member, PoolLevel } from '../api/types'
import { higher, isAtLeast, isPlatformAtLeast, levelNames } from './levels'

/** Who looks at the pool. */
export interface Viewer {
  readonly userId: string
  readonly platform: Account['level']
  readonly level: PoolLevel
}

export const viewerOf = ({ userId, level }: Account, members: readonly Member[]): Viewer => ({
  userId,
  platform: level,
  level: members.find(member => member.userId === userId)?.level ?? 'outsider',
})

/** What the platform would let this person do, so that nothing else is offered. It has the last word itself. */
export function rightsOf(viewer: Viewer, members: readonly Member[]) {
  const isManager = isPlatformAtLeast(viewer.platform, 'member') && isAtLeast(viewer.level, 'manager')
  const isApprover =
    isPlatformAtLeast(viewer.platform, 'administrator') ||
    (isPlatformAtLeast(viewer.platform, 'member') && isAtLeast(viewer.level, 'custodian'))
  /** Only levels below one's own are given or taken, but by an owner. */
  const isBelow = (level: PoolLevel) => viewer.level === 'owner' || !isAtLeast(level, viewer.level)
  const owners = members.filter(member => member.level === 'owner').length
  const isLastOwner = (member: Member) => member.level === 'owner' && owners === 1

  return {
    isManager,
    /** The levels that a new member may be given. */
    levelsToGive: isManager ? levelNames.filter(level => level !== 'outsider' && isBelow(level)) : [],

    /** Another person is asked about only by the address, which whoever left has no more. */
    levelsToRaiseTo: (member: Member): readonly PoolLevel[] =>
      isManager && member.email !== null
        ? levelNames.filter(level => level !== member.level && isAtLeast(level, member.level) && isBelow(higher(level, member.level)))
        : [],

    /** With `outsider` the member is one no more. */
    levelsToLowerTo: (member: Member): readonly PoolLevel[] =>
      isManager && isBelow(member.level) && !isLastOwner(member)
        ? levelNames.filter(level => !isAtLeast(level, member.level)).toReversed()
        : [],

    mayApprove: (member: Member): boolean =>
      isApprover && member.proposedBy !== viewer.userId && member.userId !== viewer.userId,

    mayDrop: isManager,
  }
}

export type Rights = ReturnType<typeof rightsOf>
