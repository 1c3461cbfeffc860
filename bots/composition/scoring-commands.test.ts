import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine
let file: string

beforeEach(async () => {
  line = await openCommandLine(() => 'No model is asked.')
  file = join(line.home, '..', 'predicted.sql')
  const predictions = [
    'SELECT 3',
    'SELECT nome FROM student',
    'SELECT 22.0',
    "SELECT 'Cleo'",
    'SELECT 2',
    'DROP TABLE ship',
  ]
  writeFileSync(file, `${predictions.join('\n')}\n`)
})
afterEach(() => line.close())

test('scores predictions on the Spider that is here: a table and, last, one line of JSON', async () => {
  writeTinySpider(join(line.home, 'datasets', 'spider'))
  const { code, out } = await line.run(['eval', 'sql', file, '--ts'])
  expect(code).toBe(0)
  expect(out).toMatch(/n\s+EX\s+TS\s+exact set\s+crashed/)
  expect(out).toMatch(/all\s+6\s+66\.7\s+0\.0/)
  expect(out).toContain('TS is over 4: 2 have no distilled databases')
  const last = out.trimEnd().split('\n').at(-1) ?? ''
  expect(last).toMatch(/^\{"n":6,"ex":66\.67,"ts":0,"crashed":2,/)
})

test('says how to get Spider where it is not, and what a folder lacks', async () => {
  const scoring = await line.run(['eval', 'sql', file])
  expect(scoring.code).toBe(1)
  expect(scoring.err).toContain('rowbot eval get spider')
  const empty = join(line.home, '..', 'empty')
  mkdirSync(empty)
  const getting = await line.run(['eval', 'get', 'spider', '--from', empty])
  expect(getting.code).toBe(1)
  expect(getting.err).toMatch(/lacks tables\.json and \d+ more/)
})
