import type { Generator } from '#models/generator.ts'
import type { Answer, Answered } from './answer.ts'
import { leavesOut, notUnderstood } from './answerable/other-language.ts'
import { notInDatabase, type Refusal, suggestions } from './answerable/refuse.ts'
import type { AskSettings } from './ask-settings.ts'
import type { AskedDatabase } from './asked-database.ts'
import { type AnswerSignals, readSignals } from './confidence/answer-signals.ts'
import { isUnsure, judgeOf } from './confidence/judge-answer.ts'
import { sayDoubt, sayUnknown, UNSURE } from './doubt/say-doubt.ts'
import { unheldValues } from './doubt/unheld-values.ts'
import { unknownWords } from './doubt/unknown-words.ts'
import { nameMissing } from './generate/name-missing.ts'
import type { Prompt } from './prompt/render-prompt.ts'
import type { GlossaryEntry, Question } from './question.ts'
import type { Chosen, Solution } from './solve.ts'
import { toAnswered } from './to-answered.ts'
import type { Trace } from './trace.ts'
import { tooSlow, unanswered } from './unanswered.ts'
import type { Understood } from './understand.ts'
import { asTyped } from './words/as-typed.ts'

type Conclusion = {
  question: Question
  /** The question as it was read. */
  text: string
  english: boolean
  database: AskedDatabase
  understood: Understood
  /** What people have defined that the question uses. */
  glossary: GlossaryEntry[]
  solution: Solution
  /** Whether a query that answers another question may be held back. */
  mayRefuse: boolean
  prompt: Prompt
  generator: Generator
  signal: AbortSignal
  settings: AskSettings
  /** Is given the signals that the answer was judged by. */
  trace: Trace
}

/** The answer that was found, or why none is given: no query works, or the one that was found answers another question. */
export async function conclude(conclusion: Conclusion): Promise<Answer> {
  const { question, text, trace, database, english, mayRefuse, generator, signal } = conclusion
  const found = conclusion.solution
  if (found.kind === 'missing') return unanswered({ trace }, notInDatabase([found.name], database.schema))
  if (found.kind === 'none') return unanswered({ trace }, noSolution(conclusion))
  const unheld = await unheldValues(found.chosen.candidate.sql, database, signal)
  const solution = { ...found, unknownValues: [...found.unknownValues, ...unheld] }
  const signals = signalsOf(conclusion, solution)
  trace.signals = signals
  if (!english && !isManaged(text, solution, signals)) {
    return unanswered({ trace }, notUnderstood(generator.identity.name, database.schema))
  }
  const judge = judgeOf(generator.identity)
  if (mayRefuse && !question.follows && judge.unanswerable(signals) >= judge.refuseFrom) {
    return unanswered({ trace }, notInDatabase(await missingWords(conclusion, signals), database.schema))
  }
  return answered(conclusion, solution, judge.confidence(signals))
}

/** What the question asks for and the database does not hold: words that it does not know, else what the model says. */
async function missingWords(conclusion: Conclusion, { noAnswer }: AnswerSignals): Promise<string[]> {
  const { understood, text: question } = conclusion
  const { unknown, names } = understood.coverage
  const words = [...asTyped(unknown, question), ...names]
  if (words.length > 0 || noAnswer === null || noAnswer < LEAST_SAID) return words
  const name = await nameMissing({ ...conclusion, question })
  return name === null ? [] : [name]
}

/** Log-odds below which a model sees nothing missing. */
const LEAST_SAID = -3

/** Of a question in another language the words say too little for the fitted judgement: what is plain in the query itself counts. */
function isManaged(text: string, { chosen, doubt, unknownValues }: Chosen, { agreement, tokenLogProb }: AnswerSignals) {
  const isSure = agreement >= LEAST_AGREEMENT && (tokenLogProb ?? 0) >= LEAST_TOKEN_LOG_PROB
  return !doubt && unknownValues.length === 0 && isSure && !leavesOut(text, chosen.candidate.sql)
}

const LEAST_AGREEMENT = 0.5
const LEAST_TOKEN_LOG_PROB = -0.2

function signalsOf(
  { question, text, database, understood, trace, generator }: Conclusion,
  solution: Chosen,
): AnswerSignals {
  return readSignals({
    ...solution,
    doubtful: solution.doubt !== null,
    question: text,
    schema: database.schema,
    values: understood.values.map((value) => value.matched),
    periods: understood.named.map((period) => period.text),
    coverage: understood.coverage,
    defined: understood.defined,
    attempts: trace.attempts,
    follows: question.follows,
    countTokens: (sql) => generator.countTokens(sql),
  })
}

function answered(
  { question, text, english, database, understood, glossary, trace }: Conclusion,
  { chosen, unknownValues, doubt }: Chosen,
  confidence: number | null,
): Answered {
  const warning = doubt ? sayDoubt(doubt) : isUnsure(confidence) ? UNSURE : null
  const unknown = english ? unknownWords(text, chosen.candidate.sql, understood.coverage, question.follows) : []
  const notes = [
    ...glossary.map(({ term, meaning }) => `Used: ${term} means ${meaning}`),
    ...chosen.notes,
    ...unknownValues.map(({ table, column, value }) => `No row has “${value}” in ${table}.${column}.`),
    ...(unknown.length > 0 ? [sayUnknown(unknown)] : []),
    ...(warning ? [warning] : []),
    ...(english ? [] : ['The question is not in English, which the model knows best: check below what was computed.']),
  ]
  return toAnswered({
    database,
    sql: chosen.candidate.sql,
    result: chosen.outcome,
    periods: [...understood.named, ...understood.kept],
    asker: question.asker,
    notes,
    confidence,
    trace,
  })
}

function noSolution({ trace, settings, generator, database: { schema }, english }: Conclusion): Refusal {
  if (!english) return notUnderstood(generator.identity.name, schema)
  if (trace.attempts.some((attempt) => attempt.outcome.kind === 'timed-out')) return tooSlow(settings)
  if (trace.attempts.length === 0) return notInDatabase([], schema)
  const tried =
    trace.attempts.length === 1 ? 'The query that I tried' : `The ${trace.attempts.length} queries that I tried`
  return {
    reason: 'no-valid-query',
    message: `I could not find a query that answers this. ${tried} did not work. Try other words, or ask for one thing at a time.`,
    suggestions: suggestions(schema),
  }
}
