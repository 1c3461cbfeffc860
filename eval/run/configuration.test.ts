import { expect, test } from 'vitest'
import { ANSWER_PARTS } from '#core/ask-settings.ts'
import { type ConfigurationWords, readConfigurations } from './configuration.ts'

const labels = (words: Partial<ConfigurationWords>) =>
  readConfigurations({ effort: 'balanced', ...words }).map(({ label }) => label)

test('the one that was asked for comes first, then one for every word, each once', () => {
  expect(labels({})).toEqual(['everything'])
  expect(labels({ compare: 'plain, sqlforge,plain' })).toEqual(['everything', 'plain prompt', "SQLForge's prompt"])
  expect(labels({ without: 'vote', compare: 'repair,fast' })).toEqual([
    'without vote',
    'without repair, vote',
    'without vote, fast',
  ])
  expect(labels({ plain: true, compare: 'constraint,thorough' })).toEqual([
    'plain prompt',
    'without names',
    'everything, thorough',
  ])
})

test('all parts and all efforts in turn', () => {
  expect(labels({ compare: 'parts' })).toEqual(['everything', ...ANSWER_PARTS.map((part) => `without ${part}`)])
  expect(labels({ effort: 'fast', compare: 'efforts' })).toEqual([
    'everything, fast',
    'everything',
    'everything, thorough',
  ])
})

test('a word that means nothing is named', () => {
  expect(() => labels({ compare: 'luck' })).toThrow(
    expect.objectContaining({ code: 'no-such-part', message: expect.stringContaining('"luck"') }),
  )
})
