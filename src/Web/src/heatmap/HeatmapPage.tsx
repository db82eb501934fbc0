import { useCallback, useMemo } from 'react'
import { Input, Label, SearchField } from 'react-aria-components'
import { useSearchParams } from 'react-router'
import type { Heatmap, HeatmapTile } from '../api/types'
import { Page } from '../app/Page'
import { formatText } from '../decimal/format'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Panel } from '../ui/Panel'
import { Segments } from '../ui/Segments'
import { Empty, Failure, Skeleton } from '../ui/states'
import { AssetTable } from './AssetTable'
import { ChosenAsset } from './ChosenAsset'
import styles from './HeatmapPage.module.css'
import { Legend } from './Legend'
import { areaOf, type ColourWindow, type SizeMode, sizeLabel, sizes, windows } from './modes'
import { PastSlider } from './PastSlider'
import { Treemap } from './Treemap'
import { useHeatmap } from './useHeatmap'

const shapes = [
  { value: 'map', label: 'Map' },
  { value: 'table', label: 'Table' },
] as const

/** What is chosen is in the address, so that a view can be shared; nothing of it asks the platform but the hour. */
export function HeatmapPage() {
  const [asked, setAsked] = useSearchParams()
  const choose = useCallback(
    (name: string, value: string | null) =>
      setAsked(
        known => {
          const next = new URLSearchParams(known)
          if (value === null || value === '') next.delete(name)
          else next.set(name, value)
          return next
        },
        { replace: true },
      ),
    [setAsked],
  )
  const size = oneOf(sizes, asked.get('size'), 'volume24h')
  const window = oneOf(windows, asked.get('window'), 'day')
  const shape = oneOf(shapes, asked.get('view'), 'map')
  const at = asked.get('at')
  const moveTo = useCallback((instant: string | null) => choose('at', instant), [choose])
  const read = useHeatmap(at)
  return (
    <Page
      title="Heatmap"
      actions={
        <div className={styles.modes}>
          <Segments label="Size" value={size} options={sizes} onChange={value => choose('size', value)} />
          <Segments label="Colour: change in" value={window} options={windows} onChange={value => choose('window', value)} />
        </div>
      }
    >
      <Panel
        title={at === null ? 'Assets' : 'Assets of a past hour'}
        staleSince={read.staleSince}
        className={styles.panel}
        actions={
          <>
            <SearchField
              className={styles.search ?? ''}
              value={asked.get('search') ?? ''}
              onChange={text => choose('search', text.toUpperCase())}
            >
              <Label className="unseen">Find an asset</Label>
              <Input placeholder="Find an asset" />
            </SearchField>
            <Segments label="Shape" look="tabs" value={shape} options={shapes} onChange={value => choose('view', value)} />
          </>
        }
      >
        {read.problem ? (
          <Missing problem={read.problem} at={at} onRetry={read.retry} onNow={() => moveTo(null)} />
        ) : !read.tiles || !read.about ? (
          <Skeleton rows={14} />
        ) : (
          <Content
            tiles={read.tiles}
            about={read.about}
            isMoving={read.isMoving}
            isNow={at === null}
            size={size}
            window={window}
            shape={shape}
            search={asked.get('search') ?? ''}
            chosen={asked.get('asset')}
            onChoose={choose}
          />
        )}
        <PastSlider at={at} onMove={moveTo} />
      </Panel>
    </Page>
  )
}

interface ContentProps {
  readonly tiles: readonly HeatmapTile[]
  readonly about: Heatmap
  readonly isMoving: boolean
  readonly isNow: boolean
  readonly size: SizeMode
  readonly window: ColourWindow
  readonly shape: 'map' | 'table'
  readonly search: string
  readonly chosen: string | null
  readonly onChoose: (name: string, value: string | null) => void
}

function Content({ tiles, about, isMoving, isNow, size, window, shape, search, chosen, onChoose }: ContentProps) {
  const found = useMemo(
    () => (search === '' ? null : new Set(tiles.filter(tile => tile.asset.includes(search)).map(tile => tile.asset))),
    [tiles, search],
  )
  const chooseAsset = useCallback(
    (asset: string) => onChoose('asset', asset === chosen ? null : asset),
    [onChoose, chosen],
  )
  const sized = tiles.filter(tile => areaOf(tile, size) !== null)
  const shown = tiles.find(tile => tile.asset === chosen)
  if (tiles.length === 0) return <Empty title="No asset has a price yet.">The markets are only starting.</Empty>
  if (found?.size === 0)
    return (
      <Empty title={`No asset is called ${search}.`}>
        <Button shape="small" onPress={() => onChoose('search', null)}>
          Clear the search
        </Button>
      </Empty>
    )
  if (shape === 'table')
    return (
      <>
        <div className={styles.above}>
          <About about={about} size={size} hidden={0} shown={tiles} />
        </div>
        <AssetTable tiles={found ? tiles.filter(tile => found.has(tile.asset)) : tiles} reference={about.reference} />
      </>
    )
  return (
    <figure className={styles.figure} data-moving={isMoving || undefined}>
      <figcaption className={styles.caption}>
        <Legend window={window} />
        <About about={about} size={size} hidden={tiles.length - sized.length} shown={tiles} />
      </figcaption>
      {sized.length === 0 ? (
        <Empty title={`${sizeLabel(size)} is unknown of every asset.`}>{whyUnknown[size] ?? 'Choose another size.'}</Empty>
      ) : (
        <Treemap
          tiles={tiles}
          size={size}
          window={window}
          reference={about.reference}
          found={found}
          chosen={chosen}
          onChoose={chooseAsset}
        />
      )}
      {shown && <ChosenAsset tile={shown} reference={about.reference} isNow={isNow} />}
    </figure>
  )
}

const whyUnknown: Partial<Record<SizeMode, string>> = {
  marketCap: 'No source has told how much of them there is. Choose another size.',
  depth: 'Books are kept of now alone. Choose another size, or go back to now.',
}

interface AboutProps {
  readonly about: Heatmap
  readonly size: SizeMode
  readonly hidden: number
  readonly shown: readonly HeatmapTile[]
}

/** Where the numbers come from, and what is not in them. */
function About({ about, size, hidden, shown }: AboutProps) {
  const doubtful = shown.filter(tile => tile.quality !== 'firm' && tile.quality !== 'thin').length
  return (
    <p className={styles.about}>
      <span>In {about.reference}.</span>
      {about.rates.map(rate => (
        <span key={rate.asset}>
          {rate.asset} at {formatText(rate.rate)} by {rate.market}.
        </span>
      ))}
      {size === 'dominance' && about.dominanceBasis === 'volume' && (
        <span>Dominance is a share of the volume: not every supply is known.</span>
      )}
      {hidden > 0 && <span>{hidden} without a size are not shown.</span>}
      {about.rest.assets > 0 && <span>{about.rest.assets} smaller ones are not shown.</span>}
      {doubtful > 0 && <Badge tone="doubt">{doubtful} doubtful</Badge>}
    </p>
  )
}

interface MissingProps {
  readonly problem: Parameters<typeof Failure>[0]['problem']
  readonly at: string | null
  readonly onRetry: () => void
  readonly onNow: () => void
}

function Missing({ problem, at, onRetry, onNow }: MissingProps) {
  if (problem.code === 'market_data_unavailable' && at === null)
    return <Empty title="No asset has a price yet.">The markets are only starting; this page fills by itself.</Empty>
  if (problem.code !== 'nothing_stored')
    return <Failure what="The heatmap could not be read." problem={problem} onRetry={onRetry} />
  return (
    <Empty title="Nothing is stored of that hour.">
      <Button shape="small" onPress={onNow}>
        Back to now
      </Button>
    </Empty>
  )
}

function oneOf<T extends string>(options: readonly { readonly value: T }[], text: string | null, otherwise: T): T {
  return options.find(option => option.value === text)?.value ?? otherwise
}
