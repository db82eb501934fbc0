import { type ColourWindow, windows } from './modes'
import styles from './Legend.module.css'
import map from './Treemap.module.css'

const shades = [-4, -3, -2, -1, 0, 1, 2, 3, 4]

/** The scale of a window is fixed: one colour is one change, whatever the day is like. */
export function Legend({ window }: { window: ColourWindow }) {
  const full = (windows.find(one => one.value === window)?.full ?? 0) / 100
  return (
    <p className={styles.legend}>
      <span>−{full} %</span>
      <span className={styles.scale} aria-hidden="true">
        {shades.map(shade => (
          <i key={shade} className={map.swatch} data-shade={shade} />
        ))}
      </span>
      <span>+{full} %</span>
    </p>
  )
}
