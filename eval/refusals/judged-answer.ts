import { appendFile, readFile } from 'node:fs/promises'
import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import { askOnce } from '../ask-once.ts'
import type { Measured } from '../measured.ts'
import { openScorer, type Scorer } from '../score/open-scorer.ts'
import { scoreCase } from '../score/score-case.ts'
import type { RefusalCase, RefusalKind } from './refusal-case.ts'

/** What became of a question when no query that was found is held back. */
export type JudgedAnswer = {
  kind: RefusalKind
  database: string
  question: string
  hidden: RefusalCase['hidden']
  /** Whose answer it is. */
  model: string
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
  const kept = new Map(
    (file ? await readKept(file) : []).filter((one) => one.model === model).map((one) => [keyOf(one), one]),
  )
  const assistant = measured.assistantOver(generator, { without: ['refusals'] })
  const scorer = openScorer({ processes: 1 })
  const judged: JudgedAnswer[] = []
  try {
    for (const one of cases) {
      signal.throwIfAborted()
      const before = kept.get(keyOf(one))
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
        model,
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

function keyOf({
  kind,
  database,
  question,
  hidden,
}: Pick<JudgedAnswer, 'kind' | 'database' | 'question' | 'hidden'>): string {
  return JSON.stringify([kind, database, question, hidden])
}

async function readKept(file: string): Promise<JudgedAnswer[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JudgedAnswer)
}
