import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { problemOf } from '../api/problem'
import type { TotpSetup } from '../api/types'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { Form } from '../ui/Form'
import { QrCode } from '../ui/QrCode'
import { Refused } from '../ui/Refused'
import { Row } from '../ui/Section'
import { TextField } from '../ui/TextField'
import styles from './TotpSetupForm.module.css'

interface Props {
  readonly setup: TotpSetup
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** The secret is shown this once; it counts from the first right code on. */
export function TotpSetupForm({ setup, onDone, onCancel }: Props) {
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: async () => {
      await api.POST('/v1/account/totp/confirm', { body: { code: code.replaceAll(/\s/g, '') } })
    },
    onSuccess: onDone,
  })
  const problem = confirm.error ? problemOf(confirm.error) : null
  const isWrong = problem?.field === 'code'
  return (
    <Form label="Set up one-time codes" onSubmit={() => confirm.mutate()}>
      <ol className={styles.steps}>
        <li>
          <p>Scan this with your authenticator app.</p>
          <QrCode text={setup.uri} label="The secret for your authenticator app" />
        </li>
        <li>
          <p>Or type it in:</p>
          <p className={styles.secret}>
            <code>{groupsOf(setup.secret)}</code>
            <CopyButton text={setup.secret} label="Copy the secret" hasWords />
          </p>
          <p className="muted">It is shown this once.</p>
        </li>
        <li>
          <TextField
            label="The code it shows now"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            error={isWrong ? problem.message : undefined}
          />
        </li>
      </ol>
      {problem && !isWrong && <Refused problem={problem} />}
      <Row>
        <Button type="submit" tone="primary" isDisabled={code === ''} isPending={confirm.isPending}>
          Turn on
        </Button>
        <Button onPress={onCancel}>Back</Button>
      </Row>
    </Form>
  )
}

/** By four, for the eye. */
const groupsOf = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
