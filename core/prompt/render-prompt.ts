import { createHash } from 'node:crypto'
import type { Schema } from '#databases/schema/schema.ts'
import type { Message } from '#models/generator.ts'
import type { Turn } from '../question.ts'
import { type QuestionPart, renderQuestion } from './render-question.ts'
import { renderSchema } from './render-schema.ts'

/** A finished prompt. The first `keptMessages` depend on the schema alone, so that their evaluation can be kept. */
export type Prompt = { messages: Message[]; keptMessages: number }

export type PromptParts = QuestionPart & { schema: Schema; examples?: Turn[]; follows?: Turn }

/** The prompt for a question's first query: the schema, verified examples, the turn that it follows up, then the question. */
export function renderPrompt({ schema, examples = [], follows, ...question }: PromptParts): Prompt {
  const earlier = [...examples, ...(follows ? [follows] : [])].flatMap((turn): Message[] => [
    { role: 'user', content: turn.question },
    { role: 'assistant', content: fenced(turn.sql) },
  ])
  const text = follows ? `${renderQuestion(question)}\nChange the query above accordingly.` : renderQuestion(question)
  return { messages: [...schemaMessages(schema), ...earlier, { role: 'user', content: text }], keptMessages: 1 }
}

/** The kept part of every prompt about a schema. */
export function schemaMessages(schema: Schema): Message[] {
  return [{ role: 'system', content: `${INSTRUCTION}\n\n${renderSchema(schema)}` }]
}

/** The prompt for another attempt: the failed query, what is wrong with it, and which names there are. */
export function renderRepair(prompt: Prompt, failed: string, complaint: string): Prompt {
  return {
    keptMessages: prompt.keptMessages,
    messages: [
      ...prompt.messages,
      { role: 'assistant', content: fenced(failed) },
      { role: 'user', content: `${complaint}\nWrite the corrected query.` },
    ],
  }
}

function fenced(sql: string): string {
  return `\`\`\`sql\n${sql}\n\`\`\``
}

const INSTRUCTION = 'You translate questions into SQL for SQLite. Answer with one SQL query.'

/**
 * Names what prompts look like, a hash of fixed samples. What they do not show changes unseen: the date, other date formats, codes, keys of
 * several columns, quoted names. Adapters are trained on those too, so whoever changes them trains anew (`render-prompt.test.ts` holds them).
 */
export function promptVersion(): string {
  const prompt = renderPrompt(SAMPLE)
  const repair = renderRepair(prompt, 'SELECT nam FROM city', 'no such column: nam')
  return createHash('sha256')
    .update(JSON.stringify([prompt, repair]))
    .digest('hex')
    .slice(0, 12)
}

const SAMPLE: PromptParts = {
  schema: {
    dialect: 'sqlite',
    hash: 'sample',
    warnings: [],
    tables: [
      {
        name: 'city',
        kind: 'table',
        comment: 'where people live',
        columns: [
          { name: 'id', type: 'INTEGER', notNull: true, values: [], valuesComplete: false },
          { name: 'name', type: 'TEXT', notNull: true, values: ['Bern', 'Oslo'], valuesComplete: true },
          { name: 'founded', type: 'TEXT', notNull: false, values: [], valuesComplete: false, dateFormat: 'date' },
        ],
        primaryKey: ['id'],
        foreignKeys: [{ columns: ['name'], references: { table: 'city', columns: ['name'] }, guessed: true }],
        uniqueKeys: [],
        indexes: [],
        rowCount: 2,
      },
    ],
  },
  text: 'Which cities were founded last year?',
  values: [{ column: 'city.name', value: 'Bern', matched: 'Bern' }],
  periods: [
    {
      period: { text: 'last year', start: '2024-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z', label: '2024' },
      conditions: ["city.founded >= '2024-01-01' AND city.founded < '2025-01-01'"],
    },
  ],
  meanings: ['"never" means city.id NOT IN (SELECT city_id FROM visit)'],
  glossary: [{ term: 'big city', meaning: 'one with over 100,000 people' }],
  today: '2025-06-01',
  examples: [{ question: 'Which cities are there?', sql: 'SELECT name FROM city' }],
  follows: { question: 'How many cities are there?', sql: 'SELECT count(*) FROM city' },
}
