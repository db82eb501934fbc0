import type { Page } from '@playwright/test'
import { makeAdministrator, registered } from './person'
import { type Credentials, signIn } from './platformApi'
import { dialog, proveByPassword } from './prove'
import { platform } from './settings'
import { expect, letIn, test } from './test'

const members = (page: Page) => page.getByRole('region', { name: 'Members', exact: true })
const rowOf = (page: Page, { email }: Credentials) => members(page).getByRole('row', { name: new RegExp(email) })

async function add(page: Page, { email }: Credentials, level: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Add a member' })
  await panel.getByLabel('Email').fill(email)
  await panel.getByLabel('Level').selectOption({ label: level })
  await panel.getByRole('button', { name: 'Continue' }).click()
}

test('an owner adds, raises, lowers and removes a member', async ({ app, browser }) => {
  const person = await registered()
  await app.goto('/pool/members')
  await add(app, person, 'Analyst')
  const signed = dialog(app, 'Give a level').getByRole('region', { name: 'What you agree to' })
  for (const text of ['members.add', person.email, 'analyst']) await expect(signed).toContainText(text)
  await proveByPassword(app, 'Give a level', 'Give the level', platform.password)
  await expect(rowOf(app, person)).toContainText('Analyst')

  const theirs = await browser.newPage()
  await letIn(theirs, await signIn(person))
  await theirs.goto('/pool/members')
  await expect(rowOf(theirs, person)).toContainText('You')
  await expect(theirs.getByRole('button', { name: /^Change the level/ })).toHaveCount(0)
  await expect(theirs.getByRole('region', { name: 'Add a member' })).toHaveCount(0)
  await theirs.goto('/pool/keys')
  await expect(theirs.getByText('No API key yet.')).toBeVisible()
  await expect(theirs.getByRole('button', { name: 'Make a key' })).toHaveCount(0)

  await app.getByRole('button', { name: `Change the level of ${person.email}` }).click()
  await app.getByRole('menuitem', { name: 'Raise to Trader' }).click()
  await proveByPassword(app, 'Give a level', 'Give the level', platform.password)
  await expect(rowOf(app, person)).toContainText('Trader')

  await app.getByRole('button', { name: `Change the level of ${person.email}` }).click()
  await app.getByRole('menuitem', { name: 'Lower to Investor' }).click()
  await proveByPassword(app, 'Lower a level', 'Lower the level', platform.password)
  await expect(rowOf(app, person)).toContainText('Investor')

  // What was issued before is worth nothing; what is issued now is an investor's.
  await theirs.reload()
  await expect(theirs.getByText('Your session ended. Sign in again.')).toBeVisible()
  await theirs.close()
  const again = await browser.newPage()
  await letIn(again, await signIn(person))
  await again.goto('/pool/members')
  await expect(again.getByText('Who is in this pool is for analysts and up.')).toBeVisible()
  await again.close()

  await app.getByRole('button', { name: `Change the level of ${person.email}` }).click()
  await app.getByRole('menuitem', { name: 'Remove from the pool' }).click()
  await proveByPassword(app, 'Remove a member', 'Remove the member', platform.password)
  await expect(rowOf(app, person)).toHaveCount(0)
})

test('a high level is proposed by one person and approved by another', async ({ app, browser }) => {
  const [custodian, approver] = [await registered(), await registered()]
  await app.goto('/pool/members')
  await add(app, approver, 'Analyst')
  await proveByPassword(app, 'Give a level', 'Give the level', platform.password)
  await makeAdministrator(approver)
  await add(app, custodian, 'Custodian')
  await proveByPassword(app, 'Propose a level', 'Propose', platform.password)
  const proposed = app.getByRole('region', { name: 'Proposed' }).getByRole('listitem').filter({ hasText: custodian.email })
  await expect(proposed).toContainText('Another person has to approve it.')
  await expect(proposed.getByRole('button', { name: /^Approve/ })).toHaveCount(0)

  const theirs = await browser.newPage()
  await letIn(theirs, await signIn(approver))
  await theirs.goto('/pool/members')
  await theirs.getByRole('button', { name: `Approve ${custodian.email} as Custodian` }).click()
  const signed = dialog(theirs, 'Approve a level').getByRole('region', { name: 'What you agree to' })
  for (const text of ['members.approve', custodian.email, 'custodian']) await expect(signed).toContainText(text)
  await proveByPassword(theirs, 'Approve a level', 'Approve', approver.password)
  await expect(rowOf(theirs, custodian)).toContainText('Custodian')
  await theirs.close()

  await app.reload()
  await expect(rowOf(app, custodian)).toContainText('Custodian')
  for (const person of [custodian, approver]) {
    await app.getByRole('button', { name: `Change the level of ${person.email}` }).click()
    await app.getByRole('menuitem', { name: 'Remove from the pool' }).click()
    await proveByPassword(app, 'Remove a member', 'Remove the member', platform.password)
    await expect(rowOf(app, person)).toHaveCount(0)
  }
})

test('a proposal is dropped, and an address that nobody has is told so', async ({ app }) => {
  const person = await registered()
  await app.goto('/pool/members')
  await add(app, person, 'Manager')
  await proveByPassword(app, 'Propose a level', 'Propose', platform.password)
  await app.getByRole('button', { name: `Drop the proposal for ${person.email}` }).click()
  await proveByPassword(app, 'Drop a proposal', 'Drop it', platform.password)
  await expect(app.getByText(`The proposal for ${person.email} is dropped.`)).toBeVisible()
  await expect(app.getByRole('region', { name: 'Proposed' })).toHaveCount(0)

  await add(app, { ...person, email: 'nobody@example.test' }, 'Trader')
  const asking = dialog(app, 'Give a level')
  await asking.getByLabel('Your password').fill(platform.password)
  await asking.getByRole('button', { name: 'Give the level' }).click()
  await expect(asking.getByRole('alert')).toContainText('Nobody has registered with that address.')
})
