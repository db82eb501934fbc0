/** The platform's own rules (NIST SP 800-63B-4 3.1.1.2), told while one types; the platform has the last word. */
export const lengthMin = 12
export const lengthMax = 256

/** Fewer than that and it is a pattern on the keyboard. */
const distinctMin = 5

export interface PasswordCheck {
  readonly text: string
  readonly isMet: boolean
}

/**
 * Characters are Unicode code points: an emoji is one, as the platform counts.
 * Whose address it is may be unknown (null): then the platform alone can say that the password holds it.
 */
export function checksOf(password: string, email: string | null): readonly PasswordCheck[] {
  const characters = Array.from(password)
  return [
    {
      text: `${lengthMin} to ${lengthMax} characters`,
      isMet: characters.length >= lengthMin && characters.length <= lengthMax,
    },
    { text: `${distinctMin} different characters or more`, isMet: new Set(characters).size >= distinctMin },
    ...(email === null
      ? []
      : [{ text: 'Not your email address', isMet: password !== '' && !isLike(password, email) }]),
  ]
}

export const isGood = (password: string, email: string | null): boolean => checksOf(password, email).every(check => check.isMet)

function isLike(password: string, email: string): boolean {
  const [typed, address] = [password.toLowerCase(), email.trim().toLowerCase()]
  return address !== '' && (typed.includes(address) || address.startsWith(typed))
}
