import { registered, signInBy } from './person'
import { type Credentials, signIn } from './platformApi'
import { dialog, proveByCode, proveByPassword } from './prove'
import { expect, letIn, test as base } from './test'
import { AuthenticatorApp } from './totp'

/** Each test has a person of its own, whose account page is open. */
const test = base.extend<{ person: Credentials }>({
  person: async ({ page }, use) => {
    const person = await registered()
    await letIn(page, await signIn(person))
    await page.goto('/account')
    await expect(page.getByRole('region', { name: 'Profile' })).toContainText(person.email)
    await use(person)
  },
})

test('one-time codes are set up, asked for at the next sign-in, and taken away again', async ({ page, person }) => {
  // A code is good once: the third is waited for.
  test.slow()
  const panel = page.getByRole('region', { name: 'One-time codes' })
  await panel.getByRole('button', { name: 'Set up' }).click()
  await expect(panel.getByRole('img', { name: 'The secret for your authenticator app' })).toBeVisible()
  const app = new AuthenticatorApp(await panel.locator('code').innerText())
  await panel.getByLabel('The code it shows now').fill('000000')
  await panel.getByRole('button', { name: 'Turn on' }).click()
  await expect(panel.getByText(/That code is not right/)).toBeVisible()
  await panel.getByLabel('The code it shows now').fill(await app.code())
  await panel.getByRole('button', { name: 'Turn on' }).click()
  await expect(panel.getByText('On', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await signInBy(page, person)
  const code = page.getByLabel('6-digit code')
  await expect(code).toBeFocused()
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(page.getByRole('status')).toContainText('Now the code of your authenticator app')
  await code.fill('000000')
  await page.keyboard.press('Enter')
  await expect(code).toHaveAccessibleDescription(/The code is wrong/)
  await code.fill(await app.code())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toBeVisible()

  await page.goto('/account')
  await panel.getByRole('button', { name: 'Stop using codes' }).click()
  const asking = dialog(page, 'Stop using one-time codes')
  await expect(asking.getByRole('region', { name: 'What you agree to' })).toContainText('account.totp.remove')
  await asking.getByLabel('Code of your authenticator app').fill('000000')
  await asking.getByRole('button', { name: 'Stop using codes' }).click()
  await expect(asking.getByText(/The code is wrong/)).toBeVisible()
  await proveByCode(page, 'Stop using one-time codes', 'Stop using codes', await app.code())
  await expect(panel.getByText('Off', { exact: true })).toBeVisible()
})

test('a changed password ends every other session, and this one goes on', async ({ page, person, browser }) => {
  const other = await browser.newPage()
  await letIn(other, await signIn(person))
  await other.goto('/account')
  await expect(other.getByText('This device')).toBeVisible()

  const panel = page.getByRole('region', { name: 'Password' })
  await panel.getByRole('button', { name: 'Change password' }).click()
  await panel.getByLabel('New password', { exact: true }).fill('another horse, another battery')
  await panel.getByRole('button', { name: 'Continue' }).click()
  const asking = dialog(page, 'Change your password')
  await expect(asking).not.toContainText('another horse')
  await asking.getByRole('button', { name: 'Show' }).click()
  await expect(asking).toContainText('another horse, another battery')
  await asking.getByLabel('Your password').fill('not it')
  await asking.getByRole('button', { name: 'Change password' }).click()
  await expect(asking.getByText('That is not your password.')).toBeVisible()
  await proveByPassword(page, 'Change your password', 'Change password', person.password)
  await expect(page.getByText(/Your password is changed/)).toBeVisible()

  await other.reload()
  await expect(other.getByText('Your session ended. Sign in again.')).toBeVisible()
  await other.close()
  await page.reload()
  await expect(page.getByText('This device')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await signInBy(page, { ...person, password: 'another horse, another battery' })
  await expect(page.getByText('You are in no pool yet.')).toBeVisible()
})

test('sessions are told apart, and ended one by one or all but this', async ({ page, person }) => {
  await signIn(person)
  await signIn(person)
  await page.reload()
  const panel = page.getByRole('region', { name: 'Sessions' })
  await expect(panel.getByRole('listitem')).toHaveCount(3)
  await expect(panel.getByText('This device')).toHaveCount(1)
  await panel.getByRole('button', { name: /^End the session on/ }).first().click()
  await expect(panel.getByRole('listitem')).toHaveCount(2)
  await panel.getByRole('button', { name: 'End all others' }).click()
  await expect(panel.getByRole('listitem')).toHaveCount(1)
  await expect(panel.getByRole('button', { name: 'End all others' })).toHaveCount(0)
})

test('an API key is made, shown once, copied and revoked', async ({ page, person, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const panel = page.getByRole('region', { name: 'API keys' })
  await panel.getByRole('button', { name: 'Make a key' }).click()
  await panel.getByRole('button', { name: 'Continue' }).click()
  await expect(panel.getByLabel('Name')).toHaveAccessibleDescription('By what will you know it again?')
  await panel.getByLabel('Name').fill('Report')
  await panel.getByRole('checkbox', { name: /^Trading/ }).check({ force: true })
  await panel.getByRole('checkbox', { name: /^Markets/ }).check({ force: true })
  await panel.getByLabel('Networks it may be used from').fill('127.0.0.0/8')
  await panel.getByRole('button', { name: 'Continue' }).click()
  const signed = dialog(page, 'Make an API key').getByRole('region', { name: 'What you agree to' })
  for (const text of ['apikeys.create', 'Report', 'trading, markets', '127.0.0.0/8']) await expect(signed).toContainText(text)
  await proveByPassword(page, 'Make an API key', 'Make the key', person.password)

  const made = panel.getByRole('group', { name: 'Your new key' })
  await expect(made).toContainText('Keep this key now')
  await made.getByRole('button', { name: 'Copy the key' }).click()
  const key = await page.evaluate(() => navigator.clipboard.readText())
  expect(key).toBe(await made.locator('code').innerText())
  expect(key).toMatch(/^mk_/)
  await made.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByText(key)).toHaveCount(0)
  await page.reload()
  await expect(panel.getByRole('listitem')).toContainText('Report')
  await expect(page.getByText(key)).toHaveCount(0)

  await panel.getByRole('button', { name: 'Revoke Report' }).click()
  await panel.getByRole('button', { name: 'Really revoke Report' }).click()
  await expect(panel.getByText('No API key yet.')).toBeVisible()
})

test('a request that got no answer is sent again, and done once', async ({ page, person }) => {
  let isLost = false
  await page.route('**/v1/account/password', async route => {
    if (isLost) return route.continue()
    isLost = true
    await route.abort('connectionreset')
  })
  const panel = page.getByRole('region', { name: 'Password' })
  await panel.getByRole('button', { name: 'Change password' }).click()
  await panel.getByLabel('New password', { exact: true }).fill('another horse, another battery')
  await panel.getByRole('button', { name: 'Continue' }).click()
  const asking = dialog(page, 'Change your password')
  await asking.getByLabel('Your password').fill(person.password)
  await asking.getByRole('button', { name: 'Change password' }).click()
  await expect(asking.getByRole('alert')).toContainText('Nobody knows yet whether it was done')
  await asking.getByRole('button', { name: 'Send it again' }).click()
  await expect(page.getByText(/Your password is changed/)).toBeVisible()
})

test('an account is deleted, and nobody signs in by it any more', async ({ page, person }) => {
  await page.getByRole('button', { name: 'Delete account' }).click()
  await proveByPassword(page, 'Delete your account', 'Delete my account', person.password)
  await expect(page).toHaveURL(/sign-in$/)
  await signInBy(page, person)
  await expect(page.getByRole('alert')).toContainText('Email or password is wrong.')
})

test('turning back by a key changes nothing and leaves the focus where it was', async ({ page, person: _ }) => {
  await page.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialog(page, 'Delete your account')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page, 'Delete your account')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Delete account' })).toBeFocused()
})
