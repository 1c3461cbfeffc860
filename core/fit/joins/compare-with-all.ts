import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { isWord, type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'

/**
 * `x = (SELECT …)` compares with the first row only, whichever that is: where the subquery may give several, `x IN (SELECT …)` is what was
 * meant.
 */
export function compareWithAll(sql: string): string {
  const tokens = tokenizeSql(sql)
  const edits = tokens.flatMap((token, at): Edit[] => {
    const isSubquery = token.text === '=' && tokens[at + 1]?.text === '(' && isWord(tokens[at + 2], 'SELECT')
    return isSubquery && mayGiveSeveral(tokens.slice(at + 2))
      ? [{ start: token.start, end: token.end, text: 'IN' }]
      : []
  })
  return applyEdits(sql, edits)
}

const ONE_ROW = new Set(['ORDER', 'LIMIT', 'COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'TOTAL', 'GROUP_CONCAT'])

/** False where the subquery that begins here has an aggregate of its own, or sorts its rows: then the first is the one that is meant. */
function mayGiveSeveral(tokens: Token[]): boolean {
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth++
    if (token.text === ')' && depth-- === 0) return true
    if (depth === 0 && token.kind === 'word' && ONE_ROW.has(token.text.toUpperCase())) return false
  }
  return false
}
