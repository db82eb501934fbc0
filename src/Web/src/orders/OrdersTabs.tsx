import { NavLink } from 'react-router'
import styles from './OrdersTabs.module.css'

export function OrdersTabs() {
  return (
    <nav className={styles.tabs} aria-label="Orders">
      <NavLink to="/orders" end>
        Open
      </NavLink>
      <NavLink to="/orders/history">History</NavLink>
    </nav>
  )
}
