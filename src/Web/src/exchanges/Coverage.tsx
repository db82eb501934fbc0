import styles from './Coverage.module.css'

interface Props {
  readonly yes: number
  readonly no: number
  readonly unknown: number
}

/** How many of the thirty questions are answered, and how; the words say what the bar shows. */
export function Coverage({ yes, no, unknown }: Props) {
  return (
    <span className={styles.coverage}>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.yes} style={{ flexGrow: yes }} />
        <span className={styles.no} style={{ flexGrow: no }} />
        <span className={styles.unknown} style={{ flexGrow: unknown }} />
      </span>
      <span className={styles.words}>
        {yes} yes, {no} no, {unknown} unknown
      </span>
    </span>
  )
}
