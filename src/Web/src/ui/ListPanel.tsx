import { type ReactNode, useDeferredValue, useState } from 'react'
import type { Page } from '../api/types'
import { byName, Pager } from './Pager'
import { Panel } from './Panel'
import { Search } from './Search'
import { Failure, Skeleton } from './states'
import { type Column, Table } from './Table'
import { usePages } from './usePages'

const pageSize = 50

/** What a list is asked. */
export interface Question {
  readonly limit: number
  readonly cursor?: string
  readonly search?: string
}

interface Props<T> {
  /** Whose list it is; another one begins at its first page. */
  readonly of: readonly string[]
  readonly title: string
  readonly columns: readonly Column<T>[]
  readonly keyOf: (row: T) => string
  readonly load: (question: Question) => Promise<Page<T>>
  /** Said when there is none at all. */
  readonly empty: ReactNode
  /** Said when none matches what is looked for. */
  readonly none: ReactNode
}

/** A list that the platform looks through, page by page. */
export function ListPanel<T>(props: Props<T>) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  return (
    <Panel
      title={props.title}
      actions={<Search label={`Find in ${props.title.toLowerCase()}`} value={typed} onChange={setTyped} />}
    >
      {/* Another question begins at its first page. */}
      <Rows key={[...props.of, search].join(' ')} {...props} search={search} />
    </Panel>
  )
}

function Rows<T>({ of, title, columns, keyOf, load, empty, none, search }: Props<T> & { search: string }) {
  const pages = usePages([...of, search], cursor =>
    load({ limit: pageSize, ...(cursor ? { cursor } : {}), ...(search ? { search } : {}) }),
  )
  if (pages.problem)
    return <Failure what={`The ${title.toLowerCase()} could not be read.`} problem={pages.problem} onRetry={pages.retry} />
  if (!pages.items) return <Skeleton rows={8} />
  if (pages.items.length === 0) return search ? none : empty
  return (
    <>
      <Table label={title} columns={columns} rows={pages.items} keyOf={keyOf} />
      <Pager page={pages.page} hasOlder={pages.hasOlder} onNewer={pages.newer} onOlder={pages.older} words={byName} />
    </>
  )
}
