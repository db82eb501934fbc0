import { directionOf, formatSigned } from '../decimal/format'

interface Props {
  readonly value: string
  readonly places?: number
  readonly unit?: string
  /** An arrow beside the sign, where the colour stands alone on the row. */
  readonly arrow?: boolean
}

/** Gain or loss: by sign, arrow and colour, never by colour alone. */
export function Signed({ value, places = 2, unit = '', arrow = false }: Props) {
  const direction = directionOf(value)
  const tone = direction > 0 ? 'up' : direction < 0 ? 'down' : 'muted'
  return (
    <span className={tone} title={value}>
      {arrow && direction !== 0 && <span aria-hidden="true">{direction > 0 ? '▲ ' : '▼ '}</span>}
      {formatSigned(value, places)}
      {unit}
    </span>
  )
}
