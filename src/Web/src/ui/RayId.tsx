import { useState } from 'react'
import { Button } from './Button'
import { CopyIcon } from './icons'
import styles from './RayId.module.css'

/** What support asks for first. */
export function RayId({ id }: { id: string | null }) {
  const [copied, setCopied] = useState(false)
  if (!id) return null
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    setCopied(true)
  }
  return (
    <span className={styles.ray}>
      <span>
        Ray <code>{id}</code>
      </span>
      <Button tone="quiet" shape="small" aria-label={copied ? 'Copied' : 'Copy ray id'} onPress={() => void copy()}>
        {copied ? 'Copied' : <CopyIcon />}
      </Button>
    </span>
  )
}
