import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

type Piece = { kind: 'control' | 'text'; text: string }
type Line = { prefix: Piece[]; examples: { source: string; prompt: Piece[]; completion: Piece[] }[] }

let line: TestCommandLine
beforeEach(async () => {
  line = await openCommandLine()
})
afterEach(() => line.close())

const textOf = (pieces: Piece[]) => pieces.map(({ text }) => text).join('')

test('training data are the prompts that serve, with queries in one spelling, and nothing of what does not run', async () => {
  const spider = writeTinySpider(join(line.home, '..', 'spider'))
  copyFileSync(join(spider, 'dev.json'), join(spider, 'train_spider.json'))
  const others = [
    { db_id: 'fleet', question: 'Ships of  Norway ?', query: 'select NAME from ship where country  =  "Norway" ;' },
    { db_id: 'fleet', question: 'What is broken?', query: 'SELECT nothing FROM ship' },
  ]
  writeFileSync(join(spider, 'train_others.json'), JSON.stringify(others))
  const file = join(line.home, 'train.jsonl')
  const { code, out, err } = await line.run(['train', 'export', file, '--spider', spider])
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toMatchObject({ spider: 7, everyday: expect.any(Number) })

  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(head ?? '')).toMatchObject({ promptVersion: promptVersion(), base: { hash: expect.any(String) } })
  const packs = lines.map((one): Line => JSON.parse(one))
  const fleet = packs.find(({ prefix }) => textOf(prefix).includes('CREATE TABLE ship'))
  expect(textOf(fleet?.prefix ?? [])).toMatch(/^<\|im_start\|>system\n.*CREATE TABLE ship.*<\|im_end\|>\n$/s)
  const ofNorway = packs
    .flatMap(({ examples }) => examples)
    .filter(({ source, prompt }) => source === 'spider' && /norway/i.test(textOf(prompt)))
    .map(({ completion }) => textOf(completion))
  expect(ofNorway).toEqual(Array(2).fill("SELECT name FROM ship WHERE country = 'Norway'\n```<|im_end|>"))
  for (const { prompt } of packs.flatMap(({ examples }) => examples))
    expect(textOf(prompt)).toMatch(/<\|im_start\|>assistant\n```sql\n$/)

  const held = await line.run(['train', 'export', file, '--spider', spider, '--held-back'])
  expect(JSON.parse(held.out)).toEqual({})
})
