import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { type CommandLineRun, openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine((asked) =>
    /^How many (courses|teachers)/.test(asked) ? null : 'SELECT COUNT(*) FROM students',
  )
  const added = await line.run(['databases', 'add', line.write('school.sql', SCHOOL_DUMP)])
  expect(added.code).toBe(0)
})

afterAll(() => line.close())

/** `start` in this process: where it listens, and how to end it. */
async function start(args: string[] = []): Promise<{ url: string; stop(): Promise<CommandLineRun> }> {
  const ending = new AbortController()
  let said = (_url: string) => {}
  const ready = new Promise<string>((resolve) => {
    said = resolve
  })
  const onText = (text: string) => {
    const url = /http:\S+/.exec(text)?.[0]
    if (url) said(url)
  }
  const running = line.run(['start', ...args], { signal: ending.signal, onText })
  const url = await Promise.race([ready, running.then(({ err }) => Promise.reject(new Error(err)))])
  const stop = () => {
    ending.abort(new Error('stopped by SIGTERM'))
    return running
  }
  return { url, stop }
}

async function askOver(url: string, text: string): Promise<string> {
  const id = randomUUID()
  const body = JSON.stringify({ id, text, databases: ['school'] })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/questions`, { method: 'POST', headers, body })
  expect(response.status).toBe(202)
  return id
}

test('the console answers, a command beside it works and harms nothing, and stopping ends with 0', async () => {
  const server = await start()
  try {
    const id = await askOver(server.url, 'How many students are there?')
    const events = await (await fetch(`${server.url}/api/questions/${id}/events`)).text()
    expect(events).toContain('"kind":"answered"')
    const beside = await line.run(['ask', '--json', '--db', 'school', 'How many students are there?'])
    expect(JSON.parse(beside.out).rows).toEqual([[4]])
    const listed = await (await fetch(`${server.url}/api/questions`)).json()
    expect(listed.questions).toHaveLength(2)
    const { audit } = await (await fetch(`${server.url}/api/administration`)).json()
    expect(audit.map(({ channel }: { channel: string }) => channel)).toEqual(['command line', 'console'])
  } finally {
    const { code, err } = await server.stop()
    expect({ code, err }).toEqual({ code: 0, err: '' })
  }
})

test('a second one on the same data directory is refused and names the process', async () => {
  const server = await start()
  try {
    const second = await line.run(['start'])
    expect(second.code).toBe(1)
    expect(second.err).toMatch(
      new RegExp(`already running on the data directory .*process ${process.pid}\\b.*\\n.*ROWBOT_HOME`),
    )
  } finally {
    expect((await server.stop()).code).toBe(0)
  }
})

test('a backup cannot be restored under a running server, which works on; it can once that has stopped', async () => {
  const folder = join(line.home, '..', 'saved')
  expect(await line.run(['backup', folder])).toMatchObject({ code: 0 })
  const server = await start()
  try {
    const restored = await line.run(['restore', folder])
    expect(restored.code).toBe(1)
    expect(restored.err).toMatch(new RegExp(`process ${process.pid}\\b`))
    const id = await askOver(server.url, 'How many students are there?')
    const events = await (await fetch(`${server.url}/api/questions/${id}/events`)).text()
    expect(events).toContain('"kind":"answered"')
  } finally {
    expect((await server.stop()).code).toBe(0)
  }
  expect(await line.run(['restore', folder])).toMatchObject({ code: 0 })
})

test('a port in use is named, and nothing stays locked or open', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  try {
    const { code, err } = await line.run(['start', '--port', String(port)])
    expect(code).toBe(1)
    expect(err).toMatch(new RegExp(`Port ${port} is already in use.*\\n.*--port`))
  } finally {
    other.close()
  }
  expect((await (await start()).stop()).code).toBe(0)
})

test('an address beyond this machine needs a password', async () => {
  const { code, err } = await line.run(['start', '--host', '0.0.0.0'])
  expect(code).toBe(1)
  expect(err).toMatch(/ROWBOT_PASSWORD/)
})

test('stopping in the middle of an answer saves the question as stopped', async () => {
  const server = await start()
  const before = line.model.asked.length
  const id = await askOver(server.url, 'How many courses are there?')
  while (line.model.asked.length === before) await delay(20)
  const started = performance.now()
  expect((await server.stop()).code).toBe(0)
  expect(performance.now() - started).toBeLessThan(8_000)

  const again = await start()
  try {
    const past = await (await fetch(`${again.url}/api/questions/${id}`)).json()
    expect(past).toMatchObject({
      text: 'How many courses are there?',
      status: 'unanswered',
      headline: 'Stopped.',
    })
  } finally {
    await again.stop()
  }
})

test('one question at the command line that is stopped is saved and says so', async () => {
  const ending = new AbortController()
  const before = line.model.asked.length
  const running = line.run(['ask', '--db', 'school', 'How many courses are there?'], { signal: ending.signal })
  while (line.model.asked.length === before) await delay(20)
  ending.abort(new Error('stopped by SIGINT'))
  expect(await running).toMatchObject({ code: 2, out: expect.stringMatching(/^Stopped/) })
})
