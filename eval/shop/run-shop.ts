import type { Answer, SqlValue } from '#core/answer.ts'
import type { Asker, Turn } from '#core/question.ts'
import type { QueryOutcome } from '#databases/sandbox/query-outcome.ts'
import { type Asking, askOnce } from '../ask-once.ts'
import { sameResult } from '../score/same-result.ts'
import { shopDates } from './shop-dates.ts'
import { SHOP_QUESTIONS, type ShopQuestion } from './shop-questions.ts'

export type ShopResult = { id: string; question: string; right: boolean; sql: string | null; said: string; ms: number }

/**
 * Asks the 40 everyday questions of the sample shop and compares with what the expected SQL gives. Right is: the same rows under some order
 * of the columns, further columns allowed (a name beside the total asked for misleads nobody), or no answer where there is none.
 */
export async function runShop(parts: {
  assistant: Asking
  asker: Asker
  /** Id or name of the shop; today is the day up to which it has orders. */
  shop: string
  today: string
  run: (sql: string) => Promise<QueryOutcome>
  onResult?: (result: ShopResult) => void
  signal?: AbortSignal
}): Promise<ShopResult[]> {
  const results: ShopResult[] = []
  for (const question of SHOP_QUESTIONS) {
    const started = performance.now()
    const asked = {
      text: question.question,
      database: parts.shop,
      asker: parts.asker,
      follows: earlierTurn(question, parts.today),
    }
    const answer = await askOnce(parts.assistant, asked, parts.signal)
    const ms = performance.now() - started
    const right = await isRight(question, answer, parts)
    const { id } = question
    const result = {
      id,
      question: question.question,
      right,
      sql: answer.kind === 'answered' ? answer.sql : null,
      said: said(answer),
      ms,
    }
    results.push(result)
    parts.onResult?.(result)
  }
  return results
}

function earlierTurn({ follows }: ShopQuestion, today: string): Turn | undefined {
  const earlier = SHOP_QUESTIONS.find((one) => one.id === follows)
  if (!earlier || earlier.expectedSql === 'unanswerable') return undefined
  return { question: earlier.question, sql: earlier.expectedSql(shopDates(today)) }
}

function said(answer: Answer): string {
  return answer.kind === 'answered' ? answer.explanation.summary : `${answer.reason}: ${answer.message}`
}

async function isRight(
  question: ShopQuestion,
  answer: Answer,
  { today, run }: { today: string; run: (sql: string) => Promise<QueryOutcome> },
): Promise<boolean> {
  if (question.expectedSql === 'unanswerable') return answer.kind === 'unanswered'
  if (answer.kind !== 'answered') return false
  const expected = await run(question.expectedSql(shopDates(today)))
  if (expected.kind !== 'rows') throw new Error(`the expected SQL of ${question.id} does not run: ${expected.message}`)
  const width = expected.columns.length
  return columnChoices(answer.result.columns.length, width).some((columns) =>
    sameResult(
      expected.rows.map((row) => row.map(rounded)),
      answer.result.rows.map((row) => columns.map((index) => rounded(row[index] ?? null))),
      question.ordered,
    ),
  )
}

/** Sums of the same amounts in another order differ in their last bits. */
function rounded(value: SqlValue): SqlValue {
  return typeof value === 'number' ? Number(value.toPrecision(12)) : value
}

/** Every choice of so many columns, in their order: sameResult tries the orders. */
function columnChoices(available: number, width: number, from = 0): number[][] {
  if (width === 0) return [[]]
  const choices: number[][] = []
  for (let index = from; index <= available - width; index++) {
    for (const rest of columnChoices(available, width - 1, index + 1)) choices.push([index, ...rest])
  }
  return choices
}
