import { Tabs } from '../ui/Tabs'

const tabs = [
  { to: '/exchanges', label: 'Exchanges' },
  { to: '/chains', label: 'Chains' },
]

export const RegistryTabs = () => <Tabs label="Registry" tabs={tabs} />
