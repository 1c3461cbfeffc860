import type { Answer, Answered, SqlValue, Unanswered } from '#core/answer.ts'
import { sayAnswer } from '#core/explain/say-answer.ts'
import type { Asker } from '#core/question.ts'
import { askedChart } from './asked-chart.ts'
import { chooseChart } from './choose-chart.ts'
import { fitTable } from './fit-table.ts'
import { columnsWithCents, formatCell } from './format-cell.ts'
import type { AnsweredReply, Reply, UnansweredReply } from './reply.ts'
import { sayDataAge } from './say-data-age.ts'
import { toAttempt } from './to-attempt.ts'
import { toTable } from './to-table.ts'
import { visibleText } from './visible-text.ts'

/** What the neutral reply holds at most; a platform with less room fits the table once more. */
export const replyLimits = { maxRows: 1000, maxColumns: 100, maxCellCharacters: 500, maxCharacters: 400_000 }

export type Asked = { asker: Asker; question: string }

/** The one reply that every front end renders: an answer in words, table and chart, formatted for the person who asked. */
export function toReply(answer: Answer, asked: Asked): Reply {
  return answer.kind === 'answered' ? answeredReply(answer, asked) : unansweredReply(answer, asked)
}

function answeredReply(answer: Answered, { asker, question }: Asked): AnsweredReply {
  const { result, explanation } = answer
  const cents = columnsWithCents(result)
  const text = (value: SqlValue, column: number) =>
    formatCell(value, result.columns[column] ?? '', { ...asker, cents: cents[column] })
  const view = askedChart(question)?.view ?? null
  const chart = view === 'table' ? null : chooseChart({ rows: result, asked: view, locale: asker.locale, text })
  const said = visibleText(sayAnswer(answer, asker))
  const isSingle = result.rows.length === 1 && result.columns.length === 1
  const table = toTable(result, { caption: visibleText(explanation.summary), text })
  return {
    kind: 'answered',
    ...always(answer, question, asker),
    headline: chart?.peak ? `${chart.peak}.` : said,
    notes: answer.notes.map(visibleText),
    actions: ['follow-up', 'edit-sql', 'csv', 'feedback'],
    database: { id: answer.database.id, name: visibleText(answer.database.name) },
    dataAge: sayDataAge(answer.database, asker),
    sql: answer.sql,
    table: isSingle ? null : fitTable(table, replyLimits, asker.locale),
    chart,
    explanation: {
      summary: visibleText(explanation.summary),
      tables: explanation.tables.map(visibleText),
      filters: explanation.filters.map(visibleText),
      periods: explanation.periods.map((period) =>
        visibleText(period.label.includes(period.text) ? period.label : `${period.text}: ${period.label}`),
      ),
    },
  }
}

function unansweredReply(answer: Unanswered, { asker, question }: Asked): UnansweredReply {
  return {
    kind: 'unanswered',
    ...always(answer, question, asker),
    headline: visibleText(answer.message),
    notes: [],
    actions: answer.trace.attempts.length > 0 ? ['ask-again', 'edit-sql', 'feedback'] : ['ask-again', 'feedback'],
    reason: answer.reason,
    suggestions: answer.suggestions.map(visibleText),
  }
}

function always({ trace }: Answer, question: string, asker: Asker) {
  return {
    questionId: trace.questionId,
    question: visibleText(question),
    attempts: trace.attempts.map((attempt, at) => toAttempt(attempt, at, asker.locale)),
    model: trace.adapter ? `${trace.model} with ${trace.adapter}` : trace.model,
    ms: Math.round(Object.values(trace.stageMs).reduce((sum, ms) => sum + ms, 0)),
  }
}
