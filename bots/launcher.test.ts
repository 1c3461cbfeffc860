import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { openCommandLine, type TestCommandLine } from './testing/open-command-line.ts'

// Each starts the program anew, which takes seconds where many tests run at once.
vi.setConfig({ testTimeout: 60_000 })

const LAUNCHER = fileURLToPath(new URL('./rowbot.cjs', import.meta.url))

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine((asked) =>
    /^How many (courses|teachers)/.test(asked) ? null : 'SELECT COUNT(*) FROM students',
  )
  const added = await line.run(['databases', 'add', line.write('school.sql', SCHOOL_DUMP)])
  expect(added.code).toBe(0)
})

afterAll(() => line.close())

/** The program in a process of its own, started from another folder and without a terminal. */
function launch(
  args: string[],
  input = '',
): ChildProcess & { result: Promise<{ code: number | null; out: string; err: string }> } {
  const env = { ...line.env, PATH: '/usr/bin:/bin' }
  const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd: tmpdir(), env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece) => {
    said.out += piece
  })
  child.stderr.on('data', (piece) => {
    said.err += piece
  })
  child.stdin.end(input)
  const result = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }))
  return Object.assign(child, { result })
}

test('the program runs from any folder, without a terminal, and ends with the exit code', async () => {
  const answered = await launch(['ask', '--json', '--db', 'school'], 'How many students are there?').result
  expect(answered).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(answered.out).rows).toEqual([[4]])
  expect((await launch(['ask', '--db', 'school', 'drop table students']).result).code).toBe(2)
})

test('a reader that goes away, as `head` does, ends nothing and leaves no trace of an error', async () => {
  const child = launch(['settings'])
  child.stdout?.destroy()
  expect(await child.result).toMatchObject({ code: 0, err: '' })
})

test('SIGTERM in the middle of an answer ends the program by itself, with the question saved', async () => {
  const before = line.model.asked.length
  const child = launch(['ask', '--db', 'school', 'How many courses are there?'])
  while (line.model.asked.length === before) await delay(50)
  child.kill('SIGTERM')
  expect(await child.result).toMatchObject({ code: 2, out: expect.stringMatching(/^Stopped/) })
})

test('a question that was being answered when the program was killed is listed as interrupted after the next start', async () => {
  const before = line.model.asked.length
  const child = launch(['ask', '--db', 'school', 'How many teachers are there?'])
  while (line.model.asked.length === before) await delay(50)
  child.kill('SIGKILL')
  await child.result

  const ending = new AbortController()
  let listed: { questions: { text: string; status: string; headline: string }[] } | undefined
  const onText = async (text: string) => {
    const url = /http:\S+/.exec(text)?.[0]
    if (!url) return
    listed = await (await fetch(`${url}/api/questions`)).json()
    ending.abort()
  }
  expect((await line.run(['start'], { signal: ending.signal, onText })).code).toBe(0)
  expect(listed?.questions.find(({ text }) => text === 'How many teachers are there?')).toMatchObject({
    status: 'failed',
    headline: 'Interrupted before there was an answer: ask again.',
  })
})
