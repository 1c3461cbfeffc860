import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeGguf } from '../testing/write-gguf.ts'
import { checkAdapterFile } from './adapter-file.ts'
import { checkModelFile } from './model-file.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowbot-model-file-'))
})
afterAll(() => rm(directory, { recursive: true }))

const QWEN = {
  'general.architecture': 'qwen2',
  'qwen2.block_count': 24,
  'qwen2.embedding_length': 896,
  'qwen2.attention.head_count': 14,
  'qwen2.attention.head_count_kv': 2,
}
const USE = { base: 'b1', promptVersion: 'p1' }
const TENSORS = { 'token_embd.weight': 4096, 'output_norm.weight': 4096 }

async function failure(path: string) {
  const error = await checkModelFile(path).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error as { name: string; code: string; message: string; advice: string }
}

test('a sound file has a name, a size and the memory that its context takes', async () => {
  const path = join(directory, 'qwen-tiny.gguf')
  const { length } = await writeGguf(path, { metadata: QWEN, tensors: TENSORS })
  expect(await checkModelFile(path)).toMatchObject({
    name: 'qwen-tiny',
    files: [path],
    bytes: length,
    // 24 layers of 2 heads of 64 keys and 64 values of 2 bytes.
    contextBytesPerToken: 12_288,
  })
})

test('the hash tells contents of the same size apart', async () => {
  const one = join(directory, 'one.gguf')
  const other = join(directory, 'other.gguf')
  await writeGguf(one, { metadata: { ...QWEN, 'general.name': 'aaaa' }, tensors: TENSORS })
  await writeGguf(other, { metadata: { ...QWEN, 'general.name': 'aaab' }, tensors: TENSORS })
  expect((await checkModelFile(one)).hash).not.toBe((await checkModelFile(other)).hash)
  expect((await checkModelFile(one)).hash).toBe((await checkModelFile(one)).hash)
})

test('a split model is found by any of its shards', async () => {
  const shards = ['-00001-of-00002.gguf', '-00002-of-00002.gguf'].map((end) => join(directory, `split${end}`))
  await writeGguf(shards[0] as string, { metadata: QWEN, tensors: { 'token_embd.weight': 4096 } })
  await writeGguf(shards[1] as string, { metadata: { 'split.no': 1 }, tensors: { 'output_norm.weight': 4096 } })
  const byFirst = await checkModelFile(shards[0] as string)
  expect(byFirst).toMatchObject({ name: 'split', files: shards })
  expect(await checkModelFile(shards[1] as string)).toEqual(byFirst)
})

test('a missing shard is named', async () => {
  const first = join(directory, 'short-00001-of-00003.gguf')
  await writeGguf(first, { metadata: QWEN, tensors: TENSORS })
  await writeGguf(join(directory, 'short-00003-of-00003.gguf'), { metadata: { 'split.no': 2 }, tensors: TENSORS })
  const error = await failure(first)
  expect(error).toMatchObject({ name: 'ModelError', code: 'shard-missing' })
  expect(error.message).toContain('short-00002-of-00003.gguf')
  expect(error.advice).toContain('one folder')
})

test('a file that is not there is said to be missing', async () => {
  const error = await failure(join(directory, 'nowhere.gguf'))
  expect(error.code).toBe('not-found')
  expect(error.advice).toContain('rowbot models pull')
})

test.each([
  ['an empty file', '', 'truncated'],
  ['a file of another kind', 'SQLite format 3\0 and so on', 'not-a-model'],
  ['nothing but the magic', 'GGUF', 'truncated'],
  ['a header full of nonsense', `GGUF\u0003\0\0\0${'\u00ff'.repeat(40)}`, 'truncated'],
])('%s is refused', async (name, content, code) => {
  const path = join(directory, `${name.replaceAll(' ', '-')}.gguf`)
  await writeFile(path, Buffer.from(content, 'latin1'))
  const error = await failure(path)
  expect(error).toMatchObject({ name: 'ModelError', code })
  expect(error.message).toContain(path)
})

test('a folder is refused', async () => {
  const path = join(directory, 'folder.gguf')
  await mkdir(path)
  expect(await failure(path)).toMatchObject({ code: 'not-a-model', message: expect.stringContaining('folder') })
})

test.each([0.2, 0.5, 0.9, 0.999])('a file of which only the first %f are there is refused', async (share) => {
  const path = join(directory, `cut-${share}.gguf`)
  const { length } = await writeGguf(path, { metadata: QWEN, tensors: { ...TENSORS, last: 8 } })
  await truncate(path, Math.floor(length * share))
  expect((await failure(path)).code).toBe('truncated')
})

test('models that write no text are refused', async () => {
  const path = join(directory, 'embedder.gguf')
  await writeGguf(path, { metadata: { 'general.architecture': 'nomic-bert' }, tensors: TENSORS })
  expect(await failure(path)).toMatchObject({
    code: 'not-a-language-model',
    message: expect.stringContaining('nomic-bert'),
  })
  await writeGguf(path, { metadata: { ...QWEN, 'qwen2.pooling_type': 1 }, tensors: TENSORS })
  expect((await failure(path)).code).toBe('not-a-language-model')
})

test('an adapter is no model and a model no adapter', async () => {
  const path = join(directory, 'adapter.gguf')
  await writeGguf(path, { metadata: { ...QWEN, 'general.type': 'adapter' }, tensors: TENSORS })
  expect(await failure(path)).toMatchObject({
    code: 'not-a-language-model',
    message: expect.stringContaining('adapter'),
  })
  expect(await checkAdapterFile(path, USE)).toMatchObject({ name: 'adapter', file: path })
  await writeGguf(path, { metadata: QWEN, tensors: TENSORS })
  await expect(checkAdapterFile(path, USE)).rejects.toMatchObject({ code: 'adapter-refused' })
  await expect(checkAdapterFile(join(directory, 'none.gguf'), USE)).rejects.toMatchObject({
    code: 'not-found',
    advice: expect.stringContaining('set it to off'),
  })
})

test('an adapter for another model or other prompts is refused; one without a stamp is not', async () => {
  const stamped = async (name: string, stamp: Record<string, string>) => {
    const path = join(directory, `${name}.gguf`)
    await writeGguf(path, { metadata: { ...QWEN, 'general.type': 'adapter', ...stamp }, tensors: TENSORS })
    return checkAdapterFile(path, USE)
  }
  const refused = (message: string) => ({ code: 'adapter-refused', message: expect.stringContaining(message) })
  await expect(stamped('fits', { 'rowbot.base': 'b1', 'rowbot.prompt_version': 'p1' })).resolves.toMatchObject({
    name: 'fits',
  })
  await expect(stamped('bare', {})).resolves.toMatchObject({ name: 'bare' })
  await expect(stamped('base', { 'rowbot.base': 'b2' })).rejects.toMatchObject(refused('another model'))
  await expect(stamped('prompt', { 'rowbot.prompt_version': 'p2' })).rejects.toMatchObject(refused('p2'))
})
