import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import { Button } from './Button'
import { DownIcon } from './icons'
import styles from './MenuButton.module.css'

interface Props<T extends string> {
  /** What the menu is of, for who cannot see its row. */
  readonly label: string
  readonly items: readonly { readonly id: T; readonly label: string; readonly description: string }[]
  readonly onChoose: (id: T) => void
  readonly children: ReactNode
}

export function MenuButton<T extends string>({ label, items, onChoose, children }: Props<T>) {
  return (
    <MenuTrigger>
      <Button shape="small" aria-label={label}>
        {children}
        <DownIcon />
      </Button>
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <Menu className={styles.menu ?? ''} items={items} onAction={key => onChoose(key as T)}>
          {item => (
            <MenuItem className={styles.item ?? ''} textValue={item.label}>
              <Text slot="label">{item.label}</Text>
              <Text slot="description" className={styles.description ?? ''}>
                {item.description}
              </Text>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
