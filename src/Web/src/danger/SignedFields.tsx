import { useState } from 'react'
import { Button } from '../ui/Button'
import { membersOf, type ShownMember } from './members'
import type { DangerOperation } from './operation'
import styles from './SignedFields.module.css'

/** All that the permission will be bound to, from the very object that is sent. */
export function SignedFields<T>({ operation }: { operation: DangerOperation<T> }) {
  const { asked, resourceName, poolName, words } = operation
  return (
    <section className={styles.signed} aria-label="What you agree to">
      <dl className={styles.fields}>
        <dt>Operation</dt>
        <dd>
          <code>{asked.operation}</code>
        </dd>
        {asked.poolId !== null && (
          <>
            <dt>Pool</dt>
            <dd>
              <Named name={poolName} id={asked.poolId} />
            </dd>
          </>
        )}
        {asked.resource !== null && (
          <>
            <dt>{resourceName?.kind ?? 'Resource'}</dt>
            <dd>
              <Named name={resourceName?.name ?? null} id={asked.resource} />
            </dd>
          </>
        )}
        {membersOf(asked.payload, words).map(member => (
          <Member key={member.key} member={member} />
        ))}
      </dl>
    </section>
  )
}

function Member({ member }: { member: ShownMember }) {
  return (
    <>
      <dt>{member.name}</dt>
      <dd>
        <Value member={member} />
      </dd>
    </>
  )
}

function Value({ member }: { member: ShownMember }) {
  const { inside, isSecret, inWords, text } = member
  if (inside && inside.length > 0) return <Inside members={inside} />
  if (isSecret) return <Secret text={text} />
  return inWords === null || inWords === text ? <>{text}</> : <Named name={inWords} id={text} />
}

function Inside({ members }: { members: readonly ShownMember[] }) {
  return (
    <details>
      <summary>
        {members.length} {members.length === 1 ? 'member' : 'members'}
      </summary>
      <dl className={styles.inside}>
        {members.map(member => (
          <Member key={member.key} member={member} />
        ))}
      </dl>
    </details>
  )
}

function Secret({ text }: { text: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <span className={styles.secret}>
      {isShown ? <code>{text}</code> : <span>{Array.from(text).length} characters, not shown</span>}
      <Button tone="quiet" shape="small" onPress={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </Button>
    </span>
  )
}

function Named({ name, id }: { name: string | null; id: string }) {
  return (
    <>
      {name !== null && <span className={styles.name}>{name}</span>}
      <code>{id}</code>
    </>
  )
}
