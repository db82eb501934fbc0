import { useProveAgain } from '../danger/useProveAgain'
import type { Member, Pool, PoolLevel } from '../api/types'
import { usePool } from '../portfolio/PoolProvider'
import { Badge } from '../ui/Badge'
import { MenuButton } from '../ui/MenuButton'
import { type Column, Narrow, Table } from '../ui/Table'
import { levels, takesTwo } from './levels'
import styles from './MembersTable.module.css'
import { lowerMember, raiseMember } from './operations'
import type { Rights } from './rights'
import { useChanged } from './useMembers'

interface Props {
  readonly members: readonly Member[]
  readonly viewerId: string
  readonly rights: Rights
}

export function MembersTable({ members, viewerId, rights }: Props) {
  const pool = usePool()
  const changed = useChanged(pool.poolId)
  const again = useProveAgain()
  const change = (member: Member, level: PoolLevel) => {
    const { operation, text } = changeOf(pool, member, level, rights)
    again.ask(operation, () => changed(text))
  }
  const columns: readonly Column<Member>[] = [
    { head: 'Member', cell: member => <Name member={member} isViewer={member.userId === viewerId} /> },
    { head: 'Level', cell: member => levels[member.level].name },
    { head: 'What it allows', only: 'wide', cell: member => <span className="muted">{levels[member.level].means}</span> },
  ]
  const actions: Column<Member> = {
    head: 'Change',
    bare: true,
    number: true,
    cell: member => <ChangeMenu member={member} rights={rights} onChoose={level => change(member, level)} />,
  }
  return (
    <>
      <Table
        label="Members"
        rows={members}
        keyOf={member => member.userId}
        columns={rights.isManager ? [...columns, actions] : columns}
      />
      {again.dialog}
    </>
  )
}

function Name({ member, isViewer }: { member: Member; isViewer: boolean }) {
  return (
    <span className={styles.name}>
      <span>{member.email ?? <span className="muted">Somebody who left</span>}</span>
      {isViewer && <Badge tone="open">You</Badge>}
      <Narrow>
        <span className="muted">{levels[member.level].means}</span>
      </Narrow>
    </span>
  )
}

interface MenuProps {
  readonly member: Member
  readonly rights: Rights
  readonly onChoose: (level: PoolLevel) => void
}

function ChangeMenu({ member, rights, onChoose }: MenuProps) {
  const raises = rights.levelsToRaiseTo(member).map(level => ({
    id: level,
    label: takesTwo(level) ? `Propose as ${levels[level].name}` : `Raise to ${levels[level].name}`,
    description: levels[level].means,
  }))
  const lowers = rights.levelsToLowerTo(member).map(level => ({
    id: level,
    label: level === 'outsider' ? 'Remove from the pool' : `Lower to ${levels[level].name}`,
    description: levels[level].means,
  }))
  if (raises.length + lowers.length === 0) return null
  return (
    <MenuButton
      label={`Change the level of ${member.email ?? member.userId}`}
      items={[...raises.toReversed(), ...lowers]}
      onChoose={onChoose}
    >
      Change
    </MenuButton>
  )
}

function changeOf(pool: Pool, member: Member, level: PoolLevel, rights: Rights) {
  const name = member.email ?? 'The member'
  if (rights.levelsToLowerTo(member).includes(level))
    return {
      operation: lowerMember(pool, member, level),
      text: level === 'outsider' ? `${name} is no member any more.` : `${name} is ${levels[level].name} now.`,
    }
  return {
    operation: raiseMember(pool, member.email ?? '', level),
    text: takesTwo(level) ? `${name} is proposed as ${levels[level].name}.` : `${name} is ${levels[level].name} now.`,
  }
}
