import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { gitRevision } from './git-revision.ts'

const folder = mkdtempSync(join(tmpdir(), 'rowbot-git-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('names the commit, and tells changes apart', () => {
  const write = (text: string) => writeFileSync(join(folder, 'code.txt'), text)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder })
  git('init', '--quiet')
  write('one')
  git('add', '.')
  git('commit', '--quiet', '-m', 'First')
  const clean = gitRevision(folder)
  expect(clean).toMatch(/^[0-9a-f]{12}$/)
  const revisions = ['two', 'three', 'two', 'one'].map((text) => {
    write(text)
    return gitRevision(folder)
  })
  expect(revisions).toEqual([
    expect.stringMatching(/^[0-9a-f]{12}\+[0-9a-f]{8}$/),
    expect.stringMatching(/^[0-9a-f]{12}\+[0-9a-f]{8}$/),
    revisions[0],
    clean,
  ])
  expect(revisions[0]).not.toBe(revisions[1])
})

test('is not known outside of a checkout', () => {
  expect(gitRevision(tmpdir())).toBeNull()
})
