import { appendFile, readFile, truncate } from 'node:fs/promises'
import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { askOnce } from '../ask-once.ts'
import type { Measured } from '../measured.ts'
import { gitRevision } from '../run/git-revision.ts'
import { openScorer, type Scorer } from '../score/open-scorer.ts'
import { scoreCase } from '../score/score-case.ts'
import type { RefusalCase, RefusalKind } from './refusal-case.ts'

/** What became of a question when no query that was found is held back. */
export type JudgedAnswer = {
  kind: RefusalKind
  database: string
  question: string
  hidden: RefusalCase['hidden']
  /** Whose answer it is, and what asked for it: an answer of other code is not kept. */
  model: string
  promptVersion: string
  revision: string | null
  sql: string | null
  /** Null where there is no right answer. */
  right: boolean | null
  /** Null where no query was found. */
  signals: AnswerSignals | null
}

/** Asks every case and holds no answer back, or takes the answers that `file` keeps from before. */
export async function judgeAnswers(measured: Measured, cases: RefusalCase[], file?: string): Promise<JudgedAnswer[]> {
  const { generator, databases, asker, print, signal } = measured
  const { name, adapter } = generator.identity
  const model = adapter ? `${name} + ${adapter}` : name
  const by = { model, promptVersion: promptVersion(), revision: gitRevision() }
  const kept = new Map((file ? await readKept(file) : []).map((one) => [keyOf(one), one]))
  const assistant = measured.assistantOver(generator, { without: ['refusals'] })
  const scorer = openScorer({ processes: 1 })
  const judged: JudgedAnswer[] = []
  try {
    for (const one of cases) {
      signal.throwIfAborted()
      const before = kept.get(keyOf({ ...one, ...by }))
      if (before) {
        judged.push(before)
        continue
      }
      const database = await databases.borrow(one.file, one.hidden)
      const answer = await askOnce(assistant, { text: one.question, database, asker }, signal)
      const sql = answer.kind === 'answered' ? answer.sql : null
      const { kind, question, hidden } = one
      const right = await isRight(scorer, one, sql, signal)
      const found = {
        kind,
        database: one.database,
        question,
        hidden,
        ...by,
        sql,
        right,
        signals: answer.trace.signals ?? null,
      }
      judged.push(found)
      if (file) await appendFile(file, `${JSON.stringify(found)}\n`)
      print(`${judged.length}/${cases.length} ${kind} ${right ?? ''}: ${question}\n    ${sql ?? ''}`)
    }
    return judged
  } finally {
    await scorer.close()
  }
}

async function isRight(
  scorer: Scorer,
  { gold }: RefusalCase,
  sql: string | null,
  signal: AbortSignal,
): Promise<boolean | null> {
  if (!gold) return null
  return (await scoreCase(scorer, gold, sql, { signal })).verdict === 'right'
}

function keyOf(one: Omit<JudgedAnswer, 'sql' | 'right' | 'signals'>): string {
  const { kind, database, question, hidden, model, promptVersion, revision } = one
  return JSON.stringify([kind, database, question, hidden, model, promptVersion, revision])
}

/** A last line that was cut off when the process died is dropped from the file too: the next one would be written behind it. */
async function readKept(file: string): Promise<JudgedAnswer[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) await truncate(file, Buffer.byteLength(whole))
  return whole.split('\n').flatMap((line, at) => (line === '' ? [] : [parseLine(line, `${file}, line ${at + 1}`)]))
}

function parseLine(line: string, where: string): JudgedAnswer {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new RowbotError({
      code: 'dataset-format',
      message: `${where}: this is no JSON.`,
      advice: 'Take the line out, or name another file with --answers.',
      cause,
    })
  }
}
