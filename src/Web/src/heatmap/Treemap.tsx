import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import type { HeatmapTile } from '../api/types'
import { type Box, layOut } from './layout'
import { changeText, type ColourWindow, priceText, sentenceOf, shadeOf, type SizeMode } from './modes'
import styles from './Treemap.module.css'

interface Props {
  readonly tiles: readonly HeatmapTile[]
  readonly size: SizeMode
  readonly window: ColourWindow
  readonly reference: string
  /** Assets that the search found; null while nothing is searched. */
  readonly found: ReadonlySet<string> | null
  readonly chosen: string | null
  readonly onChoose: (asset: string) => void
}

/** One tab stop; the arrows go from tile to tile, the largest first. */
export function Treemap({ tiles, size, window, reference, found, chosen, onChoose }: Props) {
  const frame = useRef<HTMLUListElement>(null)
  const { width, height } = useSize(frame)
  const boxes = useMemo(() => layOut(tiles, size, width, height), [tiles, size, width, height])
  const [focused, setFocused] = useState<string | null>(null)
  const stop = boxes.some(box => box.tile.asset === focused) ? focused : (boxes[0]?.tile.asset ?? null)

  const move = (event: KeyboardEvent) => {
    const at = boxes.findIndex(box => box.tile.asset === stop)
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key]
    const asset = next === undefined ? undefined : boxes[next]?.tile.asset
    if (next === undefined) return
    event.preventDefault()
    if (asset === undefined) return
    setFocused(asset)
    frame.current?.querySelector<HTMLElement>(`[data-asset="${CSS.escape(asset)}"]`)?.focus()
  }

  return (
    <ul className={styles.map} ref={frame} onKeyDown={move} aria-label="Assets, the largest first">
      {boxes.map(box => (
        <Tile
          key={box.tile.asset}
          box={box}
          label={sentenceOf(box.tile, size, window, reference)}
          shade={shadeOf(box.tile, window)}
          change={box.tile.changes[window]}
          isStop={box.tile.asset === stop}
          isFaint={found !== null && !found.has(box.tile.asset)}
          isChosen={box.tile.asset === chosen}
          onFocus={setFocused}
          onChoose={onChoose}
        />
      ))}
    </ul>
  )
}

interface TileProps {
  readonly box: Box
  readonly label: string
  readonly shade: number | null
  readonly change: number | null
  readonly isStop: boolean
  readonly isFaint: boolean
  readonly isChosen: boolean
  readonly onFocus: (asset: string) => void
  readonly onChoose: (asset: string) => void
}

const Tile = memo(function Tile({ box, label, shade, change, isStop, isFaint, isChosen, onFocus, onChoose }: TileProps) {
  const { tile, left, top, width, height } = box
  const edge = Math.min(width / 4.2, height / 2.6, 40)
  return (
    <li className={styles.place} style={{ left, top, width, height }}>
      <button
        type="button"
        className={styles.tile}
        data-asset={tile.asset}
        data-shade={shade ?? 'unknown'}
        data-faint={isFaint || undefined}
        aria-label={label}
        aria-pressed={isChosen}
        title={label}
        tabIndex={isStop ? 0 : -1}
        style={{ fontSize: Math.max(10, edge) }}
        onFocus={() => onFocus(tile.asset)}
        onClick={() => onChoose(tile.asset)}
      >
        {width > 34 && height > 20 && <strong>{tile.asset}</strong>}
        {width > 64 && height > 44 && <span className={styles.change}>{changeText(change)}</span>}
        {width > 110 && height > 84 && <span className={styles.price}>{priceText(tile.price)}</span>}
      </button>
    </li>
  )
})

function useSize(frame: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) })
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  return size
}
