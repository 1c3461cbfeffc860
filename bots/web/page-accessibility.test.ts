import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describePage } from '../testing/describe-page.ts'
import { askOnPage } from '../testing/page-visitor.ts'

type Screen = [string, string, (page: Page) => Promise<unknown>]

const screens: Screen[] = [
  ['the start', '/', async () => undefined],
  [
    'an answer with chart, SQL and trace',
    '/',
    async (page) => {
      await askOnPage(page, 'Who are the eight best customers?')
      for (const summary of await page.locator('.answer summary').all()) await summary.click()
    },
  ],
  ['a long table', '/', (page) => askOnPage(page, 'show every order')],
  ['no answer', '/', (page) => askOnPage(page, 'what is the weather')],
  ['a failure', '/', (page) => askOnPage(page, 'break it')],
  ['the databases', '/#/databases', (page) => page.waitForSelector('.card')],
  ['a database', '/#/databases/shop', (page) => page.waitForSelector('.table-card')],
  [
    'words, verified answers and access of a database',
    '/#/databases/shop',
    async (page) => {
      await page.waitForSelector('.rules summary')
      for (const summary of await page.locator('.rules summary').all()) await summary.click()
    },
  ],
  ['administration', '/#/administration', (page) => page.waitForSelector('table')],
  [
    'the list of keys',
    '/',
    async (page) => {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur())
      await page.keyboard.press('?')
      await page.waitForSelector('dialog')
    },
  ],
  ['the runs of the benchmark', '/#/runs', (page) => page.waitForSelector('table')],
  [
    'a run beside another',
    '/#/runs/later/earlier',
    async (page) => {
      await page.waitForSelector('#beside')
      for (const summary of await page.locator('summary').all()) await summary.click()
    },
  ],
  ['a question of a run', '/#/runs/later/questions/1', (page) => page.waitForSelector('.sides')],
  [
    'the form for a new database',
    '/',
    async (page) => {
      await page.click('button.link')
      await page.waitForSelector('dialog')
    },
  ],
]

const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What colours and width decide, dark and on a phone; everything else is the same page. */
const RULES_OF_LOOKS = [
  'color-contrast',
  'link-in-text-block',
  'target-size',
  'scrollable-region-focusable',
  'meta-viewport',
]

describePage('the page is accessible', (visitor) => {
  test.each(screens)('%s', async (_, path, prepare) => {
    const page = await visitor.open({ path })
    await prepare(page)
    const violationsOf = async (axe: AxeBuilder) => {
      const { violations } = await axe.analyze()
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    }
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(await violationsOf(new AxeBuilder({ page }).withTags(ALL_RULES))).toEqual([])
    expect(await isTooWide()).toBe(false)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await violationsOf(new AxeBuilder({ page }).withRules(RULES_OF_LOOKS))).toEqual([])
    expect(await isTooWide()).toBe(false)
    expect(visitor.problems).toEqual([])
  })

  test('the field for the question covers nothing that the keyboard reaches, nor the end of an answer', async () => {
    const page = await visitor.open({ phone: true })
    await askOnPage(page, 'How many orders per month?')
    const edge = (selector: string, side: 'top' | 'bottom') =>
      page.evaluate(
        ([found = '', of]) => document.querySelector(found)?.getBoundingClientRect()[of as 'top'],
        [selector, side],
      )
    await page.waitForFunction(() => (document.querySelector('img.chart') as HTMLImageElement).naturalWidth > 100)
    await page.focus('.turn button')
    await page.evaluate(() => document.getElementById('main')?.scrollTo(0, 0))
    const last = '.answer > details:last-of-type > summary'
    while (!(await page.evaluate((found) => document.activeElement?.matches(found), last)))
      await page.keyboard.press('Tab')
    await expect
      .poll(async () => Number(await edge(last, 'bottom')))
      .toBeLessThan(Number(await edge('.composer', 'top')))
    await page.evaluate(() => document.getElementById('main')?.scrollTo(0, 9999))
    expect(await edge('.turn', 'bottom')).toBeLessThan(Number(await edge('.composer', 'top')))
  })
})
