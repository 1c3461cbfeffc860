import type { Schema } from '#databases/schema/schema.ts'
import type { Generator } from '#models/generator.ts'
import type { ResolvedPeriod } from './answer.ts'
import { type Coverage, coverWords } from './answerable/cover-words.ts'
import type { AnswerPart } from './ask-settings.ts'
import type { AskedDatabase } from './asked-database.ts'
import { saidAs } from './knowledge/said-as.ts'
import { followPeriods } from './linking/follow-periods.ts'
import { linkPeriods, type PeriodHint } from './linking/link-periods.ts'
import { linkSchema } from './linking/link-schema.ts'
import { linkShape } from './linking/link-shape.ts'
import { linkValues, type ValueHint } from './linking/link-values.ts'
import { linkWords } from './linking/link-words.ts'
import { schemaBudget } from './prompt/schema-budget.ts'
import type { Asker, GlossaryEntry, Turn } from './question.ts'

/** What a question means before any model reads it. */
export type Understood = {
  /** The part of the schema that it needs. */
  schema: Schema
  values: ValueHint[]
  periods: PeriodHint[]
  /** The periods that the question names, and those of the turn before. */
  named: ResolvedPeriod[]
  kept: ResolvedPeriod[]
  /** What its wording means in SQL, and what its words are called in the schema, each as `"words" means SQL`. */
  meanings: string[]
  /** Words of the question that people have defined. */
  defined: string[]
  coverage: Coverage
}

export type UnderstandParts = {
  text: string
  database: Pick<AskedDatabase, 'schema' | 'values'>
  generator: Generator
  asker: Asker
  now: Date
  follows?: Turn
  /** Words that people have defined. */
  glossary?: GlossaryEntry[]
  /** Hints that are left out. */
  settings?: { without?: readonly AnswerPart[] }
}

/** Links a question to a database: the tables it needs, the values and periods it names, and the words that nothing accounts for. */
export function understand(parts: UnderstandParts): Understood {
  const { text, database, generator, asker, now, follows, glossary = [] } = parts
  const isOff = (part: AnswerPart) => parts.settings?.without?.includes(part) ?? false
  const { schema: whole, values } = database
  const said = follows ? `${follows.question} ${text}` : text
  // What a defined word means, and the query before, may need tables that neither question names.
  const context = [said, follows?.sql ?? '', ...glossary.map(({ meaning }) => meaning)].join(' ')
  const schema = linkSchema(context, whole, schemaBudget(generator))
  const { timeZone, weekStart, locale } = asker
  const { named, kept } = followPeriods(text, follows, { now, timeZone, weekStart, locale })
  const found = isOff('values') ? [] : linkValues(text, schema, values)
  const defined = glossary.flatMap(({ term }) => [term, saidAs(term, text) ?? ''])
  const [matched, spoken] = [found.map((value) => value.matched), named.map((period) => period.text)]
  return {
    schema,
    values: found,
    periods: isOff('periods') ? [] : linkPeriods(said, named, schema),
    named,
    kept,
    meanings: [
      ...(isOff('shape') ? [] : linkShape(text, schema)),
      ...(isOff('words') ? [] : linkWords(text, schema, [...matched, ...spoken, ...defined])),
    ],
    defined,
    coverage: coverWords({
      question: text,
      schema: whole,
      values: matched,
      defined,
      periods: spoken,
    }),
  }
}
