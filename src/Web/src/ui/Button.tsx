import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import styles from './Button.module.css'

interface Props extends Omit<ButtonProps, 'className' | 'style'> {
  readonly tone?: 'plain' | 'primary' | 'quiet' | 'buy' | 'sell' | 'danger'
  readonly shape?: 'normal' | 'small' | 'icon'
}

export function Button({ tone = 'plain', shape = 'normal', ...rest }: Props) {
  return <AriaButton {...rest} className={`${styles.button} ${styles[tone]} ${styles[shape]}`} />
}
