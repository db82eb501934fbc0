import { platform } from './settings'
import { expect, test } from './test'

test('a visitor signs in and is taken where they wanted to go', async ({ page }) => {
  await page.goto('/trades')
  await expect(page).toHaveURL(/sign-in$/)
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password', { exact: true }).fill(platform.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/trades$/)
  await expect(page.getByRole('heading', { name: 'Trades' })).toBeVisible()
})

test('a wrong password is told so, with a ray id, and signs nobody in', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Email or password is wrong.')
  await expect(page.getByRole('alert')).toContainText('Ray')
  await expect(page).toHaveURL(/sign-in$/)
})

test('a token that is no longer good leads back to sign-in', async ({ page }) => {
  const session = { token: 'no-longer-good', expiresAt: '2999-01-01T00:00:00Z' }
  await page.addInitScript(text => sessionStorage.setItem('session', text), JSON.stringify(session))
  await page.goto('/orders')
  await expect(page.getByText('Your session ended. Sign in again.')).toBeVisible()
})

test('signing out leaves nothing of the user behind', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password', { exact: true }).fill(platform.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Sign out/ }).click()
  await expect(page).toHaveURL(/sign-in$/)
  expect(await page.evaluate(() => sessionStorage.getItem('session'))).toBeNull()
  await page.goto('/trades')
  await expect(page).toHaveURL(/sign-in$/)
})

test('no address ever carries the token', async ({ app, token }) => {
  const addresses: string[] = []
  app.on('request', request => addresses.push(request.url()))
  app.on('websocket', socket => addresses.push(socket.url()))
  await app.goto('/markets/BTC-USDT')
  await expect(app.getByTestId('connection')).toHaveText('Live')
  await expect.poll(() => addresses.some(address => address.startsWith('ws'))).toBe(true)
  expect(addresses.filter(address => address.includes(token))).toEqual([])
})
