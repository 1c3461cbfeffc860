import { PREFILL } from '#core/generate/write-sql.ts'
import { groupBy } from '#core/group-by.ts'
import { CHATML, type PromptPiece } from '#models/chat-format.ts'
import type { RenderedExample } from './render-example.ts'

/** How training data are written: for the programs beside this, or as other trainers read them. */
export type OutputFormat = 'rowbot' | 'alpaca' | 'sharegpt'

/** Renderings of one schema and the questions behind it, or single conversations: what becomes one line of the file. */
export function linesOf(rendered: RenderedExample[], format: OutputFormat): unknown[] {
  if (format === 'alpaca') return rendered.map(alpacaOf)
  if (format === 'sharegpt') return rendered.map(shareGptOf)
  // A schema over the budget is cut for each question: such questions stand alone.
  const keyOf = ({ messages, keptMessages }: RenderedExample) => JSON.stringify(messages.slice(0, keptMessages))
  return [...groupBy(rendered, keyOf).values()].map(packOf)
}

type Branch = { source: string; prompt: PromptPiece[]; completion: PromptPiece[] }

/** `prefix` depends on the schema alone, `completion` is what is learnt; all of it as the model reads it. */
function packOf(alike: RenderedExample[]): { prefix: PromptPiece[]; examples: Branch[] } {
  const [first] = alike
  const examples = alike.map(({ source, messages, keptMessages, sql }): Branch => {
    const prompt = [...CHATML.renderMessages(messages.slice(keptMessages)), ...CHATML.renderReply(PREFILL)]
    return { source, prompt, completion: completionOf(sql) }
  })
  return { prefix: first ? CHATML.renderMessages(first.messages.slice(0, first.keptMessages)) : [], examples }
}

function completionOf(sql: string): PromptPiece[] {
  const [, end] = CHATML.renderMessages([{ role: 'assistant', content: '' }]).filter(({ kind }) => kind === 'control')
  return [{ kind: 'text', text: `${sql}\n\`\`\`` }, ...(end ? [end] : [])]
}

/** The whole message of the model, the beginning that serving writes for it included. */
function replyOf(sql: string): string {
  return `${PREFILL}${sql}\n\`\`\``
}

function alpacaOf({ messages, sql }: RenderedExample) {
  const [system, ...rest] = messages
  const question = rest.at(-1)
  const history = rest.slice(0, -1).flatMap(({ role, content }, at, all) => {
    return role === 'user' ? [[content, all[at + 1]?.content ?? '']] : []
  })
  return { instruction: question?.content, input: '', output: replyOf(sql), system: system?.content, history }
}

const SPEAKERS = { system: 'system', user: 'human', assistant: 'gpt' } as const

function shareGptOf({ messages, sql }: RenderedExample) {
  const said = messages.map(({ role, content }) => ({ from: SPEAKERS[role], value: content }))
  return { conversations: [...said, { from: 'gpt', value: replyOf(sql) }] }
}
