import { useMutation } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { problemOf } from '../api/problem'
import type { Account } from '../api/types'
import { useAccount } from '../account/useAccount'
import { canUsePasskeys } from '../passkeys/webauthn'
import { Button } from '../ui/Button'
import { Form } from '../ui/Form'
import { Note } from '../ui/Note'
import { Refused } from '../ui/Refused'
import { Segments } from '../ui/Segments'
import { Sheet } from '../ui/Sheet'
import { Failure, Skeleton } from '../ui/states'
import { TextField } from '../ui/TextField'
import { askPermission, carryOut, sentenceFor } from './carryOut'
import type { DangerOperation, Permission } from './operation'
import styles from './ProveAgain.module.css'
import { type ProofKind, prove, proofKinds } from './proof'
import { SignedFields } from './SignedFields'

interface Props<T> {
  readonly operation: DangerOperation<T>
  readonly onDone: (result: T) => void
  readonly onClose: () => void
}

/** Asks again before what cannot be taken back: shows exactly what is signed, takes a proof, and does it. */
export function ProveAgain<T>({ operation, onDone, onClose }: Props<T>) {
  const account = useAccount()
  const [isBusy, setBusy] = useState(false)
  return (
    // What is on its way has an answer, and somebody has to be there for it.
    <Sheet title={operation.title} isOpen onClose={() => !isBusy && onClose()}>
      <div className={styles.content}>
        <p>{operation.means}</p>
        <SignedFields operation={operation} />
        {account.error && (
          <Failure
            what="How you can prove that it is you could not be read."
            problem={problemOf(account.error)}
            onRetry={() => void account.refetch()}
          />
        )}
        {account.isPending && <Skeleton rows={2} />}
        {account.data && (
          <ProofForm account={account.data} operation={operation} onBusy={setBusy} onDone={onDone} onClose={onClose} />
        )}
      </div>
    </Sheet>
  )
}

interface FormProps<T> extends Props<T> {
  readonly account: Account
  readonly onBusy: (isBusy: boolean) => void
}

const names: Readonly<Record<ProofKind, string>> = { code: 'One-time code', passkey: 'Passkey', password: 'Password' }

function ProofForm<T>({ account, operation, onBusy, onDone, onClose }: FormProps<T>) {
  const kinds = proofKinds(account).filter(kind => kind !== 'passkey' || canUsePasskeys())
  const [kind, setKind] = useState<ProofKind>(kinds[0] ?? 'password')
  const [text, setText] = useState('')
  /** Sent, and nobody knows what became of it. */
  const [isToRepeat, setToRepeat] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  /** Kept over a request without an answer: sent again it is the same one, and done once at most. */
  const permission = useRef<Permission | null>(null)

  const attempt = useMutation({
    mutationFn: async () => {
      permission.current ??= await askPermission(operation.asked, await prove(kind, text))
      return carryOut(operation, permission.current)
    },
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: onDone,
    onError: error => {
      const isUnanswered = problemOf(error).isUnanswered && permission.current !== null
      setToRepeat(isUnanswered)
      if (isUnanswered) return
      permission.current = null
      setText('')
      field.current?.focus()
    },
  })
  const submit = () => {
    if (!attempt.isPending) attempt.mutate()
  }
  const choose = (next: ProofKind) => {
    attempt.reset()
    setText('')
    setKind(next)
  }

  if (kinds.length === 0)
    return <Note>You prove it by your passkey, and this browser cannot use one. Go on in another.</Note>

  const problem = attempt.error ? problemOf(attempt.error) : null
  const isWrong = problem?.code === 'proof_invalid' && kind !== 'passkey'
  return (
    <Form label="Prove that it is you" onSubmit={submit}>
      {kinds.length > 1 && !isToRepeat && (
        <Segments
          label="Prove it by"
          value={kind}
          options={kinds.map(value => ({ value, label: names[value] }))}
          onChange={choose}
        />
      )}
      {!isToRepeat && (
        <ProofField key={kind} kind={kind} text={text} isWrong={isWrong} inputRef={field} onText={setText} />
      )}
      {problem && !isWrong && <Refused problem={problem} says={sentenceFor(problem, isToRepeat) ?? undefined} />}
      <div className={styles.buttons}>
        <Button isDisabled={attempt.isPending} onPress={onClose}>
          Not now
        </Button>
        <Button
          key={isToRepeat ? 'again' : 'first'}
          autoFocus={isToRepeat}
          type="submit"
          tone={operation.isDestructive ? 'danger' : 'primary'}
          isDisabled={kind !== 'passkey' && text === '' && !isToRepeat}
          isPending={attempt.isPending}
        >
          {attempt.isPending ? 'One moment…' : isToRepeat ? 'Send it again' : operation.verb}
        </Button>
      </div>
    </Form>
  )
}

interface FieldProps {
  readonly kind: ProofKind
  readonly text: string
  readonly isWrong: boolean
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly onText: (text: string) => void
}

function ProofField({ kind, text, isWrong, inputRef, onText }: FieldProps) {
  if (kind === 'passkey') return <p className="muted">Your device will ask you for your passkey.</p>
  if (kind === 'password')
    return (
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        autoFocus
        inputRef={inputRef}
        value={text}
        onChange={onText}
        error={isWrong ? 'That is not your password.' : undefined}
      />
    )
  return (
    <TextField
      label="Code of your authenticator app"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      inputRef={inputRef}
      value={text}
      onChange={onText}
      error={isWrong ? 'The code is wrong, or was used before: wait for the next.' : undefined}
    />
  )
}
