import { expect, test } from 'vitest'
import { killDesk } from '../testing/kill-desk.ts'

test('however often it is killed, every accepted question is seen with exactly one end', async () => {
  const found = await killDesk({ questions: 24, kills: 3, random: Math.random, patienceMs: 120_000 })
  expect(found).toMatchObject({ accepted: 24, lost: [], twice: [] })
  expect(found.answered + found.interrupted).toBe(24)
  // The whole program starts four times here.
}, 300_000)
