import { expect, test } from 'vitest'
import { check, emptyDraft } from './draft'

const now = Date.parse('2026-03-01T12:00:00Z')
const draft = { ...emptyDraft, label: ' Report ', groups: ['markets', 'trading'] }

test('what is typed becomes the key that is asked for', () => {
  expect(check({ ...draft, networks: '192.0.2.0/24, 2001:db8::/32\n198.51.100.7/32' }, now).key).toEqual({
    label: 'Report',
    groups: ['markets', 'trading'],
    networks: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7/32'],
    expiresAt: '2026-05-30T12:00:00.000Z',
  })
})

test('the longest life is a year', () => {
  expect(check({ ...draft, life: '365' }, now).key?.expiresAt).toBe('2027-03-01T12:00:00.000Z')
})

test('no network means from anywhere', () => {
  expect(check(draft, now).key?.networks).toEqual([])
})

test('what is missing is said beside its field', () => {
  expect(Object.keys(check(emptyDraft, now).errors ?? {})).toEqual(['label', 'groups'])
  expect(check({ ...draft, networks: '192.0.2.0' }, now).errors?.networks).toContain('192.0.2.0 is no network')
  expect(check({ ...draft, label: 'x'.repeat(81) }, now).errors?.label).toBe('At most 80 characters.')
})
