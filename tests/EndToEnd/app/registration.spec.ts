import { letterTo, linkIn, newPerson, registered, signInBy } from './person'
import { platform } from './settings'
import { expect, test } from './test'

test('a visitor signs up, answers the letter and signs in', async ({ page }) => {
  const person = newPerson()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Create an account' }).click()
  // Both pages have a field for the address.
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible()

  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  await expect(page.getByText(person.email)).toBeVisible()
  const link = linkIn(await letterTo(person.email))
  expect(link.startsWith(`${platform.url}/verify#`)).toBe(true)

  const addresses: string[] = []
  page.on('request', request => addresses.push(request.url()))
  await page.goto(link)
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  await passphrase.fill('too short')
  await page.getByRole('button', { name: 'Use this passphrase' }).click()
  await expect(passphrase).toHaveAccessibleDescription(/Not yet.*12 to 256 characters/s)
  await passphrase.fill(person.password)
  await expect(page.getByText('12 to 256 characters: done.')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your passphrase is set.')).toBeVisible()
  expect(addresses.filter(address => address.includes(new URL(link).hash.slice(1)) && !address.includes('#'))).toEqual([])

  await expect(page.getByLabel('Email')).toHaveValue(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('You are in no pool yet.')).toBeVisible()
  await page.getByRole('link', { name: 'protect your account' }).click()
  await expect(page.getByRole('region', { name: 'Profile' })).toContainText(person.email)
  await expect(page.getByRole('region', { name: 'Profile' })).toContainText('Member')
})

test('whoever registers an address again learns nothing about it', async ({ page }) => {
  await page.goto('/register')
  await page.getByLabel('Email', { exact: true }).fill(platform.email)
  await page.getByRole('button', { name: 'Send me the letter' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
})

test('an old or invented code is told so, and where to get another', async ({ page }) => {
  await page.goto('/verify#AAAA')
  await page.getByLabel('Passphrase', { exact: true }).fill('a passphrase that is long enough')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('The code is not good, too old or used')
  await page.getByRole('link', { name: 'Ask for another' }).click()
  await expect(page).toHaveURL(/recover$/)
  await page.goto('/verify')
  await expect(page.getByText('Open the link of the letter')).toBeVisible()
})

test('who forgot the passphrase chooses another by letter', async ({ page }) => {
  const person = await registered()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Choose another' }).click()
  // Both pages have a field for the address.
  await expect(page.getByRole('heading', { name: 'Choose a new passphrase' })).toBeVisible()

  await page.getByLabel('Email', { exact: true }).fill(person.email)
  await page.getByRole('button', { name: 'Send me the letter' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()

  const forgotten = await letterTo(person.email, 'Choose a new passphrase')
  await page.goto(linkIn(forgotten))
  await page.getByLabel('Passphrase', { exact: true }).fill('another battery staple horse')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your passphrase is set.')).toBeVisible()

  await signInBy(page, { ...person, password: 'another battery staple horse' })
  await expect(page.getByText('You are in no pool yet.')).toBeVisible()
})
