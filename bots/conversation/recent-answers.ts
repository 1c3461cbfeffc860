import type { Answer } from '#core/answer.ts'

/** Answers of which all rows are still at hand: of what is kept on disk, most rows are missing by intent. */
export type RecentAnswers = {
  keep(answer: Answer): void
  get(questionId: string): Answer | undefined
}

const MOST_ANSWERS = 50
const MOST_CELLS = 500_000

/** Remembers the last answers, fewer when they are large. */
export function createRecentAnswers(): RecentAnswers {
  const answers = new Map<string, Answer>()
  let cells = 0
  return {
    keep(answer) {
      answers.set(answer.trace.questionId, answer)
      cells += sizeOf(answer)
      for (const [id, oldest] of answers) {
        if (answers.size === 1 || (answers.size <= MOST_ANSWERS && cells <= MOST_CELLS)) break
        answers.delete(id)
        cells -= sizeOf(oldest)
      }
    },
    get: (questionId) => answers.get(questionId),
  }
}

function sizeOf(answer: Answer): number {
  return answer.kind === 'answered' ? answer.result.rows.length * answer.result.columns.length : 0
}
