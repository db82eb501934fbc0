import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const platform = process.env.PLATFORM_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Nothing is inlined: the page's policy allows scripts and images from its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/v1': platform,
      '/hub': { target: platform, ws: true },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
})
