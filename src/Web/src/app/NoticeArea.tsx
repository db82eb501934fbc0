import { Button } from '../ui/Button'
import { CloseIcon } from '../ui/icons'
import { RayId } from '../ui/RayId'
import styles from './NoticeArea.module.css'
import { dismiss, useNotices } from './notices'

export function NoticeArea() {
  return (
    <div className={styles.area}>
      {useNotices().map(notice => (
        <div
          key={notice.id}
          className={`${styles.notice} ${styles[notice.tone]}`}
          role={notice.tone === 'done' ? 'status' : 'alert'}
        >
          <div>
            <p>{notice.text}</p>
            <RayId id={notice.rayId} />
          </div>
          <Button tone="quiet" shape="small" aria-label="Dismiss" onPress={() => dismiss(notice.id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </div>
  )
}
