import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findEmbeddedModel, verifyEmbeddedModel } from './embedded-model.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowbot-embedded-'))
  const lines: string[] = []
  for (const [name, content] of Object.entries(FILES)) {
    await writeFile(join(directory, name), content)
    lines.push(`${createHash('sha256').update(content).digest('hex')}  ${name}\n`)
  }
  await writeFile(join(directory, 'SHA256SUMS'), lines.join(''))
})
afterEach(() => rm(directory, { recursive: true }))

const FILES = { 'some-00001-of-00002.gguf': 'first shard', 'some-00002-of-00002.gguf': 'second' }
const SECOND = 'some-00002-of-00002.gguf'

test('the first shard is found, with a hash that depends on all of them', async () => {
  const model = await findEmbeddedModel(directory)
  expect(model).toMatchObject({ file: join(directory, 'some-00001-of-00002.gguf'), bytes: 17 })
  expect(await findEmbeddedModel(directory)).toEqual(model)
  await writeFile(join(directory, SECOND), 'longer than before')
  expect((await findEmbeddedModel(directory)).hash).not.toBe(model.hash)
})

test('an adapter among the checksums belongs to the model and leaves its hash alone', async () => {
  const { hash, adapter } = await findEmbeddedModel(directory)
  expect(adapter).toBeUndefined()
  await writeFile(join(directory, 'SHA256SUMS'), `${'0'.repeat(64)}  adapter.gguf\n`, { flag: 'a' })
  await expect(findEmbeddedModel(directory)).rejects.toMatchObject({ message: expect.stringContaining('adapter.gguf') })
  await writeFile(join(directory, 'adapter.gguf'), 'adapter')
  expect(await findEmbeddedModel(directory)).toMatchObject({ hash, adapter: join(directory, 'adapter.gguf') })
})

test('verifying finds a byte that changed', async () => {
  await expect(verifyEmbeddedModel({ directory })).resolves.toMatchObject({ bytes: 17 })
  await writeFile(join(directory, SECOND), 'secomd')
  await expect(verifyEmbeddedModel({ directory })).rejects.toMatchObject({
    name: 'ModelError',
    code: 'wrong-checksum',
    message: expect.stringContaining(SECOND),
  })
})

test('a missing shard, missing checksums and an empty folder are said', async () => {
  await rm(join(directory, SECOND))
  await expect(findEmbeddedModel(directory)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining(SECOND),
  })
  await rm(join(directory, 'SHA256SUMS'))
  await expect(findEmbeddedModel(directory)).rejects.toMatchObject({ message: expect.stringContaining('SHA256SUMS') })
  await expect(findEmbeddedModel(join(directory, 'none'))).rejects.toMatchObject({
    message: expect.stringContaining('empty'),
  })
})
