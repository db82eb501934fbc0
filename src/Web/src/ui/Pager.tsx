import { Button } from './Button'
import styles from './Pager.module.css'

const byTime = { back: 'Newer', on: 'Older' }
export const byName = { back: 'Previous', on: 'Next' }

interface Props {
  /** Counted from 1; by time that is the newest. */
  readonly page: number
  readonly hasOlder: boolean
  readonly onNewer: () => void
  readonly onOlder: () => void
  /** How the list goes on. */
  readonly words?: typeof byTime
}

export function Pager({ page, hasOlder, onNewer, onOlder, words = byTime }: Props) {
  if (page === 1 && !hasOlder) return null
  return (
    <nav className={styles.pager} aria-label="Pages">
      <Button shape="small" isDisabled={page === 1} onPress={onNewer}>
        {words.back}
      </Button>
      <span className="muted">Page {page}</span>
      <Button shape="small" isDisabled={!hasOlder} onPress={onOlder}>
        {words.on}
      </Button>
    </nav>
  )
}
