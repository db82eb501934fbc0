import { useState } from 'react'
import type { CreatedApiKey } from '../api/types'
import { useProveAgain } from '../danger/useProveAgain'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Row, Section } from '../ui/Section'
import { Segments } from '../ui/Segments'
import { TextField } from '../ui/TextField'
import { check, type DraftErrors, emptyDraft, type KeyDraft, type Life } from './draft'
import { GroupChoice } from './GroupChoice'
import styles from './NewKeyForm.module.css'
import type { KeyOwner } from './owner'

interface Props {
  readonly owner: KeyOwner
  readonly onMade: (key: CreatedApiKey) => void
  readonly onClose: () => void
}

const lives: readonly { value: Life; label: string }[] = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
]

export function NewKeyForm({ owner, onMade, onClose }: Props) {
  const [draft, setDraft] = useState<KeyDraft>(emptyDraft)
  const [errors, setErrors] = useState<DraftErrors>({})
  const again = useProveAgain()
  const change = (part: Partial<KeyDraft>) => {
    setErrors({})
    setDraft({ ...draft, ...part })
  }
  const review = () => {
    const checked = check(draft, Date.now())
    setErrors(checked.errors ?? {})
    if (checked.key) again.ask(owner.create(checked.key), onMade)
  }
  return (
    <Section>
      <Form label="New API key" onSubmit={review}>
        <TextField
          label="Name"
          hint="what it is for"
          autoComplete="off"
          autoFocus
          value={draft.label}
          onChange={label => change({ label })}
          error={errors.label}
        />
        <GroupChoice chosen={draft.groups} onChange={groups => change({ groups })} error={errors.groups} />
        <TextField
          label="Networks it may be used from"
          hint="such as 192.0.2.0/24; empty: anywhere"
          autoComplete="off"
          value={draft.networks}
          onChange={networks => change({ networks })}
          error={errors.networks}
        />
        <div className={styles.life}>
          <span className="muted">Expires after</span>
          <Segments label="Expires after" value={draft.life} options={lives} onChange={life => change({ life })} />
        </div>
        <Row>
          <Button type="submit" tone="primary">
            Continue
          </Button>
          <Button onPress={onClose}>Back</Button>
        </Row>
      </Form>
      {again.dialog}
    </Section>
  )
}
