import { expect, test } from 'vitest'
import { describePage } from '../testing/describe-page.ts'

describePage('administration on the page', (visitor) => {
  test('words are defined, changed and removed, verified answers are removed, and who may ask is saved', async () => {
    const page = await visitor.open({ path: '/#/databases/shop' })
    const fold = (name: string) => page.locator('.rules details', { has: page.locator(`summary:has-text("${name}")`) })
    await page.click('.rules summary:has-text("Words")')
    expect(await fold('Words').innerText()).toContain('net of returns <b>always</b>')
    await page.click('button[aria-label="Change revenue"]')
    await page.fill('input[aria-label="Word or words"]', 'turnover')
    await page.keyboard.press('Enter')
    await page.waitForSelector('button[aria-label="Change turnover"]')
    expect(await page.locator('button[aria-label="Change revenue"]').count()).toBe(0)
    await page.click('button[aria-label="Remove turnover"]')
    await page.waitForSelector('button[aria-label="Remove turnover"]', { state: 'detached' })

    await page.click('.rules summary:has-text("Verified answers")')
    await page.click('button[aria-label="Remove How many orders?"]')
    await page.waitForSelector('.rules summary:has-text("Verified answers"):has-text("0")')

    await page.click('.rules summary:has-text("Who may ask")')
    await page.fill('input[aria-label="Add to: People"]', 'chat:ann')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.picked:has-text("Ann")')
    await page.click('fieldset:has(legend:text-is("Channels")) button[aria-label="Take off chat:w:sales"]')
    await page.fill('input[aria-label="Add to: Channels"]', 'chat:w:random')
    await page.check('label:has-text("Guests") input')
    await page.click('button:has-text("Save who may ask")')
    await page.waitForSelector('summary:has-text("1 person, 1 channel")')
    expect(visitor.console.administration.kept.access).toMatchObject({
      ...{ people: ['chat:ann'], channels: ['chat:w:random'], bound: ['chat:w:sales'], guests: true },
    })
    expect(visitor.problems).toEqual([])
  })

  test('limits are set and the audit log is read', async () => {
    const page = await visitor.open({ path: '/#/administration' })
    await page.waitForSelector('h3:has-text("chat:w")')
    expect(await page.inputValue('input[aria-label="Questions a day for each person of chat:w"]')).toBe('50')
    await page.fill('input[aria-label="Questions a day for each channel of chat:w"]', '200')
    await page.click('form:has-text("Each channel") button')
    await page.waitForSelector('form:has-text("Saved")')
    expect(visitor.console.administration.seen.workspaces[0]?.quotas).toMatchObject([{ scope: 'channel', perDay: 200 }])
    expect(await page.locator('tbody tr').innerText()).toMatch(/Ann\s+asked\s+shop\s+1\s+chat:w:sales\s+SELECT 1/)
    expect(visitor.problems).toEqual([])
  })
})
