import { defineConfig } from '@playwright/test'
import { chromium, platform } from './app/settings'

// Tests of one person's own things bring their people with them; the others share one pool, and run one after the other.
const people = '**/{account,identity-pages,members,passkey,registration}.spec.ts'

export default defineConfig({
  projects: [
    { name: 'people', testMatch: people, workers: 1 },
    { name: 'pool', testMatch: '**/*.spec.ts', testIgnore: people, workers: 1 },
  ],
  outputDir: '../../.out/end-to-end',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: platform.url,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
})
