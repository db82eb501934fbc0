import { useState } from 'react'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Row } from '../ui/Section'
import { TextField } from '../ui/TextField'
import styles from './ReasonForm.module.css'

interface Props {
  readonly label: string
  readonly onReview: (reason: string) => void
  readonly onClose: () => void
}

/** Why somebody decides something about an exchange, for all who read it later. */
export function ReasonForm({ label, onReview, onClose }: Props) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const type = (text: string) => {
    setReason(text)
    setError(undefined)
  }
  const review = () => {
    const said = reason.trim()
    if (said === '') setError('Why? Everybody who looks at the exchange reads it.')
    else onReview(said)
  }
  return (
    <div className={styles.reason}>
      <Form label={label} onSubmit={review}>
        <TextField
          label="Reason"
          hint="everybody may read it"
          autoComplete="off"
          autoFocus
          maxLength={500}
          value={reason}
          onChange={type}
          error={error}
        />
        <Row>
          <Button type="submit" tone="primary">
            Continue
          </Button>
          <Button onPress={onClose}>Back</Button>
        </Row>
      </Form>
    </div>
  )
}
