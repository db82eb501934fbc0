import type { Page } from '@playwright/test'
import { fits, themes, wear } from './fits'
import { expect, test } from './test'

const views: readonly { readonly name: string; readonly open: (page: Page) => Promise<void> }[] = [
  {
    name: 'exchanges',
    open: async page => {
      await page.goto('/exchanges')
      await expect(page.getByRole('link', { name: 'Kraken' })).toBeVisible()
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

for (const theme of themes)
  test.describe(`${theme} theme`, () => {
    test.use({ contextOptions: { reducedMotion: 'reduce' } })

    for (const view of views)
      test(`${view.name} can be read and used by everybody, on a desktop and on a phone`, async ({ app }) => {
        await wear(app, theme)
        await view.open(app)
        await fits(app, `${view.name}-${theme}`)
      })
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
  await expect(app.getByRole('row')).toHaveCount(2)
  await app.getByRole('searchbox', { name: 'Find an exchange' }).fill('nobody')
  await app.getByRole('button', { name: 'Show all exchanges' }).click()
  await expect(app.getByRole('row')).toHaveCount(12)

  await app.goto('/exchanges/nowhere')
  await expect(app.getByText('The platform knows no such exchange.')).toBeVisible()
  await app.goto('/chains/nowhere/assets')
  await expect(app.getByText('The platform knows no such chain.')).toBeVisible()
})
