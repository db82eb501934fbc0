/**
 * What a person agrees to. The platform binds its permission to exactly these four; the page shows them, and sends the
 * payload, from this one object.
 */
export interface Asked {
  /** The operation's id, as the platform knows it. */
  readonly operation: string
  /** What it is done to, as it stands in the request's address; null when it has nothing yet. */
  readonly resource: string | null
  /** The pool in the request's address; null when there is none. */
  readonly poolId: string | null
  /** The body of the request; an object without members when it has none. */
  readonly payload: object
}

/** How a member of the payload is said to people. */
export interface MemberWords {
  readonly name: string
  /** Shown on request only: somebody may look over the shoulder. */
  readonly isSecret?: boolean
  /** The same for people; null when the value says it all. */
  readonly inWords?: (value: unknown) => string | null
}

/** What a proof gave: it is good once, for this one thing, and for two minutes. */
export interface Permission {
  readonly token: string
  /** Names the request, so that sent again it gets the first answer. */
  readonly key: string
}

export interface DangerHeaders {
  readonly 'X-Danger-Token': string
  readonly 'Idempotency-Key': string
}

/** Something that cannot be taken back, and is therefore asked for twice. */
export interface DangerOperation<T> {
  readonly asked: Asked
  readonly title: string
  /** What comes of it, in a sentence. */
  readonly means: string
  /** What the button says that does it. */
  readonly verb: string
  readonly isDestructive: boolean
  /** What people call the resource and the pool; null: nothing. */
  readonly resourceName: { readonly kind: string; readonly name: string } | null
  readonly poolName: string | null
  /** A member without words here is shown by its own name: none is ever left out. */
  readonly words: Readonly<Record<string, MemberWords>>
  /** The request itself, with the permission for it. */
  readonly send: (permission: Permission) => Promise<T>
}

interface Spec<P extends object, T> extends Partial<Pick<DangerOperation<T>, 'isDestructive' | 'words'>> {
  readonly operation: string
  readonly title: string
  readonly means: string
  readonly verb: string
  readonly payload: P
  readonly resource?: { readonly id: string; readonly kind: string; readonly name: string }
  readonly pool?: { readonly poolId: string; readonly name: string } | null
  readonly send: (body: P, header: DangerHeaders) => Promise<T>
}

/** The payload goes in once; what is shown, what is signed and what is sent cannot differ. */
export function dangerOperation<P extends object, T>(spec: Spec<P, T>): DangerOperation<T> {
  const { operation, title, means, verb, payload, resource, pool, send } = spec
  return {
    asked: { operation, resource: resource?.id ?? null, poolId: pool?.poolId ?? null, payload },
    title,
    means,
    verb,
    isDestructive: spec.isDestructive ?? false,
    resourceName: resource ?? null,
    poolName: pool?.name ?? null,
    words: spec.words ?? {},
    send: ({ token, key }) => send(payload, { 'X-Danger-Token': token, 'Idempotency-Key': key }),
  }
}
