import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine(() => 'SELECT COUNT(*) FROM students', { sample: true })
  const added = await line.run(['databases', 'add', line.write('school.sql', SCHOOL_DUMP)])
  expect(added.code).toBe(0)
})

afterAll(() => line.close())

test('without a command there is help; an unknown one, and a flag without its value, are named', async () => {
  const help = await line.run(['--help'])
  expect(help.code).toBe(0)
  for (const command of ['ask', 'chat', 'databases', 'models', 'start', 'doctor', 'backup', 'restore', 'forget'])
    expect(help.out).toContain(`\n  ${command}`)
  expect(await line.run(['frobnicate'])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/frobnicate.*\n.*--help/s),
  })
  expect(await line.run(['start', '--port'])).toMatchObject({ code: 1, err: expect.stringMatching(/--port/) })
})

test('all bad settings are named at once, with what they accept', async () => {
  const env = { ROWBOT_PORT: 'lots', ROWBOT_EFFORT: 'huge', ROWBOT_TIME_ZONE: 'Mars/Olympus' }
  const { code, err } = await line.run(['databases', 'list'], { env })
  expect(code).toBe(1)
  expect(err).toMatch(/rowbot settings/)
  const listed = await line.run(['settings'], { env })
  expect(listed.code).toBe(0)
  expect(listed.out).toMatch(
    /^ROWBOT_PORT, or port in settings\.json: default 4680\n {2}Port of .*\n {2}Accepts a whole number/m,
  )
  for (const part of ['ROWBOT_PORT', '65535', 'ROWBOT_EFFORT', 'fast, balanced or thorough', 'ROWBOT_TIME_ZONE'])
    expect(err).toContain(part)
})

test('models are listed, and one that nobody knows is refused with the names there are', async () => {
  const { code, out } = await line.run(['models', 'list'], { env: { ROWBOT_MODEL: undefined } })
  expect(code).toBe(0)
  expect(out).toMatch(/^\* embedded +here +needs 900 MB of memory +Apache-2\.0 /)
  expect(out).toMatch(/\n {2}qwen2\.5-coder-7b +[\d.]+ GB to download +needs/)
  for (const args of [
    ['models', 'pull', 'gpt-9'],
    ['models', 'use', 'gpt-9'],
  ]) {
    const refused = await line.run(args)
    expect({ args, code: refused.code }).toEqual({ args, code: 1 })
    expect(refused.err).toMatch(/gpt-9.*\n.*qwen2\.5-coder-1\.5b/)
  }
})

test('the model that is chosen stays chosen, and an environment variable is said to win', async () => {
  const env = { ROWBOT_MODEL: undefined }
  expect(await line.run(['models', 'use', 'qwen2.5-coder-7b'], { env })).toMatchObject({ code: 0 })
  expect(JSON.parse(readFileSync(join(line.home, 'settings.json'), 'utf8'))).toMatchObject({
    model: 'qwen2.5-coder-7b',
  })
  expect((await line.run(['models', 'list'], { env })).out).toMatch(/\* qwen2\.5-coder-7b/)
  const shadowed = await line.run(['models', 'use', 'embedded'])
  expect(shadowed).toMatchObject({ code: 0, err: expect.stringMatching(/ROWBOT_MODEL/) })
})

test('doctor finds everything in order, and names what is not, with advice', async () => {
  const { code, out } = await line.run(['doctor'])
  expect(out).toMatch(/✓ Model: scripted, reads 8192 tokens/)
  expect(out).toMatch(/✓ Databases: .*school/)
  expect(out).toMatch(/✓ State: /)
  expect(code).toBe(/^✗/m.test(out) ? 1 : 0)
  const broken = await line.run(['doctor', '--json'], { env: { ROWBOT_SERVER_URL: 'http://127.0.0.1:9/v1' } })
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.out).findings).toContainEqual({
    ok: false,
    what: 'Model',
    found: expect.stringContaining('127.0.0.1:9'),
    advice: expect.stringContaining('ROWBOT_SERVER_URL'),
  })
})

test('doctor names a database whose file is gone', async () => {
  const uploaded = join(line.home, 'databases')
  const hidden = `${uploaded}.hidden`
  renameSync(uploaded, hidden)
  try {
    const { code, out } = await line.run(['doctor'])
    expect(code).toBe(1)
    expect(out).toMatch(/✗ Databases: school cannot be asked\. .*\n {2}→ /)
  } finally {
    rmSync(uploaded, { recursive: true, force: true })
    renameSync(hidden, uploaded)
  }
})

test('a backup brings questions and uploaded databases back, also elsewhere', async () => {
  expect((await line.run(['ask', '--db', 'school', 'How many students are there?'])).code).toBe(0)
  const folder = join(line.home, '..', 'saved')
  const saved = await line.run(['backup', folder])
  expect(saved).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`rowbot restore ${folder}`) })
  expect(await line.run(['backup', folder])).toMatchObject({ code: 1, err: expect.stringMatching(/exists already/) })

  const home = join(line.home, '..', 'elsewhere')
  mkdirSync(home)
  const env = { ROWBOT_HOME: home }
  expect(await line.run(['restore', folder], { env })).toMatchObject({ code: 0 })
  const list = await line.run(['databases', 'list'], { env })
  expect(list).toMatchObject({ code: 0, err: '' })
  expect(list.out).toMatch(/^school /m)
  expect(list.out.match(/^shop /gm)).toHaveLength(1)
  const asked = await line.run(['ask', '--json', '--db', 'school', 'How many students are there?'], { env })
  expect(JSON.parse(asked.out).rows).toEqual([[4]])
  expect(await line.run(['forget'], { env })).toMatchObject({ code: 0, out: '2 questions deleted.\n' })
})

test('what is no backup is not restored, and nothing changes', async () => {
  const { code, err } = await line.run(['restore', join(line.home, '..')])
  expect(code).toBe(1)
  expect(err).toMatch(/not a backup.*\n/)
  expect((await line.run(['databases', 'list'])).out).toMatch(/^school /m)
})

test('forgetting a person really deletes, and says how much', async () => {
  expect(await line.run(['forget', 'somebody-else'])).toMatchObject({ code: 0, out: '0 questions deleted.\n' })
  await line.run(['ask', '--db', 'school', 'How many students are called Zebulon?'])
  const kept = () =>
    ['state.sqlite', 'state.sqlite-wal']
      .map((name) => join(line.home, name))
      .filter((path) => existsSync(path))
      .some((path) => readFileSync(path).includes('Zebulon'))
  expect(kept()).toBe(true)
  expect((await line.run(['forget'])).out).toMatch(/^[1-9]\d* questions? deleted\.\n$/)
  expect(kept()).toBe(false)
})

test('a data directory that is a file, or a damaged state, is named', async () => {
  const file = line.write('file', 'x')
  expect(await line.run(['databases', 'list'], { env: { ROWBOT_HOME: file } })).toMatchObject({
    code: 1,
    err: expect.stringContaining(file),
  })
  const home = join(line.home, '..', 'damaged')
  mkdirSync(join(home, 'sample'), { recursive: true })
  writeFileSync(join(home, 'state.sqlite'), 'this is no state'.repeat(1000))
  const { code, err } = await line.run(['databases', 'list'], { env: { ROWBOT_HOME: home } })
  expect(code).toBe(1)
  expect(err).toMatch(/damaged.*\n.*restore/)
})
