import type { Page } from '@playwright/test'
import { expect, test } from './test'

const tile = (page: Page, field: string) => page.locator(`[data-field=${field}] dd`).first()
const held = (page: Page, asset: string) => page.locator(`tr[data-asset=${asset}] td`).first()

async function fillLimitOrder(page: Page, price: string, quantity: string): Promise<void> {
  await expect(page.getByTestId('connection')).toHaveText('Live')
  await page.getByLabel('Limit price').fill(price)
  await page.getByLabel('Quantity', { exact: true }).fill(quantity)
}

test('a market order placed by keyboard alone fills and moves the P&L without a reload', async ({ app }) => {
  await app.goto('/')
  const before = { bitcoin: await held(app, 'BTC').getAttribute('title'), fees: await tile(app, 'fees').innerText() }
  await app.evaluate(() => Object.assign(window, { isSamePage: true }))

  await app.keyboard.press('g')
  await app.keyboard.press('m')
  await expect(app.getByRole('button', { name: /^Review buy/ })).toBeEnabled()
  await app.keyboard.press('b')
  await app.keyboard.press('Shift+Tab')
  await app.keyboard.press('Shift+Tab')
  await app.keyboard.press('ArrowRight')
  await expect(app.getByRole('radio', { name: 'Market', exact: true })).toBeChecked()
  await app.keyboard.press('b')
  await app.keyboard.type('0.01')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('group', { name: 'Review order' })).toBeFocused()
  await app.keyboard.press('Control+Enter')
  await expect(app.getByTestId('outcome')).toContainText('Filled')
  await expect(app.getByTestId('outcome')).toContainText('Bought 0.01 BTC at')

  await app.keyboard.press('g')
  await app.keyboard.press('p')
  await expect.poll(async () => Number(await held(app, 'BTC').getAttribute('title'))).toBeGreaterThan(Number(before.bitcoin))
  await expect(tile(app, 'fees')).not.toHaveText(before.fees)
  const equity = await tile(app, 'equity').innerText()
  await expect(tile(app, 'equity')).not.toHaveText(equity)
  expect(await app.evaluate(() => 'isSamePage' in window)).toBe(true)
})

test('a limit order rests in the book until it is canceled', async ({ app, api }) => {
  await app.goto('/markets/BTC-USDT')
  await fillLimitOrder(app, await api.restingPrice('BTC-USDT'), '0.00321')
  await app.getByRole('button', { name: /^Review buy/ }).click()
  await app.getByRole('button', { name: /^Place buy order/ }).click()
  await expect(app.getByTestId('outcome')).toContainText('Working')

  await app.goto('/orders')
  const row = app.getByRole('row', { name: /0\.00321/ })
  await expect(row).toContainText('Working')
  await row.getByRole('button', { name: /^Cancel/ }).click()
  await expect(row).toHaveCount(0)

  await app.getByRole('link', { name: 'History' }).click()
  await expect(app.getByRole('row', { name: /0\.00321/ }).first()).toContainText('Canceled')
})

test('a price in the book goes to the ticket at a click', async ({ app }) => {
  await app.goto('/markets/BTC-USDT')
  const level = app.getByRole('list', { name: 'Bids' }).getByRole('button').first()
  await level.click()
  await expect(app.getByLabel('Limit price')).not.toHaveValue('')
})

test('what breaks the rules of the market is said beside the field before anything is sent', async ({ app, api }) => {
  await app.goto('/markets/BTC-USDT')
  await fillLimitOrder(app, '64000.001', '0.000000001')
  await app.getByRole('button', { name: /^Review buy/ }).click()
  await expect(app.getByText(/^In steps of .* USDT\.$/)).toBeVisible()
  await expect(app.getByText(/^In steps of .* BTC\.$/)).toBeVisible()
  await fillLimitOrder(app, await api.restingPrice('BTC-USDT'), '-1')
  await app.getByRole('button', { name: /^Review buy/ }).click()
  await expect(app.getByText('The quantity must be above zero.')).toBeVisible()
})

test('what the platform refuses is said beside the field it names', async ({ app, api }) => {
  await app.goto('/markets/BTC-USDT')
  await fillLimitOrder(app, await api.restingPrice('BTC-USDT'), '77')
  await app.getByRole('button', { name: /^Review buy/ }).click()
  const refusal = app.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/orders'))
  await app.getByRole('button', { name: /^Place buy order/ }).click()
  const problem = (await (await refusal).json()) as { field: string; detail: string }
  expect(problem.field).toBe('quantity')
  await expect(app.getByLabel('Quantity', { exact: true })).toHaveAccessibleDescription(problem.detail)
})

test('a submission without an answer is sent again as the same order', async ({ app, api }) => {
  const price = await api.restingPrice('BTC-USDT')
  await app.goto('/markets/BTC-USDT')
  const known = await api.countOrders('0.00654')
  let isLost = false
  await app.route('**/orders', async route => {
    if (route.request().method() !== 'POST' || isLost) return route.continue()
    isLost = true
    await route.fetch()
    await route.abort('connectionreset')
  })
  await fillLimitOrder(app, price, '0.00654')
  await app.getByRole('button', { name: /^Review buy/ }).click()
  await app.getByRole('button', { name: /^Place buy order/ }).click()
  await expect(app.getByRole('alert')).toContainText('it stays one order')
  await app.getByRole('button', { name: /^Send again/ }).click()
  await expect(app.getByTestId('outcome')).toContainText('Working')
  expect(await api.countOrders('0.00654')).toBe(known + 1)

  await app.goto('/orders')
  await app.getByRole('row', { name: /0\.00654/ }).getByRole('button', { name: /^Cancel/ }).click()
  await expect(app.getByRole('row', { name: /0\.00654/ })).toHaveCount(0)
})
