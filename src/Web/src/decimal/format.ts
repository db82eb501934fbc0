import { type Decimal, digits, parse, round, sign, toText } from './decimal'

/** Decimal places of a step: 0.00100 has 3, 10 has 0. */
export function placesOf(step: string): number {
  const value = parse(step)
  if (!value) return 0
  const [, fraction = ''] = toText(value).split('.')
  return fraction.length
}

/** `1234.5` at two places is `1,234.50`; without places all digits that matter are kept. */
export function format(value: Decimal, places?: number): string {
  const [whole = '', fraction] = (places === undefined ? toText(value) : digits(round(value, places))).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return /^-[0,.]*$/.test(text) ? text.slice(1) : text
}

/** Text that is no decimal is shown as it came: hiding it would hide a fault. */
export function formatText(text: string, places?: number): string {
  const value = parse(text)
  return value ? format(value, places) : text
}

/** With its sign spelled out: `+1.00`, `−1.00`, `0.00`. */
export function formatSigned(text: string, places?: number): string {
  const value = parse(text)
  if (!value) return text
  const shown = format({ ...value, units: value.units < 0n ? -value.units : value.units }, places)
  const vanished = /^[0,.]*$/.test(shown)
  return vanished ? shown : `${sign(value) < 0 ? '−' : '+'}${shown}`
}

/** Amounts of an asset: two places for what trades like a dollar, else every digit. */
export function formatAmount(text: string, asset: string): string {
  return formatText(text, isCash(asset) ? 2 : undefined)
}

export const isCash = (asset: string): boolean => /^(USD[TC]?|EUR|GBP|DAI|FDUSD)$/.test(asset)

export const directionOf = (text: string): -1 | 0 | 1 => {
  const value = parse(text)
  return value ? sign(value) : 0
}
