import type { Page } from '@playwright/test'
import { fits } from './fits'
import { expect, test } from './test'

const map = (page: Page) => page.getByRole('list', { name: 'Assets, the largest first' })
const tile = (page: Page, asset: string) => map(page).getByRole('button', { name: new RegExp(`^${asset}, `) })

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/heatmap${query}`)
  await expect(tile(page, 'BTC')).toBeVisible()
}

test('the heatmap can be read and used by everybody, on a desktop and on a phone', async ({ app }) => {
  await open(app, '?asset=BTC')
  await expect(app.getByRole('complementary', { name: 'BTC' })).toBeVisible()
  await fits(app, 'heatmap')
})

test('its table can be read and used by everybody, on a desktop and on a phone', async ({ app }) => {
  await app.goto('/heatmap?view=table')
  await expect(app.getByRole('table').getByRole('row', { name: /BTC/ })).toBeVisible()
  await fits(app, 'heatmap table')
})

test('three hundred assets have their places', async ({ app }) => {
  await app.route('**/v1/heatmap*', async route => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), tiles: many(300) } })
  })
  // The stream would bring those that there are.
  await app.route('**/hub*/**', route => route.abort())
  await app.goto('/heatmap')
  await expect(map(app).getByRole('button')).toHaveCount(300)
  await app.screenshot({ path: '../../.out/screenshots/heatmap-of-many.png' })
})

test('sizes and colours change without a question to the platform', async ({ app }) => {
  await open(app)
  const asked: string[] = []
  app.on('request', request => asked.push(request.url()))
  for (const size of ['Dominance', 'Price', 'Market cap', 'Depth', 'Volume']) {
    await app.getByRole('radiogroup', { name: 'Size' }).getByText(size, { exact: true }).click()
    await expect(tile(app, 'BTC')).toBeVisible()
  }
  for (const window of ['Now', '1h', '1w', '1m', '24h'])
    await app.getByRole('radiogroup', { name: 'Colour: change in' }).getByText(window, { exact: true }).click()
  await expect(tile(app, 'BTC')).toHaveAccessibleName(/24 hours/)
  expect(asked.filter(url => url.includes('/heatmap?') || url.includes('/assets'))).toEqual([])
  await expect(app).toHaveURL(/window=day/)
})

test('a market cap says how much there is and who counted it', async ({ app }) => {
  await app.goto('/heatmap?size=marketCap&asset=BTC')
  await expect(map(app).getByRole('button')).toHaveCount(11)
  await expect(app.getByRole('complementary', { name: 'BTC' })).toContainText('Supply20M invented for the paper venue')
})

test('what no source tells is not made up', async ({ app }) => {
  await app.route('**/v1/heatmap*', async route => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), tiles: many(3), dominanceBasis: 'volume' } })
  })
  // The stream would bring what is known.
  await app.route('**/hub*/**', route => route.abort())
  await app.goto('/heatmap?size=marketCap')
  await expect(app.getByText('Market cap is unknown of every asset.')).toBeVisible()
  await app.goto('/heatmap?size=dominance')
  await expect(app.getByText('Dominance is a share of the volume: not every supply is known.')).toBeVisible()
})

test('the arrows go from tile to tile, and Enter tells all of one', async ({ app }) => {
  await open(app)
  const first = map(app).getByRole('button').first()
  await first.focus()
  await app.keyboard.press('ArrowRight')
  await expect(map(app).getByRole('button').nth(1)).toBeFocused()
  await app.keyboard.press('Home')
  await expect(first).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('complementary')).toContainText('Dominance')
})

test('a search that finds nothing says so and can be cleared', async ({ app }) => {
  await open(app)
  await app.getByRole('searchbox', { name: 'Find an asset' }).fill('nothing')
  await expect(app.getByText('No asset is called NOTHING.')).toBeVisible()
  await app.getByRole('button', { name: 'Clear the search' }).click()
  await expect(tile(app, 'BTC')).toBeVisible()
})

test('an hour of which nothing is stored leads back to now', async ({ app }) => {
  await app.goto('/heatmap?at=2001-01-01T00:00:00Z')
  await expect(app.getByText('Nothing is stored of that hour.')).toBeVisible()
  await expect(app.getByRole('status').filter({ hasText: 'Jan 01, 2001' })).toBeVisible()
  await app.getByRole('region', { name: 'Assets of a past hour' }).getByRole('button', { name: 'Back to now' }).first().click()
  await expect(tile(app, 'BTC')).toBeVisible()
})

test('a key on the slider goes an hour back, and the address says which', async ({ app }) => {
  await open(app)
  await app.getByRole('slider', { name: 'As of' }).press('ArrowLeft')
  await expect(app).toHaveURL(/at=\d{4}-\d\d-\d\dT\d\d%3A00%3A00\.000Z/)
  await expect(app.getByRole('region', { name: 'Assets of a past hour' })).toBeVisible()
  await app.getByRole('slider', { name: 'As of' }).press('ArrowRight')
  await expect(app).not.toHaveURL(/at=/)
  await expect(app.getByRole('button', { name: 'Back to now' })).toBeDisabled()
})

test('the terminal shows every venue of a market and the best route of the ticket', async ({ app }) => {
  await app.goto('/markets/BTC-USDT')
  const venues = app.getByRole('region', { name: 'Venues' })
  await expect(venues.getByRole('row', { name: /paper/ })).toContainText('0.1 %')
  const route = app.getByRole('region', { name: 'Best route' })
  await expect(route).toContainText('No quantity yet.')
  await app.getByLabel('Quantity', { exact: true }).fill('0.5')
  await expect(route).toContainText('You pay')
  await expect(route.getByRole('listitem').first()).toContainText('fee')
  await app.getByLabel('Quantity', { exact: true }).fill('0.0000001')
  await expect(route).toContainText('No venue takes it.')
})

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    asset: `A${i}`,
    rank: i + 1,
    price: String(10 ** (4 - i / 60)),
    volume24h: String(1e9 / (i + 1) ** 1.1),
    dominance: '1',
    marketCap: null,
    depth: null,
    changes: { now: 0, hour: 0, day: i % 11 === 0 ? null : Math.round(900 * Math.sin(i * 1.7)), week: null, month: null },
    quality: 'thin',
    quotes: ['USDT'],
    at: '2026-03-01T12:00:00Z',
  }))
