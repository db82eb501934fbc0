import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** What scrolls can be reached and scrolled by keyboard. */
export function Scroll({ label, className, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one more landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it
    <div role="group" tabIndex={0} aria-label={label} className={className}>
      {children}
    </div>
  )
}
