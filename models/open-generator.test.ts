import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGenerator } from './open-generator.ts'
import { writeGguf } from './testing/write-gguf.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowbot-open-'))
})
afterAll(() => rm(directory, { recursive: true }))

const open = (model: string, more: object = {}) =>
  openGenerator({ model, modelsDirectory: directory, gpu: 'off', ...more })

test('a name of the catalogue that was not fetched yet says how to fetch it', async () => {
  await expect(open('qwen2.5-coder-1.5b')).rejects.toMatchObject({
    name: 'ModelError',
    code: 'not-found',
    advice: expect.stringContaining('rowbot models pull qwen2.5-coder-1.5b'),
  })
})

test('an unknown name lists the known ones', async () => {
  await expect(open('gpt')).rejects.toMatchObject({
    code: 'not-found',
    advice: expect.stringContaining('qwen2.5-coder-7b'),
  })
})

test('a path that leads nowhere is said', async () => {
  await expect(open(join(directory, 'none.gguf'))).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('none.gguf'),
  })
})

test('a server needs an address', async () => {
  await expect(open('server')).rejects.toMatchObject({
    code: 'unreachable',
    advice: expect.stringContaining('ROWBOT_SERVER_URL'),
  })
})

test('a server is connected to with its settings', async () => {
  const keys: (string | undefined)[] = []
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data: [{ id: 'one' }, { id: 'two' }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const generator = await open('server', { serverUrl, serverApiKey: 'secret', serverModel: 'two', contextTokens: 9000 })
  expect(generator.identity).toMatchObject({ name: 'two', contextTokens: 9000 })
  expect(keys).toEqual(['Bearer secret'])
  await generator.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('a file whose header is sound, but that llama.cpp cannot load, is refused with advice', async () => {
  const file = join(directory, 'strange.gguf')
  await writeGguf(file, { metadata: { 'general.architecture': 'nothing-known' }, tensors: { weight: 64 } })
  await expect(open(file)).rejects.toMatchObject({ name: 'ModelError', code: 'unknown-architecture' })
  await writeGguf(file, { metadata: { 'general.architecture': 'qwen2' }, tensors: { weight: 64 } })
  await expect(open(file)).rejects.toMatchObject({ name: 'ModelError', code: 'load-failed' })
})
