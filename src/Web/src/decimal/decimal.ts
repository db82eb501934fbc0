/**
 * Exact decimals. Money arrives as strings and stays exact: a value is a whole number of units of 10^-scale,
 * never a floating-point number.
 */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const pattern = /^(-?)(\d+)(?:\.(\d+))?$/

/** Reads `-12.50`; null for anything else (empty, exponent, separators, NaN). */
export function parse(text: string): Decimal | null {
  const match = pattern.exec(text.trim())
  if (!match) return null
  const [, sign, whole, fraction = ''] = match
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length }
}

/** Reads text that the platform sent or a form has checked; a malformed one is a bug. */
export function decimal(text: string): Decimal {
  const value = parse(text)
  if (!value) throw new RangeError(`Not a decimal: ${text}`)
  return value
}

export const zero: Decimal = { units: 0n, scale: 0 }

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, { units: -b.units, scale: b.scale })

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale })

/** Rounds toward zero: an estimate never promises more than there is. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (b.units === 0n) throw new RangeError('Division by zero.')
  return { units: (a.units * power(scale + b.scale)) / (b.units * power(a.scale)), scale }
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale)
  const difference = unitsAt(a, scale) - unitsAt(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const sign = (value: Decimal): -1 | 0 | 1 => (value.units < 0n ? -1 : value.units > 0n ? 1 : 0)

/** Whether the value is a whole number of steps (tick or lot); a step of zero allows everything. */
export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  if (step.units === 0n) return true
  const scale = Math.max(value.scale, step.scale)
  return unitsAt(value, scale) % unitsAt(step, scale) === 0n
}

/** The largest whole number of steps that does not exceed a positive value. */
export function floorTo(value: Decimal, step: Decimal): Decimal {
  if (step.units === 0n) return value
  const scale = Math.max(value.scale, step.scale)
  const units = unitsAt(value, scale)
  return { units: units - (units % unitsAt(step, scale)), scale }
}

/** Plain text without needless zeros: `0.10` is `0.1`, and it round-trips through {@link parse}. */
export function toText(value: Decimal): string {
  const text = digits(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** All digits of the scale, no grouping. */
export function digits({ units, scale }: Decimal): string {
  const negative = units < 0n
  const text = (negative ? -units : units).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = scale > 0 ? `.${text.slice(text.length - scale)}` : ''
  return `${negative ? '-' : ''}${whole}${fraction}`
}

/** Half to even, as the platform rounds. */
export function round(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: unitsAt(value, scale), scale }
  const divisor = power(value.scale - scale)
  const quotient = value.units / divisor
  const remainder = value.units % divisor
  const twice = (remainder < 0n ? -remainder : remainder) * 2n
  const away = twice > divisor || (twice === divisor && quotient % 2n !== 0n)
  return { units: away ? quotient + (value.units < 0n ? -1n : 1n) : quotient, scale }
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent)

const unitsAt = (value: Decimal, scale: number): bigint => value.units * power(scale - value.scale)
