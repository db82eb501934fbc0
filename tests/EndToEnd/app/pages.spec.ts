import type { Page } from '@playwright/test'
import { fits } from './fits'
import type { PlatformApi } from './platformApi'
import { expect, test } from './test'

interface View {
  readonly name: string
  readonly open: (page: Page, api: PlatformApi) => Promise<void>
}

const views: readonly View[] = [
  {
    name: 'portfolio',
    open: async page => {
      await page.goto('/')
      await page.getByRole('button', { name: 'Lots of BTC' }).click()
      await expect(page.getByRole('table', { name: /^Lots of BTC/ })).toBeVisible()
    },
  },
  { name: 'market', open: openMarket },
  {
    name: 'review',
    open: async (page, api) => {
      await openMarket(page)
      await page.getByLabel('Limit price').fill(await api.restingPrice('BTC-USDT'))
      await page.getByLabel('Quantity', { exact: true }).fill('0.01')
      await page.getByRole('button', { name: /^Review buy/ }).click()
    },
  },
  { name: 'open orders', open: page => openTable(page, '/orders', 'Open orders') },
  { name: 'order history', open: page => openTable(page, '/orders/history', 'Order history') },
  { name: 'trades', open: page => openTable(page, '/trades', 'Trade history') },
  {
    name: 'order',
    open: async (page, api) => {
      const orderId = await api.place({ market: 'BTC-USDT', side: 'sell', type: 'market', quantity: '0.001' })
      await page.goto(`/orders/${orderId}`)
      await expect(page.getByText(/^Filled to the end/)).toBeVisible()
      await page.locator('summary').first().click()
    },
  },
  {
    name: 'market search',
    open: async page => {
      await openTable(page, '/trades', 'Trade history')
      await page.keyboard.press('/')
      await expect(page.getByRole('option', { name: /ETH-USDT/ })).toBeVisible()
    },
  },
  {
    name: 'keyboard help',
    open: async page => {
      await openTable(page, '/trades', 'Trade history')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    },
  },
  {
    name: 'failure',
    open: async page => {
      await page.route('**/v1/pools/*/trades*', route => route.fulfill({ status: 503, headers: { 'X-Ray-Id': 'a-ray-id' } }))
      await page.goto('/trades')
      await expect(page.getByRole('alert')).toContainText('a-ray-id')
    },
  },
]

for (const view of views)
  test(`${view.name} can be read and used by everybody, on a desktop and on a phone`, async ({ app, api }) => {
    await view.open(app, api)
    await fits(app, view.name)
  })

test('sign-in can be read and used by everybody, on a desktop and on a phone', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByLabel('Email')).toBeFocused()
  await fits(page, 'sign in')
})

async function openMarket(page: Page): Promise<void> {
  await page.goto('/markets/BTC-USDT')
  await expect(page.locator('canvas').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Review buy/ })).toBeEnabled()
}

async function openTable(page: Page, path: string, panel: string): Promise<void> {
  await page.goto(path)
  const content = page.getByRole('region', { name: panel })
  await expect(content.getByRole('table').or(content.getByText(/^No /))).toBeVisible()
}
