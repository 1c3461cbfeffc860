import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { noBrowser } from './open-browser.ts'
import { type PageVisitor, visitConsole } from './page-visitor.ts'

/** Tests of the page in a real browser, whose pages are closed after each; without a browser they are skipped, and say why. */
export function describePage(name: string, tests: (visitor: PageVisitor) => void): void {
  describe.skipIf(noBrowser !== undefined)(`${name}${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
    const visitor = visitorOfFile()
    afterEach(() => visitor.leave())
    tests(visitor)
  })
}

/** One visitor for all tests of a file; what it can do is there once they run. */
export function visitorOfFile(): PageVisitor {
  const visitor = {} as PageVisitor
  beforeAll(async () => {
    if (!noBrowser) Object.assign(visitor, await visitConsole())
  })
  afterAll(() => visitor.close?.())
  return visitor
}
