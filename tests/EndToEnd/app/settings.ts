import { resolve } from 'node:path'

/** Debian's browser; Playwright's own is never downloaded. */
export const chromium = process.env.CHROMIUM_PATH || process.env.CHROMIUM || '/usr/bin/chromium'

/** A running platform; `scripts/test.sh` starts one. */
export const platform = {
  url: process.env.PLATFORM_URL ?? 'http://localhost:8080',
  email: process.env.PLATFORM_EMAIL ?? '',
  password: process.env.PLATFORM_PASSWORD ?? '',
  /** What it keeps; its letters too, as no mail server takes them. */
  data: process.env.PLATFORM_DATA ?? resolve('../../.data'),
}
