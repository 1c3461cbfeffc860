import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from './testing/school-dump.ts'

const run = promisify(execFile)

let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'rowbot-library-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(fileURLToPath(new URL('..', import.meta.url)), join(project, 'node_modules', 'rowbot'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(project, 'school.sql'), SCHOOL_DUMP)
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

/** What a program prints that another project would write; it runs in plain Node. */
async function outputOf(program: string): Promise<unknown> {
  writeFileSync(join(project, 'main.js'), program)
  const { stdout, stderr } = await run(process.execPath, ['main.js'], { cwd: project, timeout: 60_000 })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

/** A model of the caller's own, so that the test needs no file. */
const MODEL = `
const model = {
  identity: { name: 'own', hash: 'own', contextTokens: 4096 },
  capabilities: { grammar: false, logProb: false, keepsPrefix: false },
  countTokens: (text) => text.length,
  generate: async () => [{ text: 'SELECT COUNT(*) FROM students', logProb: null, tokens: 5, finished: 'stop' }],
  close: async () => {},
}`

test('another project can import the package in plain Node, ask a file, and end', { timeout: 90_000 }, async () => {
  const printed = await outputOf(`
import { createAssistant } from 'rowbot'
${MODEL}
const assistant = await createAssistant({ databases: ['school.sql'], model })
const types = []
for await (const event of assistant.ask('How many students are there?')) {
  types.push(event.type)
  if (event.type === 'answer') console.log(JSON.stringify({ sql: event.answer.sql, rows: event.answer.result.rows, last: types.at(-1) }))
}
await assistant.close()`)
  expect(printed).toEqual({ sql: 'SELECT COUNT(*) FROM students', rows: [[4]], last: 'answer' })
})

test('SQL for a schema given as DDL', { timeout: 90_000 }, async () => {
  const printed = await outputOf(`
import { generateSql } from 'rowbot'
${MODEL}
const answer = await generateSql('CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT);', 'How many students are there?', { model })
console.log(JSON.stringify(answer))`)
  expect(printed).toMatchObject({ sql: 'SELECT COUNT(*) FROM students' })
})
