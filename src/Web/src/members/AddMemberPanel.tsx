import { useState } from 'react'
import type { PoolLevel } from '../api/types'
import { useProveAgain } from '../danger/useProveAgain'
import { usePool } from '../portfolio/PoolProvider'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Panel } from '../ui/Panel'
import { Row, Section } from '../ui/Section'
import { SelectField } from '../ui/SelectField'
import { TextField } from '../ui/TextField'
import { levels, takesTwo } from './levels'
import { raiseMember } from './operations'
import { useChanged } from './useMembers'

export function AddMemberPanel({ levels: toGive }: { levels: readonly PoolLevel[] }) {
  const pool = usePool()
  const changed = useChanged(pool.poolId)
  const again = useProveAgain()
  const [email, setEmail] = useState('')
  const [level, setLevel] = useState<PoolLevel>('analyst')
  const [error, setError] = useState<string>()
  const type = (text: string) => {
    setEmail(text)
    setError(undefined)
  }
  const review = () => {
    const address = email.trim()
    if (address === '') return setError('Whom? By the address that they registered with.')
    again.ask(raiseMember(pool, address, level), () => {
      changed(takesTwo(level) ? `${address} is proposed as ${levels[level].name}.` : `${address} is ${levels[level].name} now.`)
      setEmail('')
    })
  }
  return (
    <Panel title="Add a member">
      <Section>
        <Form label="Add a member" onSubmit={review}>
          <TextField label="Email" type="email" autoComplete="off" value={email} onChange={type} error={error} />
          <SelectField
            label="Level"
            value={level}
            options={toGive.map(value => ({ value, label: levels[value].name }))}
            onChange={setLevel}
            description={
              <>
                {levels[level].means}
                {takesTwo(level) && ' It is proposed first, and counts once a second person approves it.'}
              </>
            }
          />
          <Row>
            <Button type="submit" tone="primary">
              Continue
            </Button>
          </Row>
        </Form>
        {again.dialog}
      </Section>
    </Panel>
  )
}
