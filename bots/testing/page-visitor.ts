import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from './open-browser.ts'
import { openConsole, type TestConsole } from './open-console.ts'

export type Look = { dark?: boolean; phone?: boolean; url?: string; path?: string }

export type PageVisitor = {
  browser: Browser
  console: TestConsole
  /** A fresh page of a fresh visitor. */
  open: (look?: Look) => Promise<Page>
  /** What the browser has complained about since the last `open`: policy, scripts, requests to elsewhere. */
  problems: string[]
  /** Closes the pages, not the browser. */
  leave: () => Promise<void>
  close: () => Promise<void>
}

/** A real browser in front of a console over the scripted shop. */
export async function visitConsole(): Promise<PageVisitor> {
  const browser = await openBrowser()
  const console = await openConsole({ stepMs: 5 })
  const contexts: BrowserContext[] = []
  const problems: string[] = []

  async function leave(): Promise<void> {
    for (const context of contexts.splice(0)) await context.close()
  }

  return {
    browser,
    console,
    problems,
    leave,
    async open({ dark = false, phone = false, url = console.url, path = '/' } = {}) {
      const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 860 }
      const colorScheme = dark ? 'dark' : 'light'
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', hasTouch: phone })
      contexts.push(context)
      problems.length = 0
      const page = await context.newPage()
      watch(page, url, problems)
      await page.goto(`${url}${path}`)
      await page.waitForSelector('#view > *, #password')
      return page
    },
    async close() {
      await leave()
      await browser.close()
      await console.close()
    },
  }
}

function watch(page: Page, url: string, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) problems.push(`request to ${request.url()}`)
  })
  page.on('console', (message) => {
    // A file that is refused, and a wrong password, are answered with these; the browser notes them.
    if (message.type() === 'error' && !/status of (401|422)/.test(message.text())) problems.push(message.text())
  })
}

/** Types a question, sends it and waits until it has ended. */
export async function askOnPage(page: Page, text: string): Promise<void> {
  await page.fill('#question-text', text)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.turn:last-child :is(.answer, .problem)')
}
