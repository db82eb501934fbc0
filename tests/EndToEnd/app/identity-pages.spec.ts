import type { Page } from '@playwright/test'
import { fits } from './fits'
import { newPerson, registered } from './person'
import { type Credentials, signIn } from './platformApi'
import { dialog, proveByPassword } from './prove'
import { platform } from './settings'
import { expect, letIn, test } from './test'

interface View {
  readonly name: string
  readonly open: (page: Page, person: Credentials) => Promise<void>
}

/** What a visitor sees. */
const entrances: readonly View[] = [
  {
    name: 'register',
    open: async page => {
      await page.goto('/register')
      await page.getByRole('button', { name: 'Send me the letter' }).click()
      await expect(page.getByText('Where shall the letter go?')).toBeVisible()
    },
  },
  {
    name: 'look into mail',
    open: async (page, person) => {
      await page.goto('/recover')
      await page.getByLabel('Email', { exact: true }).fill(person.email)
      await page.getByRole('button', { name: 'Send me the letter' }).click()
      await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    },
  },
  {
    name: 'choose a passphrase',
    open: async page => {
      await page.goto('/verify#AAAA')
      await page.getByLabel('Passphrase', { exact: true }).fill('too short')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Not yet: see below what is missing.')).toBeVisible()
    },
  },
  {
    name: 'verify refused',
    open: async (page, person) => {
      await page.goto('/verify#AAAA')
      await page.getByLabel('Passphrase', { exact: true }).fill(person.password)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'sign in with a code',
    open: async (page, person) => {
      const answer = { code: 'code_required', title: 'Unauthorized', status: 401, field: 'code' }
      await page.route('**/v1/auth/sign-in', route => route.fulfill({ status: 401, json: answer }))
      await page.goto('/sign-in')
      await page.getByLabel('Email').fill(person.email)
      await page.getByLabel('Password').fill(person.password)
      await page.keyboard.press('Enter')
      await expect(page.getByLabel('6-digit code')).toBeFocused()
    },
  },
]

/** What somebody sees who has just arrived. */
const own: readonly View[] = [
  {
    name: 'no pool',
    open: async page => {
      await page.goto('/')
      await expect(page.getByText('You are in no pool yet.')).toBeVisible()
    },
  },
  { name: 'account', open: openAccount },
  {
    name: 'totp setup',
    open: async page => {
      await openAccount(page)
      await page.getByRole('button', { name: 'Set up' }).click()
      await expect(page.getByRole('img', { name: 'The secret for your authenticator app' })).toBeVisible()
      await page.getByRole('region', { name: 'One-time codes' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'prove again',
    open: async page => {
      await openAccount(page)
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByLabel('New password', { exact: true }).fill('another horse, another battery')
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(dialog(page, 'Change your password').getByLabel('Your password')).toBeFocused()
    },
  },
  {
    name: 'prove again refused',
    open: async page => {
      await openAccount(page)
      await page.getByRole('button', { name: 'Delete account' }).click()
      await dialog(page, 'Delete your account').getByLabel('Your password').fill('not it')
      await page.keyboard.press('Enter')
      await expect(page.getByText('That is not your password.')).toBeVisible()
    },
  },
  {
    name: 'new api key',
    open: async page => {
      await openAccount(page)
      await fillKey(page)
      await page.getByLabel('Networks it may be used from').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'api key shown once',
    open: async (page, person) => {
      await openAccount(page)
      await fillKey(page)
      await page.getByRole('button', { name: 'Continue' }).click()
      await proveByPassword(page, 'Make an API key', 'Make the key', person.password)
      await expect(page.getByRole('group', { name: 'Your new key' })).toBeVisible()
      await expect(page.getByRole('region', { name: 'API keys' }).getByRole('listitem')).toBeVisible()
    },
  },
  {
    name: 'account failed',
    open: async page => {
      await page.route('**/v1/account', route => route.fulfill({ status: 503, headers: { 'X-Ray-Id': 'a-ray-id' } }))
      await page.goto('/account')
      await expect(page.getByRole('alert')).toContainText('a-ray-id')
    },
  },
]

/** What an owner sees of the pool. */
const pool: readonly View[] = [
  { name: 'members', open: openMembers },
  {
    name: 'member menu',
    open: async (page, person) => {
      await openMembers(page)
      await page.getByRole('button', { name: `Change the level of ${person.email}` }).click()
      await expect(page.getByRole('menuitem', { name: 'Remove from the pool' })).toBeVisible()
    },
  },
  {
    name: 'member proposed',
    open: async (page, person) => {
      await openMembers(page)
      await page.getByRole('button', { name: `Change the level of ${person.email}` }).click()
      await page.getByRole('menuitem', { name: 'Propose as Manager' }).click()
      await proveByPassword(page, 'Propose a level', 'Propose', platform.password)
      await expect(page.getByRole('region', { name: 'Proposed' })).toBeVisible()
    },
  },
  {
    name: 'prove again pool',
    open: async (page, person) => {
      await openMembers(page)
      await page.getByRole('button', { name: `Change the level of ${person.email}` }).click()
      await page.getByRole('menuitem', { name: 'Remove from the pool' }).click()
      await expect(dialog(page, 'Remove a member').getByLabel('Your password')).toBeFocused()
    },
  },
  {
    name: 'pool keys',
    open: async page => {
      await page.goto('/pool/keys')
      await expect(page.getByRole('button', { name: 'Make a key' })).toBeVisible()
    },
  },
]

const title = ({ name }: View) => `${name} can be read and used by everybody, on a desktop and on a phone`

for (const view of entrances)
  test(title(view), async ({ page }) => {
    await view.open(page, newPerson())
    await fits(page, view.name)
  })

for (const view of own)
  test(title(view), async ({ page }) => {
    const person = await registered()
    await letIn(page, await signIn(person))
    await view.open(page, person)
    await fits(page, view.name)
  })

test.describe('of a pool', () => {
  let person: Credentials
  test.beforeAll(async () => {
    person = await registered()
  })

  for (const view of pool)
    test(title(view), async ({ app, api }) => {
      await api.addMember(person.email, 'trader')
      await view.open(app, person)
      await fits(app, view.name)
    })

  test.afterAll(async ({ api }) => api.removeMember(person.email))
})

async function openAccount(page: Page): Promise<void> {
  await page.goto('/account')
  await expect(page.getByText('This device')).toBeVisible()
  await expect(page.getByText('No passkey yet.')).toBeVisible()
  await expect(page.getByText('No API key yet.')).toBeVisible()
}

async function fillKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByRole('region', { name: 'API keys' }).getByLabel('Name').fill('Nightly report')
  await page.getByRole('checkbox', { name: /^Trading/ }).check({ force: true })
  await page.getByRole('checkbox', { name: /^Markets/ }).check({ force: true })
  await page.getByLabel('Networks it may be used from').fill('192.0.2.0/24')
}

async function openMembers(page: Page): Promise<void> {
  await page.goto('/pool/members')
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
}
