import type { VenueActivity, VenueKill } from '../api/types'
import { Badge } from '../ui/Badge'
import { Panel } from '../ui/Panel'
import { Time } from '../ui/Time'
import styles from './KillSwitches.module.css'
import { activities } from './words'

const all: readonly VenueActivity[] = ['trade', 'withdraw', 'data']

/** What a person stopped here, since when and why; all of it is shown, stopped or not. */
export function KillSwitches({ kills }: { kills: readonly VenueKill[] }) {
  return (
    <Panel title="Kill switches">
      <ul className={styles.switches}>
        {all.map(activity => {
          const kill = kills.find(each => each.activity === activity)
          return (
            <li key={activity} className={styles.switch}>
              <span className={styles.name}>
                <strong>{activities[activity].label}</strong>
                <span className="muted">{activities[activity].means}</span>
              </span>
              {kill ? <Badge tone="failed">Stopped</Badge> : <Badge tone="done">Allowed</Badge>}
              {kill && (
                <p className={styles.reason}>
                  {kill.reason} <span className="muted">Since</span> <Time at={kill.since} />
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
