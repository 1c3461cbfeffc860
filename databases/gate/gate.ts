import { quoteText } from '../schema/quote-name.ts'
import type { Schema } from '../schema/schema.ts'
import { checkTokens, wantsToWrite } from './check-tokens.ts'
import { parseQuery } from './parse-query.ts'
import { type Expression, flatSources, type Query, selectsOf } from './query.ts'
import { type NameProblem, resolveNames } from './resolve-names.ts'
import { refused, rejected, type Verdict } from './verdict.ts'

/**
 * Decides whether a statement may be run on a database of this schema: one SELECT, WITH or VALUES, of allowed functions,
 * over names that exist. Gives the SQL to run, which is the statement as written but for what the notes say: a
 * double-quoted text that names no column is compared as text. Never throws, whatever the text.
 */
export function gate(statement: string, schema: Schema): Verdict {
  try {
    return check(statement, schema)
  } catch (error) {
    // What is nested within all limits may still be too deep for the stack that is left.
    if (error instanceof RangeError) return refused(tooDeep)
    throw error
  }
}

const tooDeep = 'The statement is nested too deeply or too long.'

function check(statement: string, schema: Schema): Verdict {
  const checked = checkTokens(statement, schema)
  if (!checked.ok) return checked
  const parsed = parseQuery(checked.sql)
  if (!parsed.ok)
    return parsed.reason === 'not-a-query' ? refused(parsed.message) : unreadable(parsed.message, statement)
  if (namesASchema(parsed.query)) return refused('Tables are named alone, without the name of a schema before them.')
  if (joinsTooMuch(parsed.query)) return refused(`The statement joins more than ${maxJoined} tables.`)
  return judge(checked.sql, resolveNames(parsed.query, schema), schema)
}

function unreadable(message: string, statement: string): Verdict {
  if (wantsToWrite(statement)) return refused('Only statements that read can be run.')
  if (message.includes('E_GUARD')) return refused(tooDeep)
  return rejected(`The statement cannot be read: ${message}.`)
}

function namesASchema(query: Query): boolean {
  return selectsOf(query).some(({ from }) =>
    flatSources(from).some((source) => source.kind === 'table' && source.schema !== null),
  )
}

// SQLite's own limit.
const maxJoined = 64

function joinsTooMuch(query: Query): boolean {
  return selectsOf(query).some(({ from }) => flatSources(from).length > maxJoined)
}

function judge(sql: string, problems: NameProblem[], schema: Schema): Verdict {
  const texts = problems.flatMap((problem) => (isText(problem, sql) ? [problem.reference] : []))
  const unknown = problems.find((problem) => problem.kind === 'table') ?? problems.find((one) => !isText(one, sql))
  if (unknown !== undefined) return unknownName(unknown, schema)
  let rewritten = sql
  for (const { name, start, end } of texts.sort((one, other) => other.start - one.start)) {
    rewritten = `${rewritten.slice(0, start)}${quoteText(name)}${rewritten.slice(end)}`
  }
  const notes = texts.map(({ name }) => `"${name}" is no column here: it was compared as text, like '${name}'.`)
  return { ok: true, sql: rewritten, notes: [...new Set(notes)].reverse() }
}

type TextProblem = Extract<NameProblem, { kind: 'column' }>

/** Whether a name that leads nowhere was meant as text: in double quotes, and compared to something that is no constant. */
function isText(problem: NameProblem, sql: string): problem is TextProblem {
  if (problem.kind === 'table') return false
  const { start, end, table, quoted } = problem.reference
  const inDoubleQuotes = quoted && table === null && sql.charAt(start) === '"' && sql.charAt(end - 1) === '"'
  return inDoubleQuotes && problem.comparedTo.some(varies)
}

function varies(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return false
    case 'column':
      return expression.source !== null || !expression.quoted
    case 'negative':
    case 'collate':
      return varies(expression.of)
    case 'tuple':
      return expression.parts.some(varies)
    default:
      return true
  }
}

function unknownName(problem: NameProblem, schema: Schema): Verdict {
  if (problem.kind === 'table') {
    return rejected(`There is no table ${problem.name}.`, { name: problem.name, kind: 'table' })
  }
  const { name, table } = problem.reference
  if (table === null) return rejected(`There is no column ${name} in the tables used here.`, { name, kind: 'column' })
  const exists = schema.tables.some((one) => one.name.toLowerCase() === table.toLowerCase())
  const message = `There is no column ${table}.${name}${exists ? '' : `: ${table} is neither a table nor an alias`}.`
  return rejected(message, { name, kind: 'column', table })
}
