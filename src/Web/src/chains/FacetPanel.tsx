import { type ReactNode, useDeferredValue, useState } from 'react'
import type { Page } from '../api/types'
import { Search } from '../exchanges/Search'
import { Pager } from '../ui/Pager'
import { Panel } from '../ui/Panel'
import { Failure, Skeleton } from '../ui/states'
import { type Column, Table } from '../ui/Table'
import { usePages } from '../ui/usePages'
import type { Facet } from './words'

const pageSize = 50

/** What a list on a chain is asked. */
export interface Question {
  readonly limit: number
  readonly cursor?: string
  readonly search?: string
}

interface Props<T> {
  readonly chainId: string
  readonly facet: Facet
  readonly title: string
  readonly columns: readonly Column<T>[]
  readonly keyOf: (row: T) => string
  readonly load: (question: Question) => Promise<Page<T>>
  /** Said when the chain has none at all. */
  readonly empty: ReactNode
  /** Said when none matches what is looked for. */
  readonly none: ReactNode
}

/** One list of what is on a chain: looked through by the platform, page by page. */
export function FacetPanel<T>(props: Props<T>) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  return (
    <Panel
      title={props.title}
      actions={<Search label={`Find in ${props.title.toLowerCase()}`} value={typed} onChange={setTyped} />}
    >
      {/* Another question begins at its first page. */}
      <Rows key={`${props.chainId} ${search}`} {...props} search={search} />
    </Panel>
  )
}

function Rows<T>({ chainId, facet, title, columns, keyOf, load, empty, none, search }: Props<T> & { search: string }) {
  const pages = usePages(['chains', chainId, facet, search], cursor =>
    load({ limit: pageSize, ...(cursor ? { cursor } : {}), ...(search ? { search } : {}) }),
  )
  if (pages.problem)
    return <Failure what={`The ${title.toLowerCase()} could not be read.`} problem={pages.problem} onRetry={pages.retry} />
  if (!pages.items) return <Skeleton rows={8} />
  if (pages.items.length === 0) return search ? none : empty
  return (
    <>
      <Table label={title} columns={columns} rows={pages.items} keyOf={keyOf} />
      <Pager page={pages.page} hasOlder={pages.hasOlder} onNewer={pages.newer} onOlder={pages.older} />
    </>
  )
}
