import { lazy, Suspense, useState } from 'react'
import { NavLink, Outlet, useNavigate } from 'react-router'
import { signOut } from '../session/renewal'
import { Button } from '../ui/Button'
import {
  ExchangesIcon,
  ExitIcon,
  HeatmapIcon,
  KeyboardIcon,
  MarketIcon,
  OrdersIcon,
  PeopleIcon,
  PersonIcon,
  PortfolioIcon,
  SearchIcon,
  TradesIcon,
} from '../ui/icons'
import { ConnectionBanner } from './ConnectionBanner'
import { ConnectionLight } from './ConnectionLight'
import { NoticeArea } from './NoticeArea'
import styles from './Shell.module.css'
import { useShortcuts } from './shortcuts'
import { ThemeSwitch } from './ThemeSwitch'
import { Wordmark } from './Wordmark'

const MarketSearch = lazy(async () => ({ default: (await import('../market/MarketSearch')).MarketSearch }))
const ShortcutHelp = lazy(async () => ({ default: (await import('./ShortcutHelp')).ShortcutHelp }))

/** What a page may ask of the frame around it. */
export interface ShellContext {
  readonly openSearch: () => void
}

type Open = 'help' | 'search' | null

export function Shell() {
  const [open, setOpen] = useState<Open>(null)
  const navigate = useNavigate()
  const close = () => setOpen(null)
  const context: ShellContext = { openSearch: () => setOpen('search') }
  useShortcuts({
    'g p': () => void navigate('/'),
    'g m': () => void navigate('/markets'),
    'g e': () => void navigate('/heatmap'),
    'g o': () => void navigate('/orders'),
    'g h': () => void navigate('/orders/history'),
    'g t': () => void navigate('/trades'),
    'g x': () => void navigate('/exchanges'),
    'g c': () => void navigate('/chains'),
    'g l': () => void navigate('/pool/members'),
    'g a': () => void navigate('/account'),
    '/': () => setOpen('search'),
    '?': () => setOpen('help'),
  })
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.bar}>
        <Wordmark />
        <Navigation />
        <div className={styles.tools}>
          <ConnectionLight />
          <Button shape="small" aria-label="Find a market" onPress={() => setOpen('search')}>
            <SearchIcon />
            <span className={styles.roomy}>Find a market</span>
            <kbd className={styles.roomy}>/</kbd>
          </Button>
          <span className={styles.roomy}>
            <Button tone="quiet" shape="icon" aria-label="Keyboard shortcuts" onPress={() => setOpen('help')}>
              <KeyboardIcon />
            </Button>
          </span>
          <ThemeSwitch />
          <NavLink to="/account" className={styles.account ?? ''} aria-label="Account">
            <PersonIcon />
          </NavLink>
          <Button tone="quiet" shape="icon" aria-label="Sign out" onPress={signOut}>
            <ExitIcon />
          </Button>
        </div>
      </header>
      <ConnectionBanner />
      <Outlet context={context} />
      <NoticeArea />
      <Suspense>
        {open === 'help' && <ShortcutHelp isOpen onClose={close} />}
        {open === 'search' && <MarketSearch isOpen onClose={close} />}
      </Suspense>
    </div>
  )
}

const places = [
  { to: '/', label: 'Portfolio', Icon: PortfolioIcon },
  { to: '/markets', label: 'Market', Icon: MarketIcon },
  { to: '/heatmap', label: 'Heatmap', Icon: HeatmapIcon },
  { to: '/orders', label: 'Orders', Icon: OrdersIcon },
  { to: '/trades', label: 'Trades', Icon: TradesIcon },
  { to: '/exchanges', label: 'Exchanges', Icon: ExchangesIcon },
  { to: '/pool', label: 'Pool', Icon: PeopleIcon },
]

function Navigation() {
  return (
    <nav className={styles.nav} aria-label="Main">
      {places.map(({ to, label, Icon }) => (
        <NavLink key={to} to={to} end={to === '/'}>
          <Icon />
          {label}
        </NavLink>
      ))}
    </nav>
  )
}
