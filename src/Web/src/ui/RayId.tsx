import { CopyButton } from './CopyButton'
import styles from './RayId.module.css'

/** What support asks for first. */
export function RayId({ id }: { id: string | null }) {
  if (!id) return null
  return (
    <span className={styles.ray}>
      <span>
        Ray <code>{id}</code>
      </span>
      <CopyButton text={id} label="Copy ray id" />
    </span>
  )
}
