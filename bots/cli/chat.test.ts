import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine((asked) => {
    if (/^How many courses/.test(asked)) return null
    if (/^How many teachers/.test(asked)) throw new Error('the model broke')
    if (/Paris/.test(asked)) return "SELECT COUNT(*) FROM students WHERE city = 'Paris'"
    return 'SELECT COUNT(*) FROM students'
  })
  const added = await line.run(['databases', 'add', line.write('school.sql', SCHOOL_DUMP)])
  expect(added.code).toBe(0)
})

afterAll(() => line.close())

test('each question may follow up on the one before, until "new"', async () => {
  const input = 'How many students are there?\nonly in Paris\nnew\nHow many students are there?\n\nnot asked any more\n'
  const before = line.model.asked.length
  const { code, out, err } = await line.run(['chat', '--db', 'school'], { input })
  expect(code).toBe(0)
  expect(out.match(/SELECT COUNT.*/g)).toEqual([
    'SELECT COUNT(*) FROM students',
    "SELECT COUNT(*) FROM students WHERE city = 'Paris'",
    'SELECT COUNT(*) FROM students',
  ])
  const asked = line.model.asked.slice(before)
  expect(asked.map((text) => /Change the query above/.test(text))).toEqual([false, true, false])
  expect(err).toMatch(/^Ask a question/)
})

test('the exit code is that of the last question', async () => {
  const { code } = await line.run(['chat'], { input: 'How many students?\ndrop table students\n' })
  expect(code).toBe(2)
})

test('a question that breaks is said, and the chat goes on', async () => {
  const input = new PassThrough()
  const running = line.run(['chat', '--db', 'school'], { input })
  input.write('How many teachers are there?\n')
  input.write(`${'x'.repeat(30_000)}\n`)
  input.end('How many students in Paris\n')
  const { code, out, err } = await running
  expect(code).toBe(0)
  expect(err).toMatch(/server.*\n.*\w/)
  expect(out).toMatch(/2,000 is the limit/)
  expect(out).toMatch(/city = 'Paris'/)
})

test('Ctrl-C ends the chat while nobody types', async () => {
  const stop = new AbortController()
  const input = new PassThrough()
  const running = line.run(['chat', '--db', 'school'], { input, signal: stop.signal })
  await delay(500)
  stop.abort()
  expect((await running).code).toBe(0)
})

test('Ctrl-C in the middle of an answer stops it and says so', async () => {
  const stop = new AbortController()
  const input = new PassThrough()
  const asked = line.model.asked.length
  const running = line.run(['chat', '--db', 'school'], { input, signal: stop.signal })
  input.write('How many courses are there?\n')
  while (line.model.asked.length === asked) await delay(20)
  stop.abort()
  const { code, out } = await running
  expect(code).toBe(2)
  expect(out).toMatch(/Stopped/)
})
