import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openState } from '#databases/state/open-state.ts'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'
import { places } from './open-rooms.ts'

let line: TestCommandLine

beforeEach(async () => {
  line = await openCommandLine((asked) => {
    if (/How many sales/.test(asked)) return 'SELECT count(*) FROM sales'
    if (/best/.test(asked)) return 'SELECT name FROM sales ORDER BY amount LIMIT 1'
    return 'SELECT count(*) FROM student'
  })
})
afterEach(() => line.close())

const run = (...args: string[]) => line.run(args)
const lastJson = (out: string) => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')

/** Asks a question and gives it a thumb, as a person does. */
async function judge(question: string, verdict: 'up' | 'down'): Promise<string> {
  await run('ask', '--db', 'sales', question)
  const state = openState({ path: places(line.home).state })
  const [asked] = state.questions.list({ limit: 1 })
  state.questions.setFeedback({ questionId: asked?.id ?? '', personId: asked?.askerId ?? '', verdict })
  state.close()
  return asked?.id ?? ''
}

test('answers that people judged become cases, which are asked again', async () => {
  const file = line.write('sales.csv', 'name,amount\nAda,3\nBen,9\n')
  await run('databases', 'add', file, '--name', 'sales')
  const right = await judge('How many sales are there?', 'up')
  const wrong = await judge('Who had the best sale by amount?', 'down')

  const listed = await run('eval', 'add')
  expect(listed.out).toMatch(/👎.*Who had the best sale by amount\?\n.*👍.*How many sales/)
  expect((await run('eval', 'add', right)).code).toBe(0)
  expect((await run('eval', 'add', right)).err).toContain('a case already')
  expect((await run('eval', 'add', wrong)).err).toContain('it is not known what would be')
  await run('eval', 'add', wrong, '--sql', 'SELECT name FROM sales ORDER BY amount DESC LIMIT 1')
  expect((await run('eval', 'add')).out).toContain('Nobody judged')

  const { code, out } = await run('eval', 'mine')
  expect(code).toBe(0)
  expect(lastJson(out)).toMatchObject({ n: 2, ex: 50 })
  // The case goes with the person who asked.
  await run('forget')
  expect((await run('eval', 'mine')).err).toContain('no cases of your own')
})

test('the nightly benchmark can be run by hand, once a night; its runs make the table of a document', async () => {
  const spider = writeTinySpider(join(line.home, '..', 'spider'))
  const first = await run('eval', 'nightly', '--spider', spider, '--effort', 'fast')
  expect(first.code).toBe(0)
  expect(first.out).toMatch(/Execution accuracy on spider-dev: 16\.7 \(95 % interval/)
  expect((await run('eval', 'nightly', '--spider', spider)).out).toContain('is run already')

  const document = line.write(
    'README.md',
    '# Runs\n\n<!-- runs: made by `rowbot eval table` -->\nold\n<!-- /runs -->\n\nEnd\n',
  )
  await run('eval', 'table', '--into', document)
  const text = readFileSync(document, 'utf8')
  expect(text).toMatch(/\| spider-dev \| .* \| 6 \| 16\.7 /)
  expect(text).not.toContain('old')
  expect(text).toContain('End')
  expect((await run('eval', 'table', '--into', line.write('other.md', 'nothing'))).err).toContain(
    'no place for the table',
  )
})
