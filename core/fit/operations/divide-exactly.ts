import { applyEdits } from '../../sql/apply-edits.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * `sum(CASE … END) / count(*)` with the fraction that SQLite cuts off where both sides are whole numbers: a share of a third is 0 to it. Only
 * figures over figures are divided so: a column over a number (`age / 10`) may be meant to be cut.
 */
export function divideExactly(sql: string, names: SchemaNames): string {
  const tokens = tokenizeSql(sql)
  const fractions = fractionalColumns(sql, names)
  const isCut = (operand: Token[]) => isFigure(operand) && !isFractional(operand, fractions)
  const edits = tokens.flatMap((token, at) => {
    if (token.text !== '/' || !isCut(before(tokens, at)) || !isCut(after(tokens, at))) return []
    const start = tokens[at - 1]?.end ?? token.start
    return [{ start, end: start, text: ' * 1.0' }]
  })
  return applyEdits(sql, edits)
}

/** The product or quotient that ends before a token. */
function before(tokens: Token[], at: number): Token[] {
  let depth = 0
  for (let index = at - 1; index >= 0; index--) {
    const text = tokens[index]?.text.toUpperCase() ?? ''
    if (text === ')') depth++
    else if (text === '(' && depth > 0) depth--
    else if (depth === 0 && BOUNDS.has(text)) return tokens.slice(index + 1, at)
  }
  return tokens.slice(0, at)
}

/** The factor that begins after a token. */
function after(tokens: Token[], at: number): Token[] {
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    const text = tokens[index]?.text.toUpperCase() ?? ''
    if (text === '(') depth++
    else if (text === ')' && depth > 0) depth--
    else if (depth === 0 && (BOUNDS.has(text) || FACTORS.has(text))) return tokens.slice(at + 1, index)
  }
  return tokens.slice(at + 1)
}

const BOUNDS = new Set(
  `( ) , ; + - = == < > <= >= <> != || SELECT DISTINCT BY WHERE AND OR NOT ON HAVING CASE WHEN THEN ELSE END IN BETWEEN IS LIKE AS FROM GROUP
  ORDER ASC DESC NULLS LIMIT OFFSET UNION INTERSECT EXCEPT`.split(/\s+/),
)
const FACTORS = new Set(['*', '/', '%'])

function isFigure(operand: Token[]): boolean {
  return operand.some(({ text }, at) => /^(?:COUNT|SUM|MIN|MAX)$/i.test(text) && operand[at + 1]?.text === '(')
}

/** Whether it is surely no whole number. */
function isFractional(operand: Token[], fractions: Set<number>): boolean {
  return operand.some(
    ({ kind, text, start }, at) =>
      (kind === 'number' && /[.e]/i.test(text)) ||
      (kind === 'word' && FRACTIONAL.test(text)) ||
      (fractions.has(start) && operand[at + 1]?.text === ')'),
  )
}

const FRACTIONAL = /^(?:AVG|TOTAL|ROUND|JULIANDAY|REAL|FLOAT|DOUBLE)$/i

/** Where a query adds up a column that holds fractions, as the places of its names. */
function fractionalColumns(sql: string, names: SchemaNames): Set<number> {
  const references = readScopes(sql).flatMap((scope) => scope.references)
  const isFraction = (type: string) => /REAL|FLOA|DOUB/i.test(type)
  return new Set(
    references
      .filter((reference) => isFraction(referredColumn(reference, names)?.column.type ?? ''))
      .map(({ column }) => column.start),
  )
}
