import { Button } from './Button'
import styles from './Pager.module.css'

interface Props {
  /** Counted from 1, the newest. */
  readonly page: number
  readonly hasOlder: boolean
  readonly onNewer: () => void
  readonly onOlder: () => void
}

export function Pager({ page, hasOlder, onNewer, onOlder }: Props) {
  if (page === 1 && !hasOlder) return null
  return (
    <nav className={styles.pager} aria-label="Pages">
      <Button shape="small" isDisabled={page === 1} onPress={onNewer}>
        Newer
      </Button>
      <span className="muted">Page {page}</span>
      <Button shape="small" isDisabled={!hasOlder} onPress={onOlder}>
        Older
      </Button>
    </nav>
  )
}
