import { expect, type Page } from '@playwright/test'

/** The dialog that asks again; it shows what is signed. */
export const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

export async function proveByPassword(page: Page, title: string, button: string, password: string): Promise<void> {
  await dialog(page, title).getByLabel('Your password').fill(password)
  await dialog(page, title).getByRole('button', { name: button }).click()
  await expect(dialog(page, title)).toBeHidden()
}

export async function proveByCode(page: Page, title: string, button: string, code: string): Promise<void> {
  await dialog(page, title).getByLabel('Code of your authenticator app').fill(code)
  await dialog(page, title).getByRole('button', { name: button }).click()
  await expect(dialog(page, title)).toBeHidden()
}
