import { describe, expect, test } from 'vitest'
import { correctSlip } from './correct-slip.ts'
import { isAside, isEnglishWord } from './english-words.ts'
import { relatedWords } from './related-words.ts'
import { meaningsAt, readSynset, usesOf } from './wordnet.ts'

test('the first and the last word of an index are found, and what is in none is not', () => {
  for (const word of ['aba', 'zymurgy', "cat's_feet"]) expect(meaningsAt(word, 'noun')).not.toEqual([])
  for (const word of ['zzzz', 'licence plate', 'münchen', '00', '%']) expect(meaningsAt(word, 'noun')).toEqual([])
})

test('a meaning has its words, however long its line is', () => {
  const meanings = meaningsAt('city', 'noun').map((offset) => readSynset('noun', offset))
  expect(meanings[0]?.words).toEqual(['city', 'metropolis', 'urban_center'])
  expect(meanings[0]?.pointers.length).toBeGreaterThan(50)
  expect(meanings[0]?.pointers.every(({ offset }) => Number.isInteger(offset))).toBe(true)
})

test('how often a word was met as what', () => {
  const { noun, verb } = usesOf('put')
  expect(verb).toBeGreaterThan(100)
  expect(noun).toBeLessThan(5)
  expect(usesOf('zzzz')).toEqual({ noun: 0, verb: 0, adj: 0, adv: 0 })
})

test.each([
  ['pupil', 'student'],
  ['component', 'part'],
  ['gymnast', 'athlete'],
  ['athlete', 'gymnast'],
  ['constructed', 'build'],
])('%s is related to %s', (word, other) => expect([...relatedWords(word)]).toContain(other))

test.each([
  ['student', 'school'],
  ['price', 'color'],
])('%s is not to %s', (word, other) => expect([...relatedWords(word)]).not.toContain(other))

describe('words of English', () => {
  test.each(['course', 'sery', 'campuse', 'movy', 'headquarter', 'highest', 'stayed'])('%s', (word) =>
    expect(isEnglishWord(word)).toBe(true),
  )
  test.each(['mininum', 'hihgest', 'qty', 'nane'])('not %s', (word) => expect(isEnglishWord(word)).toBe(false))
})

test.each([
  ['highly', true],
  ['certain', true],
  ['put', true],
  ['salary', false],
  ['headquarter', false],
  ['delayed', false],
  ['mininum', false],
])('%s is an aside: %s', (word, aside) => expect(isAside(word)).toBe(aside))

test.each([
  ['enrolmnet', 'enrolment'],
  ['numbr', 'number'],
  ['salry', 'salary'],
  ['course', 'course'],
  ['qty', 'qty'],
  ['b12', 'b12'],
  ['xyzzy', 'xyzzy'],
])('%s was meant as %s', (word, meant) => expect(correctSlip(word, new Set(['enrolment', 'city']))).toBe(meant))
