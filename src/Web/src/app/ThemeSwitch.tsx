import { Button } from '../ui/Button'
import { MoonIcon, SunIcon } from '../ui/icons'
import { setTheme, useTheme } from './theme'

export function ThemeSwitch() {
  const other = useTheme() === 'dark' ? 'light' : 'dark'
  return (
    <Button tone="quiet" shape="icon" aria-label={`Use the ${other} theme`} onPress={() => setTheme(other)}>
      {other === 'light' ? <SunIcon /> : <MoonIcon />}
    </Button>
  )
}
