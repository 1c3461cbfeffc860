import { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'
import { entryLines } from '../datasets/entry-lines.ts'
import { jsonErrorLine } from '../datasets/json-error-line.ts'
import { readText, wrongFormat } from '../datasets/read-case-file.ts'
import { pythonLines, sessionsOf } from './python-lines.ts'
import type { Gold } from './read-gold.ts'

/**
 * Reads predictions, one for every gold query, in their order: text with one query a line (what follows a tab is left out, and a blank line
 * is a prediction of nothing), a JSON list of queries or of objects that hold one, or BIRD's JSON object of numbers and queries.
 * `likeReference`: predictions that are missing at the end of a conversation are not counted, as the reference does.
 */
export async function readPredictions(
  path: string,
  gold: Gold,
  { likeReference = false } = {},
): Promise<(string | null)[]> {
  const text = await readText(path)
  if (/^\s*[[{]/.test(text)) return matched(path, fromJson(path, text), gold)
  const lines = pythonLines(text)
  if (likeReference) return inSessions(path, sessionsOf(lines).map(queriesOf), gold)
  const isConversation = gold.turns.length > 1
  return matched(path, queriesOf(isConversation ? lines.filter((line) => line !== '') : lines), gold)
}

function queriesOf(lines: string[]): string[] {
  return lines.map((line) => line.split('\t')[0] ?? '')
}

function matched(path: string, predictions: string[], { cases }: Gold): string[] {
  if (predictions.length === cases.length) return predictions
  throw new RowbotError({
    code: 'dataset-format',
    message: `${path} holds ${predictions.length} predictions for ${cases.length} gold queries.`,
    advice: 'Write one prediction for every gold query, in the same order; a blank line for none.',
  })
}

/** Null for gold queries to which no prediction belongs. */
function inSessions(path: string, sessions: string[][], { turns, cases }: Gold): (string | null)[] {
  if (sessions.length !== turns.length) {
    throw new RowbotError({
      code: 'dataset-format',
      message: `${path} holds ${sessions.length} conversations (lines between blank ones), the gold file ${turns.length}.`,
      advice: 'The reference refuses that as well. Without --as-reference, a blank line is a prediction of nothing.',
    })
  }
  const predictions = turns.flatMap((count, at) =>
    Array.from({ length: count }, (_, turn) => sessions[at]?.[turn] ?? null),
  )
  return predictions.slice(0, cases.length)
}

const entry = z.union([
  z.string(),
  z.object({ sql: z.string() }).transform(({ sql }) => sql),
  z.object({ predicted: z.string() }).transform(({ predicted }) => predicted),
  z.object({ SQL: z.string() }).transform(({ SQL }) => SQL),
  z.object({ query: z.string() }).transform(({ query }) => query),
])

const FORMAT =
  'a JSON list of queries, or of objects with "sql", "predicted", "SQL" or "query", or an object of numbers and queries'

function fromJson(path: string, text: string): string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw wrongFormat(`${path}, line ${jsonErrorLine(text)}: this is no JSON.`, FORMAT, cause)
  }
  if (!Array.isArray(parsed)) return fromObject(path, text, parsed)
  return parsed.map((one, at) => {
    const prediction = entry.safeParse(one)
    if (prediction.success) return prediction.data
    throw wrongFormat(`${path}, line ${entryLines(text)[at] ?? 1}: entry ${at + 1} holds no query.`, FORMAT)
  })
}

/** BIRD writes the database behind the query. */
function fromObject(path: string, text: string, parsed: unknown): string[] {
  const numbered = z.record(z.string().regex(/^\d+$/), z.string()).safeParse(parsed)
  if (!numbered.success) {
    const line = lineOfKey(text, String(numbered.error.issues[0]?.path[0] ?? ''))
    throw wrongFormat(`${path}, line ${line}: the object holds something else than numbers and queries.`, FORMAT)
  }
  return Object.entries(numbered.data)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, query]) => query.split('\t----- bird -----\t')[0] ?? '')
}

/** The line on which an object's key stands; the first one where it is written in another way. */
function lineOfKey(text: string, key: string): number {
  const quoted = JSON.stringify(key).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const before = text.slice(0, Math.max(0, text.search(new RegExp(`${quoted}\\s*:`))))
  return before.split('\n').length
}
