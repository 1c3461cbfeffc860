import { expect, test } from 'vitest'
import { describePage } from '../testing/describe-page.ts'

describePage('the benchmark on the page', (visitor) => {
  test('from the trend to a run, beside another one, down to the trace of a question', async () => {
    const page = await visitor.open()
    await page.click('.nav-link:has-text("Benchmark")')
    const chart = page.locator('img.chart')
    await chart.waitFor()
    expect(await chart.getAttribute('alt')).toContain('from 62.0 to 58.0 percent')
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('img.chart')?.naturalWidth ?? 0) > 0)
    await page.locator('tbody th a').first().click()
    await page.waitForSelector('#beside')
    expect(await page.innerText('#view')).toContain('58.0 %')

    await page.selectOption('#beside', 'earlier')
    await page.waitForSelector('summary')
    expect(await page.innerText('#view')).toMatch(/No significant change \(6 newly broken, 2 newly fixed/)
    await page.locator('summary').first().click()
    await page.locator('.changes a').first().click()
    await page.waitForSelector('.sides')
    const text = await page.innerText('#view')
    expect(text).toContain('wrong: other filter or value')
    expect(text).toContain('As the model wrote it:')
    // What a question or a query holds stays text.
    expect(text).toContain('<img src=x onerror')
    expect(await page.title()).not.toMatch(/owned|^1$/)
    expect(visitor.problems).toEqual([])
  })

  test('a run that there is not is said', async () => {
    const page = await visitor.open({ path: '/#/runs/none' })
    await page.waitForSelector('.problem')
    expect(await page.innerText('.problem')).toContain('There is no run here')
  })
})
