import type { PlatformLevel, PoolLevel } from '../api/types'

interface LevelWords {
  readonly name: string
  readonly means: string
}

/** Lowest first; each may what the one before may, but for what a custodian leaves to others. */
export const levels = {
  outsider: { name: 'No member', means: 'The pool does not exist for this person.' },
  participant: { name: 'Participant', means: "Sees the pool's page." },
  investor: { name: 'Investor', means: 'Sees the own position and statements.' },
  analyst: { name: 'Analyst', means: 'Sees everything, changes nothing.' },
  trader: { name: 'Trader', means: 'Places orders and runs strategies, within the limits.' },
  manager: { name: 'Manager', means: 'Also decides on members, limits and fees.' },
  custodian: { name: 'Custodian', means: 'Approves withdrawals and addresses; does not trade.' },
  owner: { name: 'Owner', means: 'Everything, but approving what the owner began.' },
} as const satisfies Readonly<Record<PoolLevel, LevelWords>>

export const levelNames = Object.keys(levels) as readonly PoolLevel[]

const platformNames: readonly PlatformLevel[] = [
  'none',
  'guest',
  'member',
  'associate',
  'moderator',
  'operator',
  'administrator',
  'architect',
]

export const isAtLeast = (level: PoolLevel, other: PoolLevel): boolean =>
  levelNames.indexOf(level) >= levelNames.indexOf(other)

export const isPlatformAtLeast = (level: PlatformLevel, other: PlatformLevel): boolean =>
  platformNames.indexOf(level) >= platformNames.indexOf(other)

export const higher = (level: PoolLevel, other: PoolLevel): PoolLevel => (isAtLeast(level, other) ? level : other)

/** From here on it takes two persons to give a level. */
export const takesTwo = (level: PoolLevel): boolean => isAtLeast(level, 'manager')
