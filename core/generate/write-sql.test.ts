import { expect, test } from 'vitest'
import type { GenerateRequest, Generation } from '#models/generator.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'
import { nameMissing } from './name-missing.ts'
import { writeSql } from './write-sql.ts'

const prompt = { messages: [{ role: 'user' as const, content: 'What shoe sizes do singers have?' }], keptMessages: 0 }

function writing(text: string, about: Partial<Generation> = {}, adapter: string | undefined = 'adapter') {
  const requests: GenerateRequest[] = []
  const scripted = scriptedGenerator([])
  const generator = {
    ...scripted,
    identity: { ...scripted.identity, ...(adapter && { adapter }) },
    generate: async (request: GenerateRequest): Promise<Generation[]> => {
      requests.push(request)
      return [{ text, logProb: -1, tokens: 9, finished: 'stop', ...about }]
    },
  }
  return { generator, requests }
}

test('a trained model may not say that something is missing, and how likely it was to goes with the query', async () => {
  const { generator, requests } = writing('SELECT name FROM singers', { withheldLogProb: -0.5 })
  const found = await writeSql(generator, { ...prompt, origin: 'first', count: 1 })
  expect(found).toEqual([{ sql: 'SELECT name FROM singers', origin: 'first', logProb: -1, noAnswerLogProb: -0.5 }])
  expect(requests[0]?.withhold).toBe('-- missing:')
})

test('one without an adapter was never taught to, and is not asked', async () => {
  const { generator, requests } = writing('SELECT name FROM singers', {}, '')
  const found = await writeSql(generator, { ...prompt, origin: 'first', count: 1 })
  expect(found).toEqual([{ sql: 'SELECT name FROM singers', origin: 'first', logProb: -1 }])
  expect(requests[0]?.withhold).toBeUndefined()
})

test.each([
  [' shoe size', 'shoe size'],
  [' shoe sizes', 'shoe size'],
  [' <@everyone> sizes', null],
  [' salary', null],
  ['', null],
])('what is missing is named in words of the question only: "%s"', async (said, name) => {
  const { generator } = writing(said)
  const signal = new AbortController().signal
  expect(await nameMissing({ generator, prompt, question: 'What shoe sizes do singers have?', signal })).toBe(name)
})
