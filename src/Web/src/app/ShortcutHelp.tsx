import { Fragment, useState } from 'react'
import { Checkbox } from '../ui/Checkbox'
import { Sheet } from '../ui/Sheet'
import styles from './ShortcutHelp.module.css'
import { shortcutGroups, shortcuts } from './shortcuts'

export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [on, setOn] = useState(shortcuts.areOn)
  const change = (next: boolean) => {
    shortcuts.set(next)
    setOn(next)
  }
  return (
    <Sheet title="Keyboard" isOpen={isOpen} onClose={onClose}>
      <div className={styles.groups}>
        {shortcutGroups.map(group => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className={styles.keys}>
              {group.keys.map(([keys, does]) => (
                <Fragment key={keys}>
                  <dt>
                    {keys.split(' ').map(key => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={styles.switch}>
        <Checkbox isSelected={on} onChange={change}>
          Single-key shortcuts
        </Checkbox>
      </div>
    </Sheet>
  )
}
