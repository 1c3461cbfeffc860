import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const executablePath = places.find((place) => existsSync(place))

/** Why tests that need a browser cannot run here; undefined where they can. */
export const noBrowser = executablePath ? undefined : 'no Chromium on this machine (Debian: apt-get install chromium)'

/** A real Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error(noBrowser)
  // Chromium's own sandbox refuses to work for root, as in containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}
