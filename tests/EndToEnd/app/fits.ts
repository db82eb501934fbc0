import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

export const themes = ['dark', 'light'] as const

const screens = [
  { name: 'desktop', size: { width: 1440, height: 900 } },
  { name: 'phone', size: { width: 390, height: 844 } },
]

export const wear = (page: Page, theme: string): Promise<unknown> =>
  page.addInitScript(name => localStorage.setItem('theme', name), theme)

/** On each screen a picture for the eye, axe for the rules, and no page that scrolls sideways. */
export async function fits(page: Page, name: string): Promise<void> {
  for (const screen of screens) {
    await page.setViewportSize(screen.size)
    await page.screenshot({ path: `../../.out/screenshots/${name.replaceAll(' ', '-')}-${screen.name}.png` })
    // What was just announced still names a button that may be gone; the announcer empties itself in seconds.
    const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
}
