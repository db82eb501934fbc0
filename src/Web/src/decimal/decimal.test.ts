import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  decimal,
  divide,
  floorTo,
  isMultipleOf,
  multiply,
  parse,
  round,
  subtract,
  toText,
} from './decimal'
import { format, formatSigned, formatText, placesOf } from './format'

describe('decimal', () => {
  it('keeps what a floating-point number would lose', () => {
    expect(toText(add(decimal('0.1'), decimal('0.2')))).toBe('0.3')
    expect(toText(multiply(decimal('90071992547409.93'), decimal('3')))).toBe('270215977642229.79')
    expect(formatText('12345678901234567890.123456789')).toBe('12,345,678,901,234,567,890.123456789')
  })

  it.each(['', ' ', '1e5', '1,000', 'NaN', '.5', '1.', '--1', '+1', '0x1'])('refuses %j', text => {
    expect(parse(text)).toBeNull()
  })

  it('subtracts below zero', () => {
    expect(toText(subtract(decimal('1'), decimal('1.005')))).toBe('-0.005')
  })

  it('divides toward zero', () => {
    expect(toText(divide(decimal('2'), decimal('3'), 4))).toBe('0.6666')
    expect(toText(divide(decimal('1.5'), decimal('0.003'), 2))).toBe('500')
  })

  it('compares across scales', () => {
    expect(compare(decimal('1.10'), decimal('1.1'))).toBe(0)
    expect(compare(decimal('-1'), decimal('0.01'))).toBe(-1)
  })

  it('rounds half to even, on both sides of zero', () => {
    const rounded = ['0.5', '1.5', '2.5', '-0.5', '-1.5', '2.51'].map(text => toText(round(decimal(text), 0)))
    expect(rounded).toEqual(['0', '2', '2', '0', '-2', '3'])
  })

  it('knows ticks and lots', () => {
    expect(isMultipleOf(decimal('0.003'), decimal('0.001'))).toBe(true)
    expect(isMultipleOf(decimal('0.0035'), decimal('0.00100000'))).toBe(false)
    expect(toText(floorTo(decimal('0.0039'), decimal('0.00100000')))).toBe('0.003')
    expect(placesOf('0.01000000')).toBe(2)
    expect(placesOf('10')).toBe(0)
  })
})

describe('format', () => {
  it('groups thousands and fills the places', () => {
    expect(formatText('1234567.5', 2)).toBe('1,234,567.50')
    expect(formatText('999', 2)).toBe('999.00')
    expect(formatText('-1000')).toBe('-1,000')
  })

  it('shows no negative zero', () => {
    expect(format(decimal('-0.001'), 2)).toBe('0.00')
    expect(formatSigned('-0.001', 2)).toBe('0.00')
  })

  it('says the sign', () => {
    expect(formatSigned('12.345', 2)).toBe('+12.34')
    expect(formatSigned('-1234.5', 2)).toBe('−1,234.50')
  })

  it('shows what it cannot read', () => {
    expect(formatText('n/a', 2)).toBe('n/a')
  })
})
