import { Link } from 'react-router'
import { Empty } from '../ui/states'
import { Page } from './Page'

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <Empty title="There is no such page.">
        <Link to="/">Go to the portfolio</Link>
      </Empty>
    </Page>
  )
}
