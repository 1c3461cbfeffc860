import type { Page } from 'playwright-core'
import { visitorOfFile } from '../testing/describe-page.ts'
import { noBrowser } from '../testing/open-browser.ts'
import { testRenderer } from '../testing/renderer-contract.ts'

const visitor = visitorOfFile()
let page: Page | undefined

testRenderer({
  name: 'the page',
  skip: noBrowser,
  async render(reply) {
    visitor.console.conversation.keep(reply)
    page ??= await visitor.open()
    await page.goto(`${visitor.console.url}/#/q/${reply.questionId}`)
    await page.waitForSelector(`#q-${reply.questionId} + div .answer`)
    const all = page.locator('button.more-rows:visible')
    for (const summary of await page.locator('.answer summary').all()) await summary.click()
    const asTable = page.locator('.segmented button:has-text("Table")')
    if (await asTable.count()) await asTable.click()
    if (await all.count()) await all.click()
    const markup = await page.evaluate(() => {
      const found = [
        ...document.querySelectorAll(
          '.turn :is(script, iframe, object, embed, style, b, i, img:not(.chart), [onerror], [onclick])',
        ),
      ]
      const links = [...document.querySelectorAll<HTMLAnchorElement>('a')].filter(
        ({ protocol }) => !/^https?:$/.test(protocol),
      )
      return [...found, ...links].map(({ outerHTML }) => outerHTML)
    })
    const title = await page.title()
    const text = (await page.locator('.turn').allInnerTexts()).join(' ')
    return {
      text,
      violations: [...markup, ...visitor.problems, ...(title === 'owned' ? ['a cell ran as a script'] : [])],
    }
  },
})
