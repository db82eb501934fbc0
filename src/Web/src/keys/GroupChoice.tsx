import { useId } from 'react'
import { Checkbox } from '../ui/Checkbox'
import { type KeyGroup, openGroups, privateGroups } from './groups'
import styles from './NewKeyForm.module.css'

interface Props {
  readonly chosen: readonly string[]
  readonly onChange: (words: readonly string[]) => void
  readonly error: string | undefined
}

export function GroupChoice({ chosen, onChange, error }: Props) {
  const fault = useId()
  const set = (word: string, isOn: boolean) => onChange(isOn ? [...chosen, word] : chosen.filter(other => other !== word))
  const choices = (groups: readonly KeyGroup[]) => (
    <div className={styles.choices}>
      {groups.map(({ word, name, means }) => (
        <Checkbox key={word} isSelected={chosen.includes(word)} onChange={isOn => set(word, isOn)}>
          <span>
            {name} <span className="muted">· {means}</span>
          </span>
        </Checkbox>
      ))}
    </div>
  )
  return (
    // A fieldset would draw a frame.
    <div role="group" aria-label="Good for" aria-describedby={error ? fault : undefined} className={styles.groups}>
      <p className={styles.legend}>Good for what is private</p>
      {choices(privateGroups)}
      <p className={styles.legend}>Good for what is public</p>
      {choices(openGroups)}
      {error && (
        <p id={fault} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
