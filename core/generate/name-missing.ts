import type { Generator } from '#models/generator.ts'
import type { Prompt } from '../prompt/render-prompt.ts'
import { words } from '../words/split-words.ts'
import { NO_ANSWER } from './no-answer.ts'
import { PREFILL } from './write-sql.ts'

const MAX_TOKENS = 12

type Parts = { generator: Generator; prompt: Prompt; question: string; signal: AbortSignal }

/**
 * What the model says is missing in the schema, in words of the question: a model's own are nothing to show to people. Null where it says
 * anything else. Rejects with the signal's reason, or a ModelError.
 */
export async function nameMissing({ generator, prompt, question, signal }: Parts): Promise<string | null> {
  const [said] = await generator.generate({
    ...prompt,
    count: 1,
    temperature: 0,
    maxTokens: MAX_TOKENS,
    prefill: `${PREFILL}${NO_ANSWER}`,
    stop: ['\n', '```'],
    signal,
  })
  const named = words(said?.text ?? '')
  const asked = new Set(words(question))
  return named.length > 0 && named.every((word) => asked.has(word)) ? named.join(' ') : null
}
