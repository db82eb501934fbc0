import { expect, test } from './test'

test('an order tells its life event by event, with the facts behind each', async ({ app, api }) => {
  const orderId = await api.place({ market: 'BTC-USDT', side: 'buy', type: 'market', quantity: '0.002' })
  await app.goto(`/orders/${orderId}`)
  const steps = app.getByRole('listitem')
  await expect(steps.first()).toContainText('Order taken and funds reserved: Buy 0.002 BTC at market.')
  await expect(steps.nth(1)).toContainText('Sent to the venue')
  await expect(steps.filter({ hasText: /^Bought / }).first()).toContainText('BTC at')
  await expect(app.getByText('Filled', { exact: true }).first()).toBeVisible()

  await steps.first().locator('summary').click()
  await expect(steps.first().locator('pre')).toContainText(orderId)
  const sequences = (await steps.locator('[title="Place in the log of all events"]').allInnerTexts()).map(text =>
    Number(text.slice(1)),
  )
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
})

test('a new event appears on the open timeline by itself', async ({ app, api }) => {
  const limitPrice = await api.restingPrice('BTC-USDT')
  const orderId = await api.place({ market: 'BTC-USDT', side: 'buy', type: 'limit', quantity: '0.002', limitPrice })
  await app.goto(`/orders/${orderId}`)
  await expect(app.getByText(/^Taken into the book by the venue/)).toBeVisible()
  await api.cancel(orderId)
  await expect(app.getByText('Canceled: the venue took the rest off its book.')).toBeVisible()
})

test('an order that is not there is told so, with a ray id', async ({ app }) => {
  await app.goto('/orders/00000000-0000-4000-8000-000000000000')
  await expect(app.getByRole('alert')).toContainText('The order could not be read.')
  await expect(app.getByRole('alert')).toContainText('Ray')
})
