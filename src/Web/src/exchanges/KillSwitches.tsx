import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount } from '../account/useAccount'
import type { ExchangeDetail, VenueActivity } from '../api/types'
import { notify } from '../app/notices'
import { useProveAgain } from '../danger/useProveAgain'
import { isPlatformAtLeast } from '../members/levels'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Panel } from '../ui/Panel'
import { Time } from '../ui/Time'
import styles from './KillSwitches.module.css'
import { allowActivity, stopActivity } from './operations'
import { ReasonForm } from './ReasonForm'
import { exchangeKey } from './useExchanges'
import { activities } from './words'

const all: readonly VenueActivity[] = ['trade', 'withdraw', 'data']

/** What a person stopped here, since when and why; all of it is shown, stopped or not. */
export function KillSwitches({ exchange }: { exchange: ExchangeDetail }) {
  const account = useAccount()
  const mayDecide = account.data !== undefined && isPlatformAtLeast(account.data.level, 'operator')
  return (
    <Panel title="Kill switches">
      <ul className={styles.switches}>
        {all.map(activity => (
          <KillSwitch key={activity} exchange={exchange} activity={activity} mayDecide={mayDecide} />
        ))}
      </ul>
    </Panel>
  )
}

interface Props {
  readonly exchange: ExchangeDetail
  readonly activity: VenueActivity
  readonly mayDecide: boolean
}

function KillSwitch({ exchange, activity, mayDecide }: Props) {
  const queries = useQueryClient()
  const again = useProveAgain()
  const [isAsking, setAsking] = useState(false)
  const { label, means, stops, allows } = activities[activity]
  const kill = exchange.kills.find(each => each.activity === activity)
  const review = (reason: string) =>
    again.ask((kill ? allowActivity : stopActivity)(exchange, activity, reason), () => {
      setAsking(false)
      notify('done', `${label} at ${exchange.name} ${kill ? 'goes on' : 'is stopped'}.`)
      void queries.invalidateQueries({ queryKey: exchangeKey(exchange.exchangeId) })
    })
  return (
    <li className={styles.switch}>
      <span className={styles.name}>
        <strong>{label}</strong>
        <span className="muted">{means}</span>
      </span>
      {kill ? <Badge tone="failed">Stopped</Badge> : <Badge tone="done">Allowed</Badge>}
      {mayDecide && !isAsking && (
        <Button shape="small" tone={kill ? 'plain' : 'danger'} onPress={() => setAsking(true)}>
          {kill ? allows : stops}
        </Button>
      )}
      {kill && (
        <p className={styles.reason}>
          {kill.reason} <span className="muted">Since</span> <Time at={kill.since} />
        </p>
      )}
      {isAsking && <ReasonForm label={kill ? allows : stops} onReview={review} onClose={() => setAsking(false)} />}
      {again.dialog}
    </li>
  )
}
