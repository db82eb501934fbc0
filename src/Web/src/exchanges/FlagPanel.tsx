import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { CapabilityFlag } from '../api/types'
import { ChevronIcon } from '../ui/icons'
import { Panel } from '../ui/Panel'
import styles from './FlagPanel.module.css'
import { capabilities, values } from './words'

interface Props {
  readonly title: string
  readonly flags: readonly CapabilityFlag[]
}

/** The answers of one group; each opens to where it is from. */
export function FlagPanel({ title, flags }: Props) {
  const known = flags.filter(flag => flag.value === 'yes' || flag.value === 'emulated').length
  return (
    <Panel title={title} actions={<span className="muted">{`${known} of ${flags.length}`}</span>}>
      <div className={styles.flags}>
        {flags.map(flag => (
          <Flag key={flag.capability} flag={flag} />
        ))}
      </div>
    </Panel>
  )
}

function Flag({ flag }: { flag: CapabilityFlag }) {
  return (
    <Disclosure className={styles.flag ?? ''}>
      <Heading level={3} className={styles.head ?? ''}>
        <Button slot="trigger" className={styles.trigger ?? ''}>
          <ChevronIcon />
          <span className={styles.number}>{flag.number}</span>
          <span className={styles.name}>{capabilities[flag.capability]}</span>
          <span className={styles.value} data-value={flag.value}>
            {values[flag.value]}
          </span>
        </Button>
      </Heading>
      <DisclosurePanel className={styles.evidence ?? ''}>
        <Evidence flag={flag} />
      </DisclosurePanel>
    </Disclosure>
  )
}

function Evidence({ flag }: { flag: CapabilityFlag }) {
  return (
    <dl>
      <dt>{flag.isCorrected ? 'Staff says, by' : 'Source'}</dt>
      <dd>{flag.source}</dd>
      <dt>Evidence</dt>
      <dd>
        {/^https:\/\//.test(flag.evidence) ? (
          <a href={flag.evidence} rel="noreferrer" target="_blank">
            {flag.evidence}
          </a>
        ) : (
          <code>{flag.evidence}</code>
        )}
      </dd>
      <dt>As of</dt>
      <dd>{flag.at}</dd>
    </dl>
  )
}
