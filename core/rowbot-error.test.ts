import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DatabaseError } from '#databases/database-error.ts'
import { advised, RowbotError } from './rowbot-error.ts'

const caught = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: raw words of the system`), { code, ...more })

describe('advice', () => {
  it('keeps the words of errors that have their own', () => {
    const words = { code: 'no-such-database', message: 'There is none.', advice: 'List them.' }
    expect(advised(new DatabaseError(words))).toEqual(words)
    expect(advised(new RowbotError(words))).toEqual(words)
  })

  it('finds them, and known causes, however deep', () => {
    const words = { code: 'c', message: 'm', advice: 'a' }
    expect(advised(new Error('outer', { cause: new Error('middle', { cause: new RowbotError(words) }) }))).toEqual(
      words,
    )
    expect(advised(new Error('outer', { cause: withCode('ENOSPC') })).code).toBe('ENOSPC')
  })

  it('prefers words of our own to those for a cause', () => {
    const outer = new Error('outer', {
      cause: new RowbotError({ code: 'ours', message: 'm', advice: 'a', cause: withCode('ENOSPC') }),
    })
    expect(advised(outer).code).toBe('ours')
  })

  it('names the file that is missing, the folder that is no file, and what may not be read', () => {
    const missing = join(tmpdir(), 'no', 'such', 'file')
    expect(advised(caught(() => readFileSync(missing)))).toMatchObject({
      code: 'ENOENT',
      message: expect.stringContaining(missing),
    })
    expect(advised(caught(() => readFileSync(tmpdir())))).toMatchObject({ code: 'EISDIR' })
    expect(advised(withCode('EACCES', { path: '/root/x' })).message).toContain('/root/x')
  })

  it('names the port that is in use', async () => {
    const first = createServer().listen(0, '127.0.0.1')
    await new Promise((listening) => first.once('listening', listening))
    const address = first.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const second = createServer().listen(port, '127.0.0.1')
    const error = await new Promise((failed) => second.once('error', failed))
    first.close()
    expect(advised(error)).toEqual({
      code: 'EADDRINUSE',
      message: `Port ${port} is already in use by another program.`,
      advice: expect.stringContaining('ROWBOT_PORT'),
    })
  })

  it.runIf(process.platform === 'linux')('knows a full disk when it meets one', () => {
    expect(advised(caught(() => writeFileSync('/dev/full', 'x')))).toMatchObject({
      code: 'ENOSPC',
      message: expect.stringContaining('disk is full'),
    })
  })

  it.each([
    'EADDRINUSE',
    'EADDRNOTAVAIL',
    'ENOSPC',
    'EDQUOT',
    'EACCES',
    'EPERM',
    'EROFS',
    'EMFILE',
    'ENFILE',
    'ENOENT',
    'ENOTDIR',
    'EISDIR',
    'ENOMEM',
    'ECONNREFUSED',
    'ENOTFOUND',
    'SQLITE_FULL',
    'SQLITE_CORRUPT',
    'SQLITE_CORRUPT_VTAB',
    'SQLITE_NOTADB',
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_READONLY_DBMOVED',
    'SQLITE_IOERR_WRITE',
    'SQLITE_CANTOPEN',
    'SQLITE_NOMEM',
  ])('says what %s means and what to do, without words of the system', (code) => {
    const { message, advice, ...rest } = advised(withCode(code))
    expect(rest).toEqual({ code })
    expect(message).toMatch(/^[A-Z].*[.?]$/)
    expect(message).not.toContain('raw words')
    expect(message).not.toContain(code)
    expect(message).not.toContain('  ')
    expect(advice.length).toBeGreaterThan(20)
  })

  it.each([
    [new Error('a defect')],
    ['a text'],
    [undefined],
    [null],
    [withCode('EWEIRD')],
    [{ code: 'x', advice: 'not an error' }],
  ])('makes something of anything: %s', (error) => {
    expect(advised(error)).toMatchObject({
      code: 'unexpected',
      message: expect.stringContaining('did not expect'),
      advice: expect.any(String),
    })
  })

  it('does not follow causes in a circle', () => {
    const error = new Error('round')
    error.cause = error
    expect(advised(error).code).toBe('unexpected')
  })
})
