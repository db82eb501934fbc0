import type { Member, PoolLevel } from '../api/types'
import { useProveAgain } from '../danger/useProveAgain'
import { usePool } from '../portfolio/PoolProvider'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { PersonIcon } from '../ui/icons'
import { Item, Items } from '../ui/Items'
import { Panel } from '../ui/Panel'
import { levels } from './levels'
import { approveMember, dropProposal } from './operations'
import type { Rights } from './rights'
import { useChanged } from './useMembers'

interface Props {
  readonly proposed: readonly Member[]
  readonly members: readonly Member[]
  readonly rights: Rights
}

/** Levels that wait for a second person. */
export function Proposals({ proposed, members, rights }: Props) {
  const pool = usePool()
  const changed = useChanged(pool.poolId)
  const again = useProveAgain()
  const nameOf = (userId: string | null) => members.find(member => member.userId === userId)?.email ?? 'somebody who left'
  const approve = (member: Member, level: PoolLevel) =>
    again.ask(approveMember(pool, member, level), () => changed(`${nameOf(member.userId)} is ${levels[level].name} now.`))
  const drop = (member: Member) =>
    again.ask(dropProposal(pool, member), () => changed(`The proposal for ${nameOf(member.userId)} is dropped.`))
  return (
    <Panel title="Proposed">
      <Items label="Proposed">
        {proposed.map(member => {
          const level = member.proposedLevel ?? 'outsider'
          return (
            <Item
              key={member.userId}
              icon={<PersonIcon />}
              title={nameOf(member.userId)}
              badge={<Badge tone="doubt">{levels[level].name}</Badge>}
              actions={
                <>
                  {rights.mayApprove(member) && (
                    <Button
                      tone="primary"
                      shape="small"
                      aria-label={`Approve ${nameOf(member.userId)} as ${levels[level].name}`}
                      onPress={() => approve(member, level)}
                    >
                      Approve
                    </Button>
                  )}
                  {rights.mayDrop && (
                    <Button
                      shape="small"
                      aria-label={`Drop the proposal for ${nameOf(member.userId)}`}
                      onPress={() => drop(member)}
                    >
                      Drop
                    </Button>
                  )}
                </>
              }
            >
              Proposed by {nameOf(member.proposedBy)}
              {member.level === 'outsider' ? ', no member yet' : `, ${levels[member.level].name} until then`}.{' '}
              {!rights.mayApprove(member) && 'Another person has to approve it.'}
            </Item>
          )
        })}
      </Items>
      {again.dialog}
    </Panel>
  )
}
