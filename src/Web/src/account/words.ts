import type { Account, KycLevel, Plan, PlatformLevel } from '../api/types'

/** What a person may touch of the platform itself. */
export const platformLevels: Readonly<Record<PlatformLevel, readonly [name: string, means: string]>> = {
  none: ['None', 'Nothing but what everybody may.'],
  guest: ['Guest', 'The address is not confirmed yet.'],
  member: ['Member', 'Takes part in pools.'],
  associate: ['Associate', 'Authors strategy profiles too.'],
  moderator: ['Moderator', 'Content and support.'],
  operator: ['Operator', 'Runs the nodes.'],
  administrator: ['Administrator', 'Users, plans and key rings.'],
  architect: ['Architect', 'Topology, certificates and policies.'],
}

export const plans: Readonly<Record<Plan, string>> = {
  free: 'Free',
  pro: 'Pro',
  business: 'Business',
  enterprise: 'Enterprise',
}

export const kycLevels: Readonly<Record<KycLevel, string>> = {
  none: 'Not checked',
  basic: 'Basic check',
  full: 'Full check',
}

/** By what a session was begun, in the words of RFC 8176. */
const methods: Readonly<Record<string, string>> = { pwd: 'password', otp: 'one-time code', passkey: 'passkey' }

export const methodsOf = (words: readonly string[]): string =>
  words.map(word => methods[word] ?? word).join(' and ') || 'unknown'

/** In the order in which they are looked for: many name others that they want to be taken for. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** What a browser calls itself, in short; what is none of those we know, as it is. */
export function deviceOf(userAgent: string): string {
  const browser = browsers
    .map(([pattern, name]) => ({ name, version: pattern.exec(userAgent)?.[1] }))
    .find(({ version }) => version !== undefined)
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1]
  if (!browser) return userAgent || 'Unknown device'
  return `${browser.name} ${browser.version ?? ''}${system ? ` on ${system}` : ''}`
}

/** How hard it is to be this person without being the one. */
export function protectionOf({ hasTotp, passkeys }: Pick<Account, 'hasTotp' | 'passkeys'>): 'password' | 'better' {
  return hasTotp || passkeys > 0 ? 'better' : 'password'
}
