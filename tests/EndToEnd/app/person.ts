import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { ask, type Credentials } from './platformApi'
import { platform } from './settings'

export const newPerson = (): Credentials => ({
  email: `${randomUUID().slice(0, 8)}@example.test`,
  password: 'correct horse battery staple',
})

/** Somebody who has registered and answered the letter. */
export async function registered(): Promise<Credentials> {
  const person = newPerson()
  await ask('/v1/auth/register', { email: person.email })
  const code = new URL(linkIn(await letterTo(person.email))).hash.slice(1)
  await ask('/v1/auth/verify', { code, password: person.password })
  return person
}

/** By the operator's own command. */
export async function makeAdministrator({ email }: Credentials): Promise<void> {
  // The command finds the database of that data folder, whatever another setting says.
  const env = { ...process.env, PLATFORM_DATA: platform.data, Platform__Postgres: undefined }
  await promisify(execFile)(resolve('../../bin/platform'), ['users', 'level', email, 'administrator'], { env })
}

/** The latest letter to an address, as soon as one is there that says so. */
export async function letterTo(email: string, says = ''): Promise<string> {
  let letter: string | undefined
  await expect.poll(async () => (letter = await findLetter(email, says)), { message: `a letter to ${email}` }).toBeDefined()
  return letter ?? ''
}

export const linkIn = (letter: string): string => /https?:\/\/\S+/.exec(letter)?.[0] ?? ''

export async function signInBy(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function findLetter(email: string, says: string): Promise<string | undefined> {
  const folder = join(platform.data, 'mail')
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.eml'))
  const letters = await Promise.all(
    names.map(async name => ({
      at: (await stat(join(folder, name))).mtimeMs,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  )
  return letters.filter(({ text }) => text.includes(`To: ${email}`) && text.includes(says)).sort((a, b) => b.at - a.at)[0]?.text
}
