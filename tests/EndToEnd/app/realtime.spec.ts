import type { Page } from '@playwright/test'
import { expect, test } from './test'

const stats = (page: Page) =>
  page.evaluate(() => ({ ...(window as unknown as { __rt: { stats: Record<string, number> } }).__rt.stats }))

test('prices move by themselves', async ({ app }) => {
  await app.goto('/markets/BTC-USDT')
  await expect(app.getByTestId('connection')).toHaveText('Live')
  const book = app.getByRole('region', { name: 'Order book' })
  const before = await book.innerText()
  await expect.poll(() => book.innerText()).not.toBe(before)
})

test('a lost connection is shown, blocks the ticket, and is resumed without a gap', async ({ app, api, context }) => {
  await app.goto('/markets/BTC-USDT')
  await expect(app.getByTestId('connection')).toHaveText('Live')
  await expect(app.getByRole('list', { name: 'Bids' })).toBeVisible()
  // The first book is REST's: a topic can be resumed only once the stream itself has told of it.
  await expect.poll(async () => (await stats(app)).deltas).toBeGreaterThan(0)

  await context.setOffline(true)
  await expect(app.getByText('Connection lost.')).toBeVisible()
  await expect(app.getByText('Paused: prices are stale while the connection is down.')).toBeVisible()
  await expect(app.getByRole('button', { name: /^Review buy/ })).toBeDisabled()
  await expect(app.getByText(/^Stale/).first()).toBeVisible()
  const limitPrice = await api.restingPrice('BTC-USDT')
  const orderId = await api.place({ market: 'BTC-USDT', side: 'buy', type: 'limit', quantity: '0.00987', limitPrice })

  await context.setOffline(false)
  await expect(app.getByText('Connection lost.')).toBeHidden()
  await expect(app.getByRole('row', { name: /0\.00987/ })).toContainText('Working')
  await expect(app.getByRole('button', { name: /^Review buy/ })).toBeEnabled()
  await expect.poll(async () => (await stats(app)).resumes).toBeGreaterThan(0)
  expect(await stats(app)).toMatchObject({ connects: 2, disconnects: 1, holes: 0 })

  await api.cancel(orderId)
  await expect(app.getByRole('row', { name: /0\.00987/ })).toHaveCount(0)
})
