import { applyEdits } from '../../sql/apply-edits.ts'
import { outermost } from '../../sql/outermost.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * "maximum price and score for each year" written without GROUP BY: SQLite then shows the year of any one row beside figures of all rows. The
 * query is grouped by what it shows. One max() or min() alone stays, since its row is the one that is shown, unless the question asks for
 * each.
 */
export function groupShown(sql: string, question: string): string {
  const tokens = outermost(tokenizeSql(sql))
  const keyword = (...words: string[]) => tokens.findIndex(({ text }) => words.includes(text.toUpperCase()))
  const from = keyword('FROM')
  if (tokens[0]?.text.toUpperCase() !== 'SELECT' || from < 0) return sql
  if (tokens.slice(1).some(({ text }) => SEVERAL.has(text.toUpperCase()))) return sql
  const items = itemsOf(tokens.slice(1, from))
  const shown = items.filter(isColumn)
  const figures = items.flatMap((item) => (isAggregate(item) ? [item[0]?.text.toUpperCase() ?? ''] : []))
  if (shown.length === 0 || figures.length === 0 || shown.length + figures.length < items.length) return sql
  const isOneEnd = figures.length === 1 && /^(?:MAX|MIN)$/.test(figures[0] ?? '')
  if (isOneEnd && !/\b(?:each|per|every)\b/i.test(question)) return sql
  const groups = shown.map((item) => sql.slice(item[0]?.start, (item[2] ?? item[0])?.end)).join(', ')
  const next = keyword('ORDER', 'LIMIT', ';')
  const at = tokens[next < 0 ? tokens.length - 1 : next - 1]?.end ?? sql.length
  return applyEdits(sql, [{ start: at, end: at, text: ` GROUP BY ${groups}` }])
}

/** What makes a query more than one plain SELECT, or groups it already. */
const SEVERAL = new Set(['SELECT', 'GROUP', 'HAVING', 'OVER', 'UNION', 'INTERSECT', 'EXCEPT'])

/** The items of a select list, each as its tokens, without the names that they are given. */
function itemsOf(tokens: Token[]): Token[][] {
  const items: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',') items.push([])
    else items.at(-1)?.push(token)
  }
  return items.map((item) => (item.at(-2)?.text.toUpperCase() === 'AS' ? item.slice(0, -2) : item))
}

/** `name` or `table.name`. */
function isColumn(item: Token[]): boolean {
  const isName = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'quoted'
  return isName(item[0]) && (item.length === 1 || (item.length === 3 && item[1]?.text === '.' && isName(item[2])))
}

function isAggregate(item: Token[]): boolean {
  return (
    /^(?:COUNT|SUM|AVG|TOTAL|MAX|MIN)$/i.test(item[0]?.text ?? '') && item[1]?.text === '(' && item.at(-1)?.text === ')'
  )
}
