import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

const themes = ['dark', 'light'] as const

const screens = [
  { name: 'desktop', size: { width: 1440, height: 900 } },
  { name: 'phone', size: { width: 390, height: 844 } },
]

/**
 * On each screen and in each theme a picture for the eye and axe for the rules; and no page that scrolls sideways, or beyond
 * what it shows.
 */
export async function fits(page: Page, name: string): Promise<void> {
  // A colour on its way to another one has no contrast to measure.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const screen of screens) {
    await page.setViewportSize(screen.size)
    for (const theme of themes) {
      await wear(page, theme)
      await page.screenshot({ path: `../../.out/screenshots/${name.replaceAll(' ', '-')}-${theme}-${screen.name}.png` })
      expect(await violations(page, theme)).toEqual([])
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(await page.evaluate(emptyBelow)).toBeLessThanOrEqual(1)
  }
}

/** As when it is chosen in another tab: whatever lies over the page stays. */
async function wear(page: Page, theme: string): Promise<void> {
  await page.evaluate(newValue => dispatchEvent(new StorageEvent('storage', { key: 'theme', newValue })), theme)
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** All rules are asked in the first theme. In the others the same page differs in its colours alone. */
async function violations(page: Page, theme: string): Promise<string[]> {
  // What was just announced still names a button that may be gone; the announcer empties itself in seconds.
  const axe = new AxeBuilder({ page }).exclude('[data-live-announcer]')
  if (theme !== themes[0]) axe.withRules(['color-contrast'])
  const found = await axe.analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
}

/** How much further down the page scrolls than what is laid out reaches. */
function emptyBelow(): number {
  const laidOut = document.body.getBoundingClientRect().bottom + window.scrollY
  return document.documentElement.scrollHeight - Math.max(window.innerHeight, laidOut)
}
