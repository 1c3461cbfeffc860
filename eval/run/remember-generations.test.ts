import { expect, test } from 'vitest'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import type { GenerateRequest, Generation } from '#models/generator.ts'
import { rememberGenerations, savingClock } from './remember-generations.ts'

const asked = (text: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: 'user', content: text }],
  keptMessages: 0,
  count: 1,
  temperature: 0,
  maxTokens: 10,
  stop: [],
  ...more,
})

test('the same request is answered once, with the same text and the time that it took', async () => {
  const generator = scriptedGenerator([{ when: /fish/, say: ['SELECT 1', 'SELECT 2'], delayMs: 50 }])
  const memory = rememberGenerations()
  const first = await memory(generator, savingClock()).generate(asked('fish'))
  const clock = savingClock()
  const heard: string[] = []
  const started = clock.elapsedMs()
  const request = asked('fish', { onText: (text) => heard.push(text), onCandidate: ({ text }) => heard.push(text) })
  expect(await memory(generator, clock).generate(request)).toEqual(first)
  expect(clock.elapsedMs() - started).toBeGreaterThanOrEqual(49)
  expect(heard).toEqual(['SELECT 1', 'SELECT 1'])
  expect(generator.requests).toHaveLength(1)
})

test.each([{ seed: 1 }, { count: 2, temperature: 1 }, { maxTokens: 11 }, { grammar: 'root ::= "x"' }])(
  'another request is asked anew: %j',
  async (more) => {
    const generator = scriptedGenerator([{ when: /fish/, say: 'SELECT 1' }])
    const remembering = rememberGenerations()(generator, savingClock())
    await remembering.generate(asked('fish'))
    await remembering.generate(asked('fish', more))
    expect(generator.requests).toHaveLength(2)
  },
)

test('what was aborted is given as far as it came, and begun anew only for who wants more, without what they had', async () => {
  const texts = ['SELECT 1', 'SELECT 1', 'SELECT 2']
  let asks = 0
  const generator = {
    ...scriptedGenerator([]),
    async generate({ onCandidate, signal }: GenerateRequest) {
      asks++
      const made: Generation[] = texts.map((text) => ({ text, logProb: -1, tokens: 2, finished: 'stop' }))
      for (const one of made) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        signal?.throwIfAborted()
        onCandidate?.(one)
      }
      return made
    },
  }
  const memory = rememberGenerations()
  /** What somebody hears who has enough after so many. */
  const hear = async (enough: number) => {
    const heard: string[] = []
    const leaving = new AbortController()
    const onCandidate = ({ text }: Generation) => {
      heard.push(text)
      if (heard.length === enough) leaving.abort()
    }
    const request = asked('fish', { count: 3, temperature: 1, onCandidate, signal: leaving.signal })
    const all = await memory(generator, savingClock())
      .generate(request)
      .catch(() => null)
    return { heard, all: all?.length ?? null }
  }
  expect(await hear(1)).toEqual({ heard: ['SELECT 1'], all: null })
  expect(await hear(1)).toEqual({ heard: ['SELECT 1'], all: null })
  expect(asks).toBe(1)
  expect(await hear(4)).toEqual({ heard: texts, all: 3 })
  expect(await hear(4)).toEqual({ heard: texts, all: 3 })
  expect(asks).toBe(2)
})
