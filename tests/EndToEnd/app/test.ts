import { existsSync } from 'node:fs'
import { test as base, type Page } from '@playwright/test'
import { PlatformApi, signIn } from './platformApi'
import { chromium } from './settings'

interface Fixtures {
  /** A page of the app in which the demo user is signed in. */
  app: Page
  api: PlatformApi
}

interface WorkerFixtures {
  token: string
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  token: [async ({}, use) => use(await signIn()), { scope: 'worker' }],

  api: async ({ token }, use) => use(await PlatformApi.of(token)),

  app: async ({ page, token }, use) => {
    await letIn(page, token)
    await use(page)
  },
})

/** Once: a page that is loaded again finds what the app itself has kept. */
export async function letIn(page: Page, token: string): Promise<void> {
  const session = { token, expiresAt: '2999-01-01T00:00:00Z', renewAt: '2999-01-01T00:00:00Z' }
  await page.addInitScript(text => {
    if (location.pathname !== '/sign-in' && sessionStorage.getItem('isLetIn') === null) {
      sessionStorage.setItem('isLetIn', 'yes')
      sessionStorage.setItem('session', text)
    }
  }, JSON.stringify(session))
}

test.beforeEach(() => {
  test.skip(!existsSync(chromium), 'Chromium is not installed: sudo apt-get install chromium')
})

export { expect } from '@playwright/test'
