import type { Asked } from './asked.ts'

/**
 * The setting in which SQLForge measured Qwen2.5-Coder-1.5B-Instruct, so that its published figures have a counterpart here: its prompt over
 * the statements that made the database, greedy, once, 256 tokens at most, and its way of finding the query in what is written: that is what it gives.
 */
export async function sqlforgePrompt({ generator, ddl, question, signal }: Asked & { ddl: string }): Promise<string> {
  const [generation] = await generator.generate({
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: `Database schema:\n${ddl}\n\nQuestion: ${question}` },
    ],
    keptMessages: 1,
    count: 1,
    temperature: 0,
    maxTokens: 256,
    stop: [],
    signal,
  })
  return onlyStatement(generation?.text ?? '')
}

// Word for word that of sqlforge 0.1.0 (PyPI, MIT, © 2026 Abdullah Kousa): with another prompt the figures could not be compared.
const SYSTEM =
  'You are an expert data analyst. Given a SQLite database schema and a question, write a single valid SQLite SQL query that answers it. Respond with only the SQL query and nothing else.'

/** What stands in the first fenced block, else everything; up to the first semicolon, as one line. */
function onlyStatement(text: string): string {
  const fenced = /```(?:sql)?([\s\S]*?)```/i.exec(text)?.[1]
  const [statement = ''] = (fenced ?? text).split(';')
  return statement.replace(/\s+/g, ' ').trim()
}
