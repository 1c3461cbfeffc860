import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { ownFolder } from './own-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'own-folder-'))
afterEach(() => rmSync(parent, { recursive: true, force: true }))

it('deletes what dead processes left, and leaves alone what living ones use', async () => {
  const other = spawn('sleep', ['60'])
  const leave = (name: string) => {
    mkdirSync(join(parent, name), { recursive: true })
    writeFileSync(join(parent, name, 'upload'), 'x')
  }
  const own = ownFolder(parent)
  expect(own.startsWith(join(parent, `${process.pid}-`))).toBe(true)
  const living = `${other.pid}-1700000000000`
  const earlierSelf = `${process.pid}-1600000000000`
  for (const name of [living, earlierSelf, 'upload-x', own.slice(parent.length + 1)]) leave(name)
  expect(ownFolder(parent)).toBe(own)
  expect([living, earlierSelf, 'upload-x'].map((name) => existsSync(join(parent, name)))).toEqual([true, false, false])
  expect(existsSync(own)).toBe(true)
  other.kill()
  await once(other, 'exit')
  ownFolder(parent)
  expect(existsSync(join(parent, living))).toBe(false)
})
