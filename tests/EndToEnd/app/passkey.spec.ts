import type { Page } from '@playwright/test'
import { registered } from './person'
import { signIn } from './platformApi'
import { dialog, proveByPassword } from './prove'
import { expect, letIn, test } from './test'

/** A device that holds passkeys, and whose owner always agrees. */
async function plugIn(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a passkey is added, signs in without a password, proves it again, and is removed', async ({ page }) => {
  const person = await registered()
  await plugIn(page)
  await letIn(page, await signIn(person))
  await page.goto('/account')
  const panel = page.getByRole('region', { name: 'Passkeys' })
  await expect(panel.getByText('No passkey yet.')).toBeVisible()
  await panel.getByRole('button', { name: 'Add a passkey' }).click()
  await panel.getByLabel('Name').fill('Laptop')
  await panel.getByRole('button', { name: 'Make it' }).click()
  const signed = dialog(page, 'Add a passkey').getByRole('region', { name: 'What you agree to' })
  await expect(signed).toContainText('Laptop')
  await signed.locator('summary').first().click()
  await expect(signed).toContainText('clientExtensionResults')
  await proveByPassword(page, 'Add a passkey', 'Add passkey', person.password)
  await expect(panel.getByRole('listitem')).toContainText('Laptop')

  // A browser that offers nothing in fields has the button.
  const canOffer = (can: boolean) =>
    page.evaluate(can => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(can)
    }, can)
  await canOffer(false)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('You are in no pool yet.')).toBeVisible()

  // The browser's own offer in the email field: a simulated owner takes it at once.
  await canOffer(true)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('You are in no pool yet.')).toBeVisible()

  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Sessions' }).getByText('This device')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('By passkey')
  await panel.getByRole('button', { name: 'Remove passkey Laptop' }).click()
  const asking = dialog(page, 'Remove a passkey')
  await expect(asking.getByLabel('Your password')).toHaveCount(0)
  await asking.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(panel.getByText('No passkey yet.')).toBeVisible()
})

test('a device that has no passkey of anyone is told so', async ({ page }) => {
  await plugIn(page)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert')).toContainText('It was canceled, took too long, or this device has none.')
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled()
})
