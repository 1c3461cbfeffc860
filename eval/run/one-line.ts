import { tokenizeSql } from '#core/sql/tokenize-sql.ts'

/**
 * A query on a line of its own that gives the same: comments and line breaks between its words become blanks; those within texts, and tabs,
 * at which scorers cut a line, become calls of char().
 */
export function oneLine(sql: string): string {
  let end = 0
  const pieces = tokenizeSql(sql).map((token) => {
    const gap = token.start > end ? ' ' : ''
    end = token.end
    // What stands in double quotes is a name or a text, as SQLite finds it: it has no other way to be written.
    return gap + (token.kind === 'string' ? onOneLine(token.text) : token.text.replace(/[\r\n\t]/g, ' '))
  })
  return pieces.join('').trim()
}

function onOneLine(text: string): string {
  if (!/[\r\n\t]/.test(text)) return text
  const parts = text.split(/([\r\n\t])/).map((part, at, all) => {
    if (at % 2 === 1) return `char(${part.charCodeAt(0)})`
    return `${at === 0 ? '' : "'"}${part}${at === all.length - 1 ? '' : "'"}`
  })
  return `(${parts.join(' || ')})`
}
