import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/** Functions of other databases that the model knows, rewritten for SQLite; undefined where the arguments are not as expected. */
type Rewrite = (args: string[], compared: boolean) => string | undefined

/**
 * Rewrites functions that SQLite lacks: `YEAR(d)`, `MONTH(d)`, `DATE_FORMAT`, `EXTRACT`, `LEFT` and the like. A month that is compared with
 * a number is the month's number; elsewhere it is the month of its year ("2025-03"), so that months of different years stay apart.
 */
export function fixFunctions(sql: string): string {
  let text = sql
  for (let round = 0; round < MOST_CALLS; round++) {
    const edit = firstForeignCall(text)
    if (!edit) return text
    text = applyEdits(text, [edit])
  }
  return text
}

const MOST_CALLS = 12

function firstForeignCall(sql: string): Edit | undefined {
  const tokens = tokenizeSql(sql)
  for (const [index, token] of tokens.entries()) {
    const rewrite = token.kind === 'word' ? FOREIGN[token.text.toUpperCase()] : undefined
    if (!rewrite || tokens[index + 1]?.text !== '(') continue
    const close = closing(tokens, index + 1)
    const end = tokens[close]?.end
    if (end === undefined) continue
    const next = tokens[close + 1]
    const before = tokens[index - 1]
    const compared = COMPARING.has(next?.text.toUpperCase() ?? '') || COMPARING.has(before?.text.toUpperCase() ?? '')
    const text = rewrite(splitArguments(sql, tokens.slice(index + 2, close)), compared)
    if (text !== undefined) return { start: token.start, end, text }
  }
  return undefined
}

const COMPARING = new Set(['=', '==', '<', '>', '<=', '>=', '<>', '!=', 'IN', 'BETWEEN'])

const FOREIGN: Record<string, Rewrite> = {
  YEAR: ([date]) => date && `CAST(strftime('%Y', ${date}) AS INTEGER)`,
  MONTH: ([date], compared) =>
    date && (compared ? `CAST(strftime('%m', ${date}) AS INTEGER)` : `strftime('%Y-%m', ${date})`),
  DAY: ([date], compared) =>
    date && (compared ? `CAST(strftime('%d', ${date}) AS INTEGER)` : `strftime('%Y-%m-%d', ${date})`),
  DATE_FORMAT: ([date, format]) => date && format && `strftime(${format.replaceAll('%i', '%M')}, ${date})`,
  DATE_TRUNC: ([unit, date]) => date && TRUNCATED[word(unit)] && `strftime('${TRUNCATED[word(unit)]}', ${date})`,
  DATE_PART: ([unit, date]) =>
    date && PARTS[word(unit)] && `CAST(strftime('${PARTS[word(unit)]}', ${date}) AS INTEGER)`,
  EXTRACT: ([text]) => {
    const [, unit, date] = /^\s*(\w+)\s+FROM\s+([\s\S]+)$/i.exec(text ?? '') ?? []
    return date && PARTS[word(unit)] && `CAST(strftime('${PARTS[word(unit)]}', ${date}) AS INTEGER)`
  },
  LEFT: ([text, count]) => text && count && `substr(${text}, 1, ${count})`,
  RIGHT: ([text, count]) => text && count && `substr(${text}, -${count})`,
  NOW: () => "datetime('now')",
  CURDATE: () => "date('now')",
  GETDATE: () => "datetime('now')",
}

const TRUNCATED: Record<string, string> = { year: '%Y', month: '%Y-%m', day: '%Y-%m-%d' }
const PARTS: Record<string, string> = { year: '%Y', month: '%m', day: '%d', dow: '%w', hour: '%H' }

function word(text: string | undefined): string {
  return (text ?? '').replace(/['"\s]/g, '').toLowerCase()
}

function closing(tokens: Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth++
    else if (tokens[index]?.text === ')' && --depth === 0) return index
  }
  return -1
}

function splitArguments(sql: string, tokens: Token[]): string[] {
  const args: string[] = []
  let depth = 0
  let start = tokens[0]?.start
  for (const token of tokens) {
    if (token.text === '(') depth++
    else if (token.text === ')') depth--
    else if (token.text === ',' && depth === 0 && start !== undefined) {
      args.push(sql.slice(start, token.start).trim())
      start = token.end
    }
  }
  const end = tokens.at(-1)?.end
  return start === undefined || end === undefined ? args : [...args, sql.slice(start, end).trim()]
}
