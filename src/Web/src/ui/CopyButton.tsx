import { useState } from 'react'
import { Button } from './Button'
import { CopyIcon } from './icons'

interface Props {
  readonly text: string
  /** What is copied, for who cannot see it stand beside. */
  readonly label: string
  /** Whether the button says so in words, not by its picture alone. */
  readonly hasWords?: boolean
}

export function CopyButton({ text, label, hasWords = false }: Props) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <Button
      tone={hasWords ? 'plain' : 'quiet'}
      shape="small"
      aria-label={copied ? 'Copied' : label}
      onPress={() => void copy()}
    >
      {(hasWords || !copied) && <CopyIcon />}
      {copied ? 'Copied' : hasWords && 'Copy'}
    </Button>
  )
}
