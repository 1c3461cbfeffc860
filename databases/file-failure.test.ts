import { expect, it } from 'vitest'
import { fileFailure } from './file-failure.ts'

it.each([
  ['EACCES', 'file-unreadable', /permissions/],
  ['EROFS', 'file-unreadable', /permissions/],
  ['SQLITE_IOERR_WRITE', 'file-failed', /The disk failed/],
  ['EIO', 'file-failed', /The disk failed/],
  ['SQLITE_IOERR_SHORT_READ', 'file-damaged', /is damaged/],
  ['SQLITE_CORRUPT_INDEX', 'file-damaged', /is damaged/],
  ['ENOSPC', 'disk-full', /no room/],
])('%s is put into words that fit reading and writing', (given, code, message) => {
  const failure = fileFailure(Object.assign(new Error('x'), { code: given }), 'shop.db')
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message), advice: expect.stringMatching(/\w/) })
  expect(failure.message).not.toMatch(/cannot be read/)
})
