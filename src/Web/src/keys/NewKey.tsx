import { useEffect, useRef } from 'react'
import type { CreatedApiKey } from '../api/types'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { WarningIcon } from '../ui/icons'
import { Row } from '../ui/Section'
import styles from './NewKey.module.css'

/** The only time that anyone sees the whole key; it stays until its owner says that it is kept. */
export function NewKey({ made, onKept }: { made: CreatedApiKey; onKept: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1} className={styles.made} role="group" aria-label="Your new key">
      <p className={styles.warning}>
        <WarningIcon /> Keep this key now. It is shown this once, and nobody can show it to you again.
      </p>
      <p className={styles.key}>
        <code>{made.key}</code>
      </p>
      <Row>
        <CopyButton text={made.key} label="Copy the key" hasWords />
        <Button shape="small" onPress={onKept}>
          I have kept it
        </Button>
      </Row>
    </div>
  )
}
