import type { MemberWords } from './operation'

/** A member of what is signed, as it is shown. */
export interface ShownMember {
  readonly key: string
  readonly name: string
  /** As it is signed. */
  readonly value: unknown
  /** The value, whole. */
  readonly text: string
  /** The same for people; null when the text says it all. */
  readonly inWords: string | null
  readonly isSecret: boolean
  /** What an object holds; null for everything else. */
  readonly inside: readonly ShownMember[] | null
}

/** Every member, however deep: nobody agrees to what is not in sight. */
export function membersOf(payload: object, words: Readonly<Record<string, MemberWords>> = {}): readonly ShownMember[] {
  return Object.entries(payload).map(([key, value]: [string, unknown]) => {
    const known = words[key]
    return {
      key,
      name: known?.name ?? key,
      value,
      text: textOf(value),
      inWords: known?.inWords?.(value) ?? null,
      isSecret: known?.isSecret ?? false,
      inside: isObject(value) ? membersOf(value) : null,
    }
  })
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const isList = Array.isArray(value) && value.every(item => typeof item === 'string')
  return isList && value.length > 0 ? value.join(', ') : JSON.stringify(value)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
