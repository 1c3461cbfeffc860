import { Hono } from 'hono'
import type { Page } from './bundle-page.ts'

/** The page's script, styles and icon: the same for everybody, signed in or not. */
export function assetRoutes(page: Page): Hono {
  const app = new Hono()
  for (const [address, { type, body }] of page.assets) {
    const caching = address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    app.get(address, (c) => c.body(new Uint8Array(body), 200, { 'Content-Type': type, 'Cache-Control': caching }))
  }
  return app
}
