import type { Schema } from '#databases/schema/schema.ts'
import { type Coverage, type CoverageParts, coverWords } from '../answerable/cover-words.ts'
import { unusedAttributes } from '../answerable/unused-attributes.ts'
import { unknownWords } from '../doubt/unknown-words.ts'
import type { UnknownValue } from '../fit/values/fix-literals.ts'
import type { Turn } from '../question.ts'
import { isEmpty, type Ran, ran, resultKey } from '../ran.ts'
import { tokenizeSql } from '../sql/tokenize-sql.ts'
import { type Attempt, tokenLogProb, votesOf } from '../trace.ts'
import { abbreviates } from '../words/abbreviations.ts'
import { isThing } from '../words/english-words.ts'
import { words } from '../words/split-words.ts'
import { unfoundedParts } from './unfounded/unfounded-parts.ts'

/** What an answer's reliability is judged by; null where it is not known. All are numbers, so that weights can be fitted to them. */
export type AnswerSignals = {
  /** Mean log-probability of the tokens of the chosen query. */
  tokenLogProb: number | null
  /** The same of the query that was written first, without sampling. */
  firstTokenLogProb: number | null
  /** Log-probability of the whole chosen query. */
  logProb: number | null
  /** Share of the tries that gave the chosen query's result; 1 where one try was enough. */
  agreement: number
  /** 1 where more than one query was tried. */
  several: number
  /** How much had to be changed in the query, up to 3. */
  changes: number
  empty: number
  doubtful: number
  /** Words of the question that the schema knows nothing about: their number, up to 3, their share, and whether the first is one. */
  unknownWords: number
  unknownShare: number
  subjectUnknown: number
  /** How far the question's words are from the schema's, from 0 to 1. */
  distance: number
  /** Things that the question names and the database knows nothing of, or only what has to do with them, and the query neither, up to 3. */
  unknownThings: number
  vagueThings: number
  /** Share of the question's telling words that nothing in the chosen query accounts for, and how far they are from what is in it. */
  unusedShare: number
  unusedDistance: number
  /** Things that the question names and that nothing in the chosen query is called or may mean, up to 3. */
  unusedThings: number
  /** Attributes that the question asks for by a common name ("title", "type") and the chosen query does not use, up to 3. */
  unusedAttributes: number
  /** Names in the queries that the question asks for and the schema does not have, up to 3. */
  madeUpNames: number
  /** Parts of the chosen query that neither the question nor the data bear out, texts that no row holds among them, up to 3. */
  unfounded: number
  /** Log-odds, within ±10, that the model would rather have said that something is missing (`generate/no-answer.ts`). */
  noAnswer: number | null
}

export type SignalParts = Omit<CoverageParts, 'schema'> & {
  schema: Schema
  coverage: Coverage
  chosen: Ran
  attempts: Attempt[]
  doubtful: boolean
  /** Texts that the chosen query filters by and no row holds. */
  unknownValues: UnknownValue[]
  follows?: Turn
  countTokens: (text: string) => number
}

/** Reads the signals from a question, the words that its schema knows, and the tries that were made. */
export function readSignals(parts: SignalParts): AnswerSignals {
  const { chosen, attempts, coverage, doubtful, unknownValues, countTokens } = parts
  const { logProb, sql } = chosen.candidate
  const all = coverage.known.length + coverage.unknown.length
  const used = coverByQuery(sql, parts)
  const count = (found: string[]) => Math.min(found.length, 3)
  return {
    tokenLogProb: tokenLogProb(chosen.candidate, countTokens),
    firstTokenLogProb: tokenLogProb((attempts[0] ?? chosen).candidate, countTokens),
    logProb,
    agreement: agreement(chosen, attempts),
    several: attempts.length > 1 ? 1 : 0,
    changes: Math.min(chosen.notes.length, 3),
    empty: isEmpty(chosen.outcome) ? 1 : 0,
    doubtful: doubtful ? 1 : 0,
    unknownWords: count(coverage.unknown),
    unknownShare: coverage.unknown.length / Math.max(all, 1),
    subjectUnknown: coverage.subject !== null && coverage.unknown.includes(coverage.subject) ? 1 : 0,
    distance: coverage.distance,
    unknownThings: count(unknownWords(parts.question, sql, coverage, parts.follows)),
    vagueThings: count(unknownWords(parts.question, sql, { names: [], unknown: coverage.vague }, parts.follows)),
    unusedShare: used.unknown.length / Math.max(used.known.length + used.unknown.length, 1),
    unusedDistance: used.distance,
    unusedThings: count([...used.unknown, ...used.vague].filter(isThing)),
    unusedAttributes: count(unusedAttributes(parts.question, sql, parts.schema)),
    madeUpNames: Math.min(madeUpNames(parts).size, 3),
    unfounded: Math.min(unfoundedParts(askedFor(parts), sql, parts.schema).length + unknownValues.length, 3),
    noAnswer: noAnswer(attempts),
  }
}

/** All that a part of the query may be there for: the question, the turn before, what people have defined. */
function askedFor({ question, follows, defined = [], values, periods }: SignalParts) {
  const texts = [question, ...(follows ? [follows.question] : []), ...defined]
  return { question: texts.join('\n'), accounted: [...values, ...periods] }
}

function noAnswer(attempts: Attempt[]): number | null {
  const logProb = attempts.find(({ candidate }) => candidate.noAnswerLogProb !== undefined)?.candidate.noAnswerLogProb
  if (logProb === undefined) return null
  const odds = logProb - Math.log(-Math.expm1(logProb))
  return Math.max(-10, Math.min(10, odds))
}

function agreement(chosen: Ran, attempts: Attempt[]): number {
  const key = resultKey(chosen.outcome)
  const agreeing = attempts.filter((attempt) => ran(attempt) && resultKey(attempt.outcome) === key)
  return countVotes(agreeing) / countVotes(attempts)
}

function countVotes(attempts: Attempt[]): number {
  return attempts.reduce((sum, attempt) => sum + votesOf(attempt), 0)
}

/** The question beside only those tables, columns and texts that the query uses. */
function coverByQuery(sql: string, { question, schema, values, periods, defined }: SignalParts): Coverage {
  const tokens = tokenizeSql(sql)
  const names = new Set(tokens.filter(({ kind }) => kind !== 'symbol').map(({ name }) => name.toLowerCase()))
  const tables = schema.tables
    .filter((table) => names.has(table.name.toLowerCase()))
    .map((table) => ({ ...table, columns: table.columns.filter((column) => names.has(column.name.toLowerCase())) }))
  const texts = tokens.filter(({ kind }) => kind === 'string').map(({ name }) => name.toLowerCase())
  const used = values.filter((value) => texts.some((text) => text.includes(value.toLowerCase()) || names.has(value)))
  return coverWords({ question, schema: { ...schema, tables }, values: used, periods, defined })
}

/** Names as the model wrote them, before they were made to fit. */
function madeUpNames({ question, schema, attempts }: SignalParts): Set<string> {
  const asked = new Set(words(question))
  const held = new Set(
    schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((one) => one.name)]).flatMap(words),
  )
  const written = attempts.flatMap(({ candidate }) => tokenizeSql(candidate.written ?? candidate.sql))
  const names = written.filter(({ kind }) => kind === 'word' || kind === 'quoted').flatMap(({ name }) => words(name))
  const isHeld = (name: string) => held.has(name) || [...held].some((short) => abbreviates(short, name))
  return new Set(names.filter((name) => name.length > 2 && asked.has(name) && !SQL_WORDS.has(name) && !isHeld(name)))
}

const SQL_WORDS = new Set(
  'select from where group order having limit join and not null like between distinct count sum avg max min case when then else end desc asc all any exists union except intersect with values left right inner outer cast real integer text date year month day time'.split(
    ' ',
  ),
)
