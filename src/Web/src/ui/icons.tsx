import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
  </Icon>
)
export const MoonIcon = () => (
  <Icon>
    <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />
  </Icon>
)
export const HeatmapIcon = () => (
  <Icon>
    <path d="M2.500 2.500h6v7h-6zM10.500 2.500h3v4h-3zM10.500 8.500h3v5h-3zM2.500 11.500h6v2h-6z" />
  </Icon>
)
export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.3" />
    <path d="m10.3 10.3 3.4 3.4" />
  </Icon>
)
export const ChevronIcon = () => (
  <Icon>
    <path d="m5.5 3.5 4.5 4.5-4.5 4.5" />
  </Icon>
)
export const DownIcon = () => (
  <Icon>
    <path d="m3.5 6 4.5 4.5L12.500 6" />
  </Icon>
)
export const ExchangesIcon = () => (
  <Icon>
    <path d="M2.5 6.5 8 3l5.500 3.500M3.500 6.500v5.500M6.500 6.500v5.500M9.500 6.500v5.500M12.500 6.500v5.500M2.500 13.500h11" />
  </Icon>
)
export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.500 5.500v-1.500A1.500 1.500 0 0 0 9 2.500H4A1.500 1.500 0 0 0 2.500 4v5A1.500 1.500 0 0 0 4 10.500h1.5" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
)
export const KeyboardIcon = () => (
  <Icon>
    <rect x="1.5" y="4" width="13" height="8.5" rx="1.5" />
    <path d="M4 6.700h.01M6.700 6.700h.01M9.300 6.700h.01M12 6.700h.01M5 9.800h6" />
  </Icon>
)
export const ExitIcon = () => (
  <Icon>
    <path d="M6.500 13.500H4A1.500 1.500 0 0 1 2.500 12V4A1.500 1.500 0 0 1 4 2.500h2.500M10.500 11l3-3-3-3M13.500 8h-7" />
  </Icon>
)
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2 1.500 13.500h13L8 2ZM8 6.500v3.200M8 11.700h.01" />
  </Icon>
)
export const PortfolioIcon = () => (
  <Icon>
    <path d="M8 2.500V8l4.200 3.500M14 8A6 6 0 1 1 8 2" />
  </Icon>
)
export const MarketIcon = () => (
  <Icon>
    <path d="M4 13.500v-9M8 14.500v-13M12 12.500v-9M3 6h2v5H3zM7 4h2v6H7zM11 5.500h2V10h-2z" />
  </Icon>
)
export const OrdersIcon = () => (
  <Icon>
    <path d="M5.500 4h8M5.500 8h8M5.500 12h8M2.500 4h.01M2.500 8h.01M2.500 12h.01" />
  </Icon>
)
export const TradesIcon = () => (
  <Icon>
    <path d="M2.500 5.500h10m-3-3 3 3-3 3M13.500 10.500h-10m3-3-3 3 3 3" />
  </Icon>
)
export const LetterIcon = () => (
  <Icon>
    <rect x="1.5" y="3" width="13" height="10" rx="1.5" />
    <path d="m2 4.200 6 4.800 6-4.800" />
  </Icon>
)
export const PersonIcon = () => (
  <Icon>
    <circle cx="8" cy="5.200" r="2.700" />
    <path d="M2.800 13.800c.5-2.900 2.500-4.300 5.200-4.300s4.700 1.400 5.200 4.300" />
  </Icon>
)
export const PeopleIcon = () => (
  <Icon>
    <circle cx="6" cy="5.500" r="2.400" />
    <path d="M1.500 13c.4-2.500 2.100-3.800 4.500-3.800s4.100 1.300 4.500 3.800M10.500 3.300a2.400 2.400 0 0 1 0 4.400M12 9.600c1.400.5 2.200 1.700 2.500 3.400" />
  </Icon>
)
export const KeyIcon = () => (
  <Icon>
    <circle cx="5" cy="8" r="2.800" />
    <path d="M7.800 8h6.700v2.500M11.500 8v2" />
  </Icon>
)
export const DeviceIcon = () => (
  <Icon>
    <rect x="2.500" y="3" width="11" height="7.500" rx="1" />
    <path d="M1 13h14" />
  </Icon>
)
export const TerminalIcon = () => (
  <Icon>
    <rect x="1.500" y="2.500" width="13" height="11" rx="1.500" />
    <path d="m4.500 6 2 2-2 2M8.500 10.300h3" />
  </Icon>
)
