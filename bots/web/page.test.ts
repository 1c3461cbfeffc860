import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describePage } from '../testing/describe-page.ts'
import { openConsole } from '../testing/open-console.ts'
import { askOnPage } from '../testing/page-visitor.ts'

const answer = '.turn:last-child .answer'

describePage('the page in Chromium', (visitor) => {
  test('answers one value as a sentence, with what was counted and the SQL to copy', async () => {
    const page = await visitor.open()
    await page.click('button.example >> nth=0')
    await page.waitForSelector(answer)
    expect(await page.textContent(`${answer} .headline`)).toContain('1,284')
    expect(await page.textContent(answer)).toContain('last week: Mon 9 to Sun 15 Nov 2026')
    await page.click(`${answer} summary:has-text("SQL")`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.click(`${answer} button:has-text("Copy")`)
    await page.waitForSelector('button:has-text("Copied")')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^SELECT COUNT\(\*\) FROM orders/)
    expect(visitor.problems).toEqual([])
  })

  test('shows the work live: tables, SQL as it is written, the error and its repair', async () => {
    const slow = await openConsole({ stepMs: 60 })
    const page = await visitor.open({ url: slow.url })
    await page.fill('#question-text', 'Who are the eight best customers?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.step:has-text("Looking at customers, orders, payments")')
    await page.waitForSelector('.step:has-text("Writing SQL") pre:has-text("SELECT name")')
    await page.waitForSelector('.step.bad:has-text("no such column: amount")')
    await page.waitForSelector('.step:has-text("Correcting the SQL") pre:has-text("SELECT c.name")')
    await page.waitForSelector(answer)
    await slow.close()
  })

  test('draws a chart, as line, bars or table, and draws it again when the colours change', async () => {
    const page = await visitor.open()
    await askOnPage(page, 'How many orders per month?')
    const chart = page.locator(`${answer} img.chart`)
    await page.waitForFunction(() => (document.querySelector('img.chart') as HTMLImageElement).naturalWidth > 100)
    expect(await chart.getAttribute('alt')).toMatch(/^Line chart of orders by month, Jan 2025 to Nov 2026/)
    await page.click('button:has-text("Bars")')
    expect(await chart.getAttribute('src')).toContain('kind=bar')
    await page.click('button[aria-label^="Colours"]')
    await page.click('button[aria-label^="Colours"]')
    expect(await chart.getAttribute('src')).toContain('theme=dark')
    await page.click(`${answer} button:has-text("Table")`)
    expect(await chart.isVisible()).toBe(false)
    expect(await page.locator(`${answer} tbody tr`).count()).toBe(23)
    expect(visitor.problems).toEqual([])
  })

  test('sorts a table by its headings, empty cells last, and says that it is cut', async () => {
    const page = await visitor.open()
    await askOnPage(page, 'show every order')
    const cell = (row: number) => page.textContent(`${answer} tbody tr:nth-child(${row}) td:nth-child(3)`)
    await page.click(`${answer} th:nth-child(3) button`)
    expect(await page.getAttribute(`${answer} th:nth-child(3)`, 'aria-sort')).toBe('descending')
    expect(await cell(1)).toBe('1,498.50')
    await page.click(`${answer} th:nth-child(3) button`)
    expect(await cell(1)).toBe('1.50')
    expect(await page.textContent(`${answer} .cut`)).toBe(
      'Showing the first 1,000 of more than 3,000 rows. Sorted among the rows shown.',
    )
    expect(await page.locator(`${answer} tbody tr`).count()).toBe(50)
    await page.click('button:has-text("Show all 1,000 rows")')
    expect(await page.locator(`${answer} tbody tr`).count()).toBe(1000)
  })

  test('edits SQL and runs it; what would change data is refused', async () => {
    const page = await visitor.open()
    await askOnPage(page, 'How many orders?')
    await page.click('summary:has-text("SQL")')
    await page.click('button:has-text("Edit and run")')
    await page.fill('textarea.sql-editor', 'DROP TABLE orders')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.turn:nth-of-type(2) .unanswered:has-text("only reads")')
    expect(visitor.console.conversation.asked.at(-1)?.sql).toBe('DROP TABLE orders')
  })

  test('follows up, also on a phone after a reload, or asks afresh where one says so', async () => {
    const page = await visitor.open({ phone: true })
    await askOnPage(page, 'How many orders were there last week?')
    await page.waitForSelector('.followed:has-text("How many orders were there last week?")')
    await askOnPage(page, 'and per month')
    await page.waitForSelector('.turn:nth-of-type(2) .answer')
    const [first, second] = visitor.console.conversation.asked.slice(-2)
    expect(second?.follows).toBe(first?.id)
    await page.reload()
    await page.waitForSelector('.turn:nth-of-type(2) .answer')
    await page.click('button[aria-label="Ask a new question instead"]')
    await askOnPage(page, 'How many orders?')
    expect(visitor.console.conversation.asked.at(-1)?.follows).toBeUndefined()
    expect(await page.locator('.turn').count()).toBe(1)
  })

  test('takes thumbs, and keeps them', async () => {
    const page = await visitor.open()
    await askOnPage(page, 'How many orders?')
    await page.click('button[aria-label="Wrong answer"]')
    await page.waitForSelector('button[aria-label="Wrong answer"][aria-pressed="true"]')
    await page.waitForFunction(() => document.getElementById('announcer')?.textContent === 'Thank you')
    await page.reload()
    await page.waitForSelector('button[aria-label="Wrong answer"][aria-pressed="true"]')
  })

  test('stops a question with Escape', async () => {
    const slow = await openConsole({ stepMs: 400 })
    const page = await visitor.open({ url: slow.url })
    await page.fill('#question-text', 'How many orders?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.step:has-text("Reading shop")')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.answer:has-text("Stopped, as you asked.")')
    await slow.close()
  })

  test('keeps watching when the connection breaks, and asks nothing twice', async () => {
    const slow = await openConsole({ stepMs: 120 })
    const page = await visitor.open({ url: slow.url })
    await page.fill('#question-text', 'How many orders?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.step:has-text("Writing SQL")')
    await page.reload()
    await page.waitForSelector('.step:has-text("Writing SQL"), .answer')
    await page.waitForSelector('.answer')
    expect(slow.conversation.asked).toHaveLength(1)
    await slow.close()
  })

  test('says what broke and what to do, and offers to try again', async () => {
    const page = await visitor.open()
    await askOnPage(page, 'break it')
    expect(await page.textContent('[role=alert]')).toContain('The model has stopped.Start Rowbot again.')
    await page.reload()
    await page.waitForSelector('[role=alert]')
    await page.click('button:has-text("Try again")')
    await page.waitForSelector('[role=alert]:has-text("The model has stopped.")')
  })

  test('adds a database by dropping a file, shows why one is refused, and removes it', async () => {
    const own = await openConsole({ stepMs: 1 })
    const page = await visitor.open({ url: own.url })
    await drop(page, 'broken.db', 'broken file')
    await page.waitForSelector('dialog h2:has-text("Add a database")')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('dialog [role=alert]:has-text("broken.db is not a database.")')
    await page.setInputFiles('#upload-files', {
      name: 'sales_2026.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('salary,b\n1,2'),
    })
    await page.fill('#upload-name', 'Sales')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('dialog .notes:has-text("sales_2026.csv seems to hold personal data.")')
    await page.click('dialog button:has-text("Go on")')
    await page.waitForSelector('h1:has-text("about Sales")')
    await page.goto(`${own.url}/#/databases/db-2`)
    await page.click('button:has-text("Remove")')
    await page.click('dialog button:has-text("Remove")')
    await page.waitForSelector('.cards')
    expect(await page.textContent('.cards')).not.toContain('Sales')
    await own.close()
  })

  test('shows tables, columns, keys and sample rows of a database', async () => {
    const page = await visitor.open({ path: '/#/databases/shop' })
    await page.waitForSelector('.table-card')
    const text = (await page.locator('#view').allInnerTexts()).join(' ')
    for (const part of [
      'customers',
      '2,140 rows',
      'as it stands on invoices',
      '→ customers.id',
      '→ states.name (guessed)',
      'is broken and was left out',
    ])
      expect(text).toContain(part)
    await page.click('button:has-text("Show some rows") >> nth=0')
    await page.waitForSelector('td:has-text("Nordlicht GmbH")')
  })

  test('is worked by keyboard alone', async () => {
    const page = await visitor.open()
    await page.locator('h1').first().click()
    await page.keyboard.press('/')
    await page.keyboard.type('How many orders?')
    await page.keyboard.press('Enter')
    await page.waitForSelector(answer)
    await page.keyboard.press('ArrowUp')
    expect(await page.inputValue('#question-text')).toBe('How many orders?')
    await page.fill('#question-text', '')
    await page.locator('.headline').click()
    await page.keyboard.press('h')
    await page.keyboard.press('ArrowDown')
    const focused = () => page.evaluate(() => document.activeElement?.closest('#history-list') !== null)
    expect(await focused()).toBe(true)
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('history-search')
    await page.locator('.headline').click()
    await page.keyboard.press('d')
    await page.waitForSelector('h1:has-text("Databases")')
    await page.keyboard.press('?')
    await page.waitForSelector('dialog:has-text("Keyboard")')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.keyboard.press('n')
    await page.waitForSelector('.hero')
  })

  test('leaves single keys alone for who has turned them off, after a reload too', async () => {
    const page = await visitor.open()
    const toggle = async () => {
      await page.click('button[aria-label="Keyboard"]')
      await page.click('label:has-text("Single keys")')
      await page.click('dialog button:has-text("Close")')
      await page.waitForSelector('dialog', { state: 'detached' })
      await page.locator('h1, .hero').first().click()
    }
    await toggle()
    await page.reload()
    await page.waitForSelector('.hero')
    await page.locator('.hero').click()
    for (const key of ['d', 'h', '/', '?']) await page.keyboard.press(key)
    expect(await page.locator('dialog').count()).toBe(0)
    expect(await page.evaluate(() => `${location.hash} ${document.activeElement?.id}`)).toBe(' main')
    await toggle()
    await page.keyboard.press('d')
    await page.waitForSelector('h1:has-text("Databases")')
  })

  test('announces progress and the answer to people who listen', async () => {
    const page = await visitor.open()
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      const place = document.getElementById('announcer') as HTMLElement
      new MutationObserver(() => heard.push(place.textContent ?? '')).observe(place, { childList: true })
    })
    await askOnPage(page, 'How many orders were there last week?')
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard)
    expect(heard).toEqual(
      expect.arrayContaining(['Reading shop', 'Looking at orders', 'Writing SQL', 'Running the query']),
    )
    expect(heard.at(-1)).toMatch(/^Answer: .*1,284/)
  })

  test('asks for the password at the door and lets one out again', async () => {
    const locked = await openConsole({ password: 'correct horse' })
    const page = await visitor.open({ url: locked.url })
    await page.fill('#password', 'wrong one')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role=alert]')
    await page.fill('#password', 'correct horse')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.hero')
    await page.click('button[aria-label="Sign out"]')
    await page.waitForSelector('#password')
    await locked.close()
  })
})

async function drop(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text ?? ''], fileName ?? ''))
      return transfer
    },
    [name, content],
  )
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: data })
  await page.waitForSelector('#drop-overlay:visible')
  await page.dispatchEvent('main', 'drop', { dataTransfer: data })
}
