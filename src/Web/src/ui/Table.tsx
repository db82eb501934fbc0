import type { ReactNode } from 'react'
import { Scroll } from './Scroll'
import styles from './Table.module.css'

export interface Column<T> {
  readonly head: string
  readonly cell: (row: T) => ReactNode
  readonly number?: boolean
  /** Left out where there is no room: `wide` on phones and small tablets, `wider` also beside another panel. */
  readonly only?: 'wide' | 'wider'
  /** The heading is for screen readers only. */
  readonly bare?: boolean
}

/** A second line in a cell, in place of the columns left out where there is no room. */
export const Narrow = ({ children }: { children: ReactNode }) => <span className={styles.narrow}>{children}</span>

interface Props<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
}

export function Table<T>({ label, columns, rows, keyOf }: Props<T>) {
  return (
    <Scroll className={styles.scroll} label={label}>
      <table className={styles.table}>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.head} scope="col" className={classOf(column)}>
                {column.bare ? <span className="unseen">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={keyOf(row)}>
              {columns.map(column => (
                <td key={column.head} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const classOf = <T,>(column: Column<T>): string =>
  `${column.number ? 'number' : ''} ${column.only ? styles[column.only] : ''}`.trim()
