import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DatabaseError } from '../database-error.ts'
import { lockDataDirectory } from './lock-data-directory.ts'
import { startElsewhere } from './testing/other-process.ts'

let dir: string
let children: ChildProcess[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rowbot-lock-'))
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(dir, { recursive: true, force: true })
})

/** Another process that takes the lock and keeps it. */
async function lockElsewhere(): Promise<ChildProcess> {
  const { child, said } = await startElsewhere(
    `lockDataDirectory(${JSON.stringify(dir)}); say('locked'); setInterval(() => {}, 1000)`,
  )
  children.push(child)
  expect(said).toBe('locked')
  return child
}

function refusal(folder = dir): DatabaseError {
  try {
    lockDataDirectory(folder).release()
  } catch (error) {
    if (error instanceof DatabaseError) return error
  }
  throw new Error('the lock was not refused')
}

it('names the process that has the data directory, and what to do', async () => {
  const holder = await lockElsewhere()
  const error = refusal()
  expect(error.code).toBe('data-directory-in-use')
  expect(error.message).toContain(`process ${holder.pid}`)
  expect(error.message).toContain(dir)
  expect(error.advice).toContain('ROWBOT_HOME')
})

it('is free again at once after its holder was killed with SIGKILL', async () => {
  const holder = await lockElsewhere()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(existsSync(join(dir, 'lock.json'))).toBe(true)
  const lock = lockDataDirectory(dir)
  expect(JSON.parse(readFileSync(join(dir, 'lock.json'), 'utf8')).pid).toBe(process.pid)
  lock.release()
})

it('takes no notice of a note left behind, even if another process has that id now', () => {
  writeFileSync(join(dir, 'lock.json'), JSON.stringify({ pid: process.ppid, since: '2026-01-01T00:00:00.000Z' }))
  lockDataDirectory(dir).release()
})

it('is refused to the same process as well, and free after release', () => {
  const lock = lockDataDirectory(dir)
  expect(refusal().message).toContain(`process ${process.pid}`)
  lock.release()
  lock.release()
  lockDataDirectory(dir).release()
})

it('still refuses when the note about the holder is broken', () => {
  const lock = lockDataDirectory(dir)
  writeFileSync(join(dir, 'lock.json'), '{"pid":')
  expect(refusal().message).toContain('another process')
  lock.release()
})

it('says that it cannot write where the data directory is a file', () => {
  const file = join(dir, 'file')
  writeFileSync(file, '')
  expect(refusal(file).code).toBe('state-not-accessible')
})
