import { expect, test } from 'vitest'
import type { Member, PoolLevel } from '../api/types'
import { levelNames } from './levels'
import { rightsOf, type Viewer, viewerOf } from './rights'

const member = (userId: string, level: PoolLevel, more: Partial<Member> = {}): Member => ({
  userId,
  email: `${userId}@example.test`,
  level,
  proposedLevel: null,
  proposedBy: null,
  ...more,
})
const viewer = (level: PoolLevel, more: Partial<Viewer> = {}): Viewer => ({
  userId: 'me',
  platform: 'member',
  level,
  ...more,
})
const owner = member('owner', 'owner')
const trader = member('tom', 'trader')
const rights = (level: PoolLevel, ...members: readonly Member[]) => rightsOf(viewer(level), [member('me', level), owner, ...members])

test('whoever looks is found among the members', () => {
  const account = { userId: 'me', email: '', level: 'member', plan: 'free', kyc: 'none', hasTotp: false, passkeys: 0 } as const
  expect(viewerOf(account, [owner, member('me', 'analyst')])).toEqual(viewer('analyst'))
  expect(viewerOf(account, [owner]).level).toBe('outsider')
})

test('below manager nothing is offered', () => {
  for (const level of levelNames.slice(0, levelNames.indexOf('manager'))) {
    const mine = rights(level, trader)
    expect(mine.levelsToGive).toEqual([])
    expect(mine.levelsToRaiseTo(trader)).toEqual([])
    expect(mine.levelsToLowerTo(trader)).toEqual([])
    expect(mine.mayApprove(trader)).toBe(false)
    expect(mine.mayDrop).toBe(false)
  }
})

test('a manager gives and takes levels below the own one', () => {
  const mine = rights('manager', trader)
  expect(mine.levelsToGive).toEqual(['participant', 'investor', 'analyst', 'trader'])
  expect(mine.levelsToRaiseTo(member('ann', 'analyst'))).toEqual(['trader'])
  expect(mine.levelsToRaiseTo(trader)).toEqual([])
  expect(mine.levelsToLowerTo(trader)).toEqual(['analyst', 'investor', 'participant', 'outsider'])
  expect(mine.levelsToLowerTo(member('max', 'manager'))).toEqual([])
  expect(mine.levelsToLowerTo(owner)).toEqual([])
})

test('an owner gives and takes every level, but a pool keeps its last owner', () => {
  const mine = rightsOf(viewer('owner'), [member('me', 'owner'), trader])
  expect(mine.levelsToGive).toEqual(levelNames.slice(1))
  expect(mine.levelsToRaiseTo(trader)).toEqual(['manager', 'custodian', 'owner'])
  expect(mine.levelsToLowerTo(member('me', 'owner'))).toEqual([])
  expect(rights('owner').levelsToLowerTo(owner)).toHaveLength(7)
})

test('nobody approves what they proposed, or what is for themselves', () => {
  const proposed = member('ann', 'trader', { proposedLevel: 'manager', proposedBy: 'owner' })
  expect(rights('manager').mayApprove(proposed)).toBe(false)
  expect(rights('custodian').mayApprove(proposed)).toBe(true)
  expect(rights('custodian').mayApprove({ ...proposed, proposedBy: 'me' })).toBe(false)
  expect(rights('custodian').mayApprove({ ...proposed, userId: 'me' })).toBe(false)
  expect(rightsOf(viewer('analyst', { platform: 'administrator' }), [owner]).mayApprove(proposed)).toBe(true)
})

test('whose address is not confirmed is offered nothing', () => {
  const mine = rightsOf(viewer('owner', { platform: 'guest' }), [owner])
  expect(mine.levelsToGive).toEqual([])
  expect(mine.mayApprove(trader)).toBe(false)
})

test('whoever left can be removed, not raised', () => {
  const gone = member('gone', 'analyst', { email: null })
  expect(rights('owner').levelsToRaiseTo(gone)).toEqual([])
  expect(rights('owner').levelsToLowerTo(gone)).toContain('outsider')
})
