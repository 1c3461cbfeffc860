import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeTinySpider } from './testing/write-tiny-spider.ts'

const folder = mkdtempSync(join(tmpdir(), 'rowbot-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('less than all of Spider dev fails, though every query is right against itself', async () => {
  const spider = writeTinySpider(join(folder, 'spider'))
  rmSync(join(spider, 'testsuite'), { recursive: true })
  const args = ['--import', 'tsx', join(import.meta.dirname, 'bench-eval.ts'), '--spider', spider]
  const { code, text } = await new Promise<{ code: unknown; text: string }>((resolve) =>
    execFile(process.execPath, args, (error, out, err) => resolve({ code: error?.code ?? 0, text: out + err })),
  )
  expect(text).toContain('EX: 6 of 6 right')
  expect(text).toContain('TS: 0 questions instead of 972')
  expect(code).toBe(1)
}, 30_000)
