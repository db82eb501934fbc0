import { type ReactNode, useState } from 'react'
import type { DangerOperation } from './operation'
import { ProveAgain } from './ProveAgain'

interface Asking {
  /** Opens the dialog; what the operation gives comes once it is done, and never when the person turns back. */
  readonly ask: <T>(operation: DangerOperation<T>, onDone: (result: T) => void) => void
  /** To be placed anywhere; it is over the page. */
  readonly dialog: ReactNode
}

export function useProveAgain(): Asking {
  const [dialog, setDialog] = useState<ReactNode>(null)
  const close = () => setDialog(null)
  return {
    ask: (operation, onDone) =>
      setDialog(
        <ProveAgain
          operation={operation}
          onDone={result => {
            close()
            onDone(result)
          }}
          onClose={close}
        />,
      ),
    dialog,
  }
}
