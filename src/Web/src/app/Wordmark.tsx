import styles from './Wordmark.module.css'

export function Wordmark() {
  return (
    <span className={styles.mark}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d="M4 17V6M10 19V1M16 15V4" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" opacity=".55" />
        <rect x="2" y="9" width="4" height="5" rx="1" fill="currentColor" />
        <rect x="8" y="4" width="4" height="10" rx="1" fill="currentColor" />
        <rect x="14" y="6" width="4" height="6" rx="1" fill="currentColor" />
      </svg>
      <span>Platform</span>
    </span>
  )
}
