import type { Page } from '@playwright/test'
import { fits } from './fits'
import { registered } from './person'
import { signIn } from './platformApi'
import { dialog, proveByPassword } from './prove'
import { platform } from './settings'
import { expect, letIn, test } from './test'

const views: readonly { readonly name: string; readonly open: (page: Page) => Promise<void> }[] = [
  {
    name: 'exchanges',
    open: async page => {
      await page.goto('/exchanges')
      await expect(page.getByRole('link', { name: 'Kraken', exact: true })).toBeVisible()
    },
  },
  {
    name: 'exchange',
    open: async page => {
      await page.goto('/exchanges/binance')
      await page.getByRole('button', { name: /Withdrawal whitelist/ }).click()
      await expect(page.getByText('endpoint: sapi get capital/withdraw/address/list')).toBeVisible()
    },
  },
  {
    name: 'chains',
    open: async page => {
      await page.goto('/chains')
      await expect(page.getByRole('link', { name: 'Ethereum' })).toBeVisible()
    },
  },
  {
    name: 'chain assets',
    open: async page => {
      await page.goto('/chains/ethereum/assets')
      await expect(page.getByRole('cell', { name: 'USDC', exact: true })).toBeVisible()
    },
  },
  {
    name: 'chain bridges',
    open: async page => {
      await page.goto('/chains/base/bridges')
      await expect(page.getByText('Circle CCTP').first()).toBeVisible()
    },
  },
  {
    name: 'chain wallets',
    open: async page => {
      await page.goto('/chains/solana/wallets')
      await expect(page.getByText('You have no wallet on this chain.')).toBeVisible()
    },
  },
]

for (const view of views)
  test(`${view.name} can be read and used by everybody, on a desktop and on a phone`, async ({ app }) => {
    await view.open(app)
    await fits(app, view.name)
  })

test('the chain stays while its lists change, and is there again after an exchange', async ({ app }) => {
  await app.goto('/exchanges')
  await app.getByRole('link', { name: 'Chains' }).click()
  await app.getByRole('link', { name: 'Arbitrum One' }).click()
  const tabs = app.getByRole('navigation', { name: 'On this chain' })
  for (const [tab, seen] of [['Bridges', 'Arbitrum bridge'], ['Markets', 'ETH-USDT'], ['Exchanges', 'Bybit']] as const) {
    await tabs.getByRole('link', { name: tab }).click()
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('Arbitrum One')
    await expect(app.getByRole('cell', { name: seen }).first()).toBeVisible()
  }

  await app.getByRole('link', { name: 'Bybit' }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Bybit')
  await app.getByRole('link', { name: 'Back to the chain' }).click()
  await expect(app).toHaveURL(/\/chains\/arbitrum\/exchanges$/)

  await app.getByLabel('Chain', { exact: true }).selectOption({ label: 'Base' })
  await expect(app).toHaveURL(/\/chains\/base\/exchanges$/)
})

test('an exchange is found by its name, and what is not there says so', async ({ app }) => {
  await app.goto('/exchanges')
  await app.getByRole('searchbox', { name: 'Find an exchange' }).fill('krak')
  await expect(app.getByRole('row')).toHaveCount(3)
  await app.getByRole('searchbox', { name: 'Find an exchange' }).fill('nobody')
  await app.getByRole('button', { name: 'Show all exchanges' }).click()
  await expect(app.getByRole('row')).toHaveCount(14)

  await app.goto('/exchanges/nowhere')
  await expect(app.getByText('The platform knows no such exchange.')).toBeVisible()
  await app.goto('/chains/nowhere/assets')
  await expect(app.getByText('The platform knows no such chain.')).toBeVisible()
})

test('an exchange shows what it lists with the rules of now, and what pools trade there leads to the market', async ({ app }) => {
  await app.goto('/exchanges/paper')
  const markets = app.getByRole('region', { name: 'Markets' })
  await expect(markets.getByRole('row', { name: /BTC-USDT 0\.01 0\.00001/ })).toBeVisible()
  await fits(app, 'exchange-markets')
  await markets.getByRole('searchbox', { name: 'Find in markets' }).fill('nobody')
  await expect(markets.getByText('No market here has this name.')).toBeVisible()
  await markets.getByRole('searchbox', { name: 'Find in markets' }).fill('eth-b')
  await expect(markets.getByRole('row')).toHaveCount(2)
  await markets.getByRole('link', { name: 'ETH-BTC' }).click()
  await expect(app).toHaveURL(/\/markets\/ETH-BTC$/)

  await app.goto('/exchanges/gemini')
  await expect(app.getByText('No market of this exchange is recorded.')).toBeVisible()
})

test('an operator stops trading at an exchange and lets it go on, and everybody reads why', async ({ app, browser }) => {
  await app.goto('/exchanges/gemini')
  const switches = app.getByRole('region', { name: 'Kill switches' })
  await switches.getByRole('button', { name: 'Stop trading' }).click()
  await switches.getByRole('button', { name: 'Continue' }).click()
  await expect(switches.getByText('Why? Everybody who looks at the exchange reads it.')).toBeVisible()
  await switches.getByLabel('Reason').fill('It answers with prices of yesterday.')
  await fits(app, 'exchange-kill')
  await switches.getByRole('button', { name: 'Continue' }).click()
  const signed = dialog(app, 'Stop trading at Gemini').getByRole('region', { name: 'What you agree to' })
  for (const text of ['exchanges.kill', 'gemini', 'trade', 'It answers with prices of yesterday.']) await expect(signed).toContainText(text)
  await proveByPassword(app, 'Stop trading at Gemini', 'Stop trading', platform.password)
  await expect(app.getByText('Trading at Gemini is stopped.')).toBeVisible()

  const theirs = await browser.newPage()
  await letIn(theirs, await signIn(await registered()))
  const isKnown = theirs.waitForResponse('**/v1/account')
  await theirs.goto('/exchanges/gemini')
  await isKnown
  await expect(theirs.getByText('It answers with prices of yesterday.')).toBeVisible()
  await expect(theirs.getByRole('region', { name: 'Kill switches' }).getByRole('button')).toHaveCount(0)

  await switches.getByRole('button', { name: 'Allow trading' }).click()
  await switches.getByLabel('Reason').fill('Its prices are of today again.')
  await switches.getByRole('button', { name: 'Continue' }).click()
  await proveByPassword(app, 'Allow trading at Gemini', 'Allow trading', platform.password)
  await expect(switches.getByRole('button', { name: 'Stop trading' })).toBeVisible()
  await expect(theirs.getByText('It answers with prices of yesterday.')).toBeHidden()
  await theirs.close()
})
