import { useProveAgain } from '../danger/useProveAgain'
import { session } from '../session/session'
import { Button } from '../ui/Button'
import { Panel } from '../ui/Panel'
import { Row, Section } from '../ui/Section'
import { deleteAccount } from './operations'

export function DeletePanel() {
  const again = useProveAgain()
  return (
    <Panel title="Delete account">
      <Section>
        <p className="muted">
          All that names you is erased, your keys are revoked, and every session ends. A pool that you own alone has to
          have another owner first. There is no way back.
        </p>
        <Row>
          <Button tone="danger" onPress={() => again.ask(deleteAccount(), () => session.end('signedOut'))}>
            Delete account
          </Button>
        </Row>
        {again.dialog}
      </Section>
    </Panel>
  )
}
