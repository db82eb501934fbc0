import { Tabs } from '../ui/Tabs'

const tabs = [
  { to: '/pool/members', label: 'Members' },
  { to: '/pool/keys', label: 'API keys' },
]

export const PoolTabs = () => <Tabs label="Pool" tabs={tabs} />
