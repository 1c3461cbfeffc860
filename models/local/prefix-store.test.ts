import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetPrefixes, openPrefixStore } from './prefix-store.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowbot-prefix-store-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const open = (maxBytes = 1000) => openPrefixStore({ directory, maxBytes })

test('what was kept is found again by its key, also after a restart', async () => {
  await (await open()).keep('key', (path) => writeFile(path, 'state'))
  const path = await (await open()).find('key')
  expect(path && (await readFile(path, 'utf8'))).toBe('state')
  expect(await (await open()).find('other')).toBeNull()
})

test('what is kept already is not written again', async () => {
  const store = await open()
  await store.keep('key', (path) => writeFile(path, 'state'))
  let written = 0
  await store.keep('key', async () => written++)
  expect(written).toBe(0)
  expect(await readdir(directory)).toHaveLength(1)
})

test('a damaged or cut file is recognised and removed', async () => {
  const store = await open()
  await store.keep('key', (path) => writeFile(path, 'a state'))
  const path = (await store.find('key')) as string
  await writeFile(path, 'b state')
  expect(await store.find('key')).toBeNull()
  await store.keep('key', (file) => writeFile(file, 'a state'))
  await truncate((await store.find('key')) as string, 3)
  expect(await store.find('key')).toBeNull()
  expect(await readdir(directory)).toEqual([])
})

test('the states unused for longest are dropped when there are too many', async () => {
  const store = await open(25)
  for (const key of ['a', 'b']) await store.keep(key, (path) => writeFile(path, key.repeat(10)))
  const old = (await store.find('b')) as string
  await utimes(old, new Date(0), new Date(0))
  await store.keep('c', (path) => writeFile(path, 'c'.repeat(10)))
  expect(await store.find('a')).not.toBeNull()
  expect(await store.find('b')).toBeNull()
  expect(await store.find('c')).not.toBeNull()
})

test('failing to keep is no error and leaves nothing behind', async () => {
  const store = await open()
  await store.keep('key', async (path) => {
    await writeFile(path, 'half')
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  })
  expect(await store.find('key')).toBeNull()
  expect(await readdir(directory)).toEqual([])
})

test('a folder that cannot be made only means that nothing is kept', async () => {
  await writeFile(join(directory, 'file'), '')
  const store = await openPrefixStore({ directory: join(directory, 'file', 'prefixes'), maxBytes: 1000 })
  await store.keep('key', (path) => writeFile(path, 'state'))
  expect(await store.find('key')).toBeNull()
})

test('drop removes a state', async () => {
  const store = await open()
  await store.keep('key', (path) => writeFile(path, 'state'))
  await store.drop('key')
  expect(await store.find('key')).toBeNull()
})

test('nobody else can look into the folder, and what a killed process left half-written is removed', async () => {
  await chmod(directory, 0o755)
  const [old, fresh] = ['old.1.1.part', 'fresh.1.1.part'].map((name) => join(directory, name)) as [string, string]
  for (const path of [old, fresh]) await writeFile(path, 'half')
  await utimes(old, new Date(0), new Date(0))
  await open()
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  expect(await readdir(directory)).toEqual(['fresh.1.1.part'])
})

test('everything can be forgotten while a store is open', async () => {
  const store = await open()
  await store.keep('key', (path) => writeFile(path, 'state'))
  await forgetPrefixes(directory)
  expect(await readdir(directory)).toEqual([])
  expect(await store.find('key')).toBeNull()
  await forgetPrefixes(join(directory, 'nowhere'))
})

test('what was begun before everything was forgotten is not kept', async () => {
  const store = await open()
  const asked = store.forgets()
  await store.keep('writing', async (path) => {
    await writeFile(path, 'state')
    await forgetPrefixes(directory)
  })
  let isWritten = false
  await store.keep('asked before', async () => (isWritten = true), asked)
  expect(isWritten).toBe(false)
  expect(await readdir(directory)).toEqual([])
  await store.keep('asked since', (path) => writeFile(path, 'state'), store.forgets())
  expect(await store.find('asked since')).not.toBeNull()
})
