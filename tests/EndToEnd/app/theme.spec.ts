import { expect, test } from './test'

test('a theme that is chosen holds in every tab, and is kept', async ({ page, context }) => {
  const other = await context.newPage()
  for (const tab of [page, other]) await tab.goto('/sign-in')

  await page.getByRole('button', { name: 'Use the light theme' }).click()

  for (const tab of [page, other]) await expect(tab.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(other.getByRole('button', { name: 'Use the dark theme' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})
