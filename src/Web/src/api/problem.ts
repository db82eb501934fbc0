/** RFC 9457 problem details, as the platform answers every refusal. */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    /** One plain sentence; empty when there is nothing to add to the title. */
    readonly detail: string,
    /** The request's member that is at fault; null when none is. */
    readonly field: string | null,
    /** Names this request in the platform's logs; null when it never got there. */
    readonly rayId: string | null,
  ) {
    super(detail || title)
  }

  /** The request may have arrived, and the same one may be sent again. */
  get isUnanswered(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body = await bodyOf(response)
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name]) : null)
  return new Problem(
    response.status,
    text('code') ?? `http_${response.status}`,
    text('title') ?? `The platform answered ${response.status}.`,
    text('detail') ?? '',
    text('field'),
    text('rayId') ?? response.headers.get('X-Ray-Id'),
  )
}

export const unreachable = (): Problem =>
  new Problem(0, 'unreachable', 'The platform cannot be reached.', 'Check the connection and try again.', null, null)

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(0, 'unexpected', 'Something went wrong here.', String(error), null, null)

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.clone().json()
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
