import { expect, it } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const box = createSecretBox(['k'.repeat(32)])

it('opens what it sealed, for the same label only, and never shows it', () => {
  const sealed = box.seal('xoxb-secret', 'slack:T1')
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('secret')
  expect(box.open(sealed, 'slack:T1')).toEqual({ secret: 'xoxb-secret', isStale: false })
  expect(box.open(sealed, 'slack:T2')).toBeNull()
  expect(box.seal('xoxb-secret', 'slack:T1')).not.toBe(sealed)
})

it('refuses what was tampered with, in every byte', () => {
  const sealed = Buffer.from(box.seal('xoxb', 'slack:T1'), 'base64')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(box.open(changed.toString('base64'), 'slack:T1')).toBeNull()
  }
  expect(box.open('', 'slack:T1')).toBeNull()
})
