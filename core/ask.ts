import type { Generator } from '#models/generator.ts'
import { untilAborted } from '#models/until-aborted.ts'
import type { Answer, Answered } from './answer.ts'
import { isEnglish } from './answerable/detect-language.ts'
import { readQuestion } from './answerable/read-question.ts'
import { refuseUnknown } from './answerable/refuse.ts'
import type { AskEvent } from './ask-event.ts'
import type { AskSettings } from './ask-settings.ts'
import type { AskedDatabase, AskedDatabases } from './asked-database.ts'
import { askedTexts } from './asked-texts.ts'
import { conclude } from './conclude.ts'
import { editFollowUp } from './follow-up/edit-follow-up.ts'
import { answerVerified } from './knowledge/answer-verified.ts'
import { type Knowledge, type Recalled, recall } from './knowledge/knowledge.ts'
import { localDate } from './periods/local-date.ts'
import { renderPrompt } from './prompt/render-prompt.ts'
import type { Question } from './question.ts'
import { type Route, routeQuestion } from './routing/route-question.ts'
import { solve } from './solve.ts'
import { type StageClock, startStageClock } from './stage-clock.ts'
import type { Attempt, Trace } from './trace.ts'
import { tooSlow, unanswered } from './unanswered.ts'
import { understand } from './understand.ts'

export type AskParts = {
  databases: AskedDatabases
  generator: Generator
  settings: AskSettings
  /** The moment that "today" is taken from. */
  now: () => Date
  /** The clock by which stages are timed, in ms. */
  elapsedMs: () => number
  promptVersion: string
  /** What people have taught about their databases. */
  knowledge?: Knowledge
}

/** One question under way: what is known so far, and where it is told. */
type Story = AskParts & {
  question: Question
  trace: Trace
  clock: StageClock
  emit: (event: AskEvent) => void
  signal: AbortSignal
}

/**
 * The whole story of a question: read it, route it, link the schema, write a query, check and run it, repair or choose where it is
 * doubtful, explain it. What cannot be answered is an answer too; only what is broken throws.
 */
export async function ask(
  question: Question,
  parts: AskParts,
  { emit, signal }: { emit: (event: AskEvent) => void; signal: AbortSignal },
): Promise<Answer> {
  const clock = startStageClock(parts.elapsedMs)
  const trace = startTrace(question.id, parts, clock)
  const deadline = AbortSignal.timeout(parts.settings.answerDeadlineMs)
  const story: Story = { ...parts, question, trace, clock, emit, signal: AbortSignal.any([signal, deadline]) }
  try {
    return await tell(story)
  } catch (error) {
    if (signal.aborted) return unanswered(story, { reason: 'cancelled', message: 'Stopped.', suggestions: [] })
    if (deadline.aborted) return unanswered(story, tooSlow(parts.settings))
    throw error
  }
}

async function tell(story: Story): Promise<Answer> {
  const { question, clock, emit, signal, now } = story
  const read = readQuestion(question.text, { follows: question.follows !== undefined })
  if (!read.ok) return unanswered(story, { ...read, suggestions: [] })
  const route = await clock.time('introspect', () => chooseDatabase(read.text, story))
  if (route.kind !== 'found') {
    const reason = route.kind === 'none' ? 'not-in-database' : 'which-database'
    return unanswered(story, { reason, message: route.message, suggestions: route.suggestions })
  }
  const database = await clock.time('introspect', () => untilAborted(story.databases.open(route.id), signal))
  emit({ type: 'database', id: database.record.id, name: database.record.name })
  signal.throwIfAborted()

  const known = recall(story.knowledge, {
    databaseId: database.record.id,
    text: read.text,
    follows: question.follows !== undefined,
  })
  const verified = await fromVerified(story, read.text, database, known.verified)
  if (verified) return verified
  const glossary = [...(question.glossary ?? []), ...known.glossary]
  const understood = await clock.time('link', () =>
    understand({ ...story, ...question, glossary, text: read.text, database, now: now() }),
  )
  const english = isEnglish(read.text)
  const { follows } = question
  const asked = { ...understood, schema: database.schema, text: read.text, follows }
  const mayRefuse = english && !story.settings.without?.includes('refusals')
  const refusal = mayRefuse ? refuseUnknown(asked) : null
  if (refusal) return unanswered(story, refusal)
  story.trace.tables = understood.schema.tables.map((table) => table.name)
  emit({ type: 'tables', tables: story.trace.tables })

  const prompt = renderPrompt({
    ...understood,
    text: read.text,
    follows: question.follows,
    glossary,
    examples: [...(question.examples ?? []), ...known.examples],
    today: localDate(now(), question.asker.timeZone),
  })
  const solution = await solve({
    ...story,
    prompt,
    database,
    text: read.text,
    draft: question.follows ? editFollowUp(read.text, question.follows, understood) : null,
    asked: askedTexts(read.text, { ...understood, glossary, follows: question.follows }),
    periods: understood.periods,
    values: understood.values,
    attempts: story.trace.attempts,
  })
  return conclude({ ...story, prompt, text: read.text, database, understood, solution, english, mayRefuse, glossary })
}

/** The verified answer to this question, run again. */
async function fromVerified(
  story: Story,
  text: string,
  database: AskedDatabase,
  verified: Recalled['verified'],
): Promise<Answered | null> {
  const { knowledge, question, settings, trace, signal, now } = story
  if (!knowledge || !verified) return null
  const verifiedBy = verified.verifiedBy === null ? null : knowledge.chatPeople.name(verified.verifiedBy)
  const asked = { text, asker: question.asker, now: now() }
  return answerVerified({ ...asked, verified, database, settings, trace, signal, verifiedBy })
}

/** Where there is a choice, only the chosen database is opened, and one that is broken does not stand in the way of the others. */
async function chooseDatabase(text: string, { question, databases, signal }: Story): Promise<Route> {
  const [only, ...others] = question.databases
  if (only !== undefined && others.length === 0) return { kind: 'found', id: only }
  const surveying = Promise.allSettled(question.databases.map((one) => databases.survey(one)))
  const surveys = await untilAborted(surveying, signal)
  const surveyed = surveys.flatMap((survey) => (survey.status === 'fulfilled' ? [survey.value] : []))
  const broken = surveys.find((survey) => survey.status === 'rejected')
  if (surveyed.length === 0 && broken) throw broken.reason
  return routeQuestion(text, surveyed)
}

function startTrace(questionId: string, { generator, promptVersion }: AskParts, { stageMs }: StageClock): Trace {
  const { name, hash, adapter } = generator.identity
  const attempts: Attempt[] = []
  return {
    questionId,
    promptVersion,
    model: `${name} (${hash.slice(0, 12)})`,
    ...(adapter && { adapter }),
    tables: [],
    attempts,
    stageMs,
  }
}
