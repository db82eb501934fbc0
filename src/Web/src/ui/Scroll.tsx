import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** What scrolls can be reached and scrolled by keyboard. */
export function Scroll({ label, className, children }: Props) {
  return (
    // A fieldset is for forms, and a section would be one more landmark.
    // The arrow keys scroll it.
    <div role="group" tabIndex={0} aria-label={label} className={className}>
      {children}
    </div>
  )
}
