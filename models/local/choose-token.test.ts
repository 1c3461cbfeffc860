import { expect, test } from 'vitest'
import { chooseToken, seededRandom, withholdToken } from './choose-token.ts'

const LOGITS = new Map([
  ['b', 1],
  ['a', 3],
  ['c', -4],
])
const total = Math.exp(3) + Math.exp(1) + Math.exp(-4)

test('at temperature 0 the likeliest token is chosen, with its log-probability', () => {
  const choice = chooseToken(LOGITS, { temperature: 0, topP: 1, random: () => 0.999 })
  expect(choice.token).toBe('a')
  expect(choice.logProb).toBeCloseTo(Math.log(Math.exp(3) / total), 12)
})

test('tokens are drawn as often as their probability at the temperature says', () => {
  const random = seededRandom(1)
  const drawn = Array.from({ length: 20_000 }, () => chooseToken(LOGITS, { temperature: 2, topP: 1, random }).token)
  const weights = [Math.exp(3 / 2), Math.exp(1 / 2), Math.exp(-4 / 2)]
  const sum = weights.reduce((one, other) => one + other)
  for (const [index, token] of ['a', 'b', 'c'].entries())
    expect(drawn.filter((one) => one === token).length / drawn.length).toBeCloseTo((weights[index] as number) / sum, 1)
})

test('the log-probability of a drawn token is that at temperature 1', () => {
  const choice = chooseToken(LOGITS, { temperature: 5, topP: 1, random: () => 0.9999 })
  expect(choice.token).toBe('c')
  expect(choice.logProb).toBeCloseTo(Math.log(Math.exp(-4) / total), 12)
})

test('tokens outside the nucleus are never drawn', () => {
  const random = seededRandom(2)
  const drawn = new Set(
    Array.from({ length: 2000 }, () => chooseToken(LOGITS, { temperature: 1, topP: 0.95, random }).token),
  )
  expect([...drawn].sort()).toEqual(['a', 'b'])
})

test('the same seed gives the same numbers, another seed others, all from 0 to below 1', () => {
  const numbers = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed))
  expect(numbers(7)).toEqual(numbers(7))
  expect(numbers(7)).not.toEqual(numbers(8))
  expect(numbers(7).every((one) => one >= 0 && one < 1)).toBe(true)
  expect(numbers(7).reduce((one, other) => one + other) / 1000).toBeCloseTo(0.5, 1)
})

test('a token that is withheld is no longer chosen, and says how likely it was', () => {
  const logits = new Map(LOGITS)
  expect(withholdToken(logits, 'a')).toBeCloseTo(Math.log(Math.exp(3) / total), 12)
  const choice = chooseToken(logits, { temperature: 0, topP: 1, random: () => 0 })
  expect(choice.token).toBe('b')
  expect(choice.logProb).toBeCloseTo(Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(-4))), 12)
  // Of what is not among the likeliest it is only known that it was not likelier than the last of them.
  expect(withholdToken(new Map(LOGITS), 'z')).toBeCloseTo(Math.log(Math.exp(-4) / total), 12)
})
