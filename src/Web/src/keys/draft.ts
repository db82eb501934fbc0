import type { CreateApiKey } from '../api/types'

export type Life = '30' | '90' | '365'

/** A key as it is being typed. */
export interface KeyDraft {
  readonly label: string
  readonly groups: readonly string[]
  /** CIDR, one after the other. */
  readonly networks: string
  /** In days. */
  readonly life: Life
}

export type DraftErrors = Partial<Record<'label' | 'groups' | 'networks', string>>

export const emptyDraft: KeyDraft = { label: '', groups: [], networks: '', life: '90' }

const dayMs = 86_400_000
const labelMax = 80
const networksMax = 20
/** The platform has the last word; this catches a slip of the hand. */
const networkForm = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]*)\/\d{1,3}$/i

type Checked = { readonly key: CreateApiKey; readonly errors: null } | { readonly key: null; readonly errors: DraftErrors }

/** @param now Unix time, in milliseconds. */
export function check(draft: KeyDraft, now: number): Checked {
  const label = draft.label.trim()
  const networks = draft.networks.split(/[\s,;]+/).filter(text => text !== '')
  const errors = errorsOf(label, draft.groups, networks)
  if (Object.keys(errors).length > 0) return { key: null, errors }
  const expiresAt = new Date(now + Number(draft.life) * dayMs).toISOString()
  return { key: { label, groups: [...draft.groups], networks, expiresAt }, errors: null }
}

function errorsOf(label: string, groups: readonly string[], networks: readonly string[]): DraftErrors {
  const errors: DraftErrors = {}
  if (label === '') errors.label = 'By what will you know it again?'
  if (label.length > labelMax) errors.label = `At most ${labelMax} characters.`
  if (groups.length === 0) errors.groups = 'A key is good for one thing at least.'
  const wrong = networks.find(network => !networkForm.test(network))
  if (wrong !== undefined) errors.networks = `${wrong} is no network: an address and a prefix length, as 192.0.2.0/24.`
  if (networks.length > networksMax) errors.networks = `At most ${networksMax} networks.`
  return errors
}
