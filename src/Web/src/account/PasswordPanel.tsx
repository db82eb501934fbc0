import { useState } from 'react'
import { notify } from '../app/notices'
import { useProveAgain } from '../danger/useProveAgain'
import { NewPasswordField } from '../registration/NewPasswordField'
import { isGood } from '../registration/passwordRules'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Panel } from '../ui/Panel'
import { Row, Section } from '../ui/Section'
import { changePassword } from './operations'

export function PasswordPanel({ email }: { email: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Panel title="Password">
      <Section>
        {isOpen ? (
          <NewPassword email={email} onClose={() => setOpen(false)} />
        ) : (
          <>
            <p className="muted">A long sentence that you remember is better than a short riddle.</p>
            <Row>
              <Button onPress={() => setOpen(true)}>Change password</Button>
            </Row>
          </>
        )}
      </Section>
    </Panel>
  )
}

function NewPassword({ email, onClose }: { email: string; onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [wasTried, setTried] = useState(false)
  const again = useProveAgain()
  const review = () => {
    setTried(true)
    if (!isGood(password, email)) return
    again.ask(changePassword(password), () => {
      notify('done', 'Your password is changed, and every other session has ended.')
      onClose()
    })
  }
  return (
    <>
      <Form label="Change password" onSubmit={review}>
        <NewPasswordField
          label="New password"
          email={email}
          value={password}
          onChange={setPassword}
          wasTried={wasTried}
          autoFocus
        />
        <Row>
          <Button type="submit" tone="primary">
            Continue
          </Button>
          <Button onPress={onClose}>Back</Button>
        </Row>
      </Form>
      {again.dialog}
    </>
  )
}
