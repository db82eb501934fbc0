import { Tabs } from '../ui/Tabs'

const tabs = [
  { to: '/orders', label: 'Open' },
  { to: '/orders/history', label: 'History' },
]

export const OrdersTabs = () => <Tabs label="Orders" tabs={tabs} />
