import { readScopes, type Scope, type Source } from '../names/read-scopes.ts'
import { words } from '../names/similar-name.ts'

/**
 * A table that a query joins, takes nothing from and the question does not speak of: it leaves out rows without a partner and repeats those
 * with several ("authors of submissions" only for accepted ones). Undefined where there is none.
 */
export function unaskedJoin(question: string, sql: string): string | undefined {
  const asked = words(question)
  for (const scope of readScopes(sql)) {
    // `*`, or a name without its table, may be taken from anywhere.
    const isPlain = scope.references.every(({ clause, qualifier }) => clause === 'on' || qualifier)
    const found =
      isPlain &&
      !ALL.test(sql) &&
      scope.sources.find((source) => isIdle(source, scope) && !isNamed(source, scope, asked))
    if (found) return found.table?.name
  }
  return undefined
}

const ALL = /(?:SELECT|DISTINCT|,|\.)\s*\*/i

/** Whether it is only joined, and to one table: one between two others ties them together. */
function isIdle({ table, alias }: Source, { sources, references }: Scope): boolean {
  const own = references.filter(({ qualifier }) => qualifier?.name.toLowerCase() === alias.toLowerCase())
  return table !== null && sources.length > 1 && own.length <= 1 && own.every(({ clause }) => clause === 'on')
}

/** Whether the question has a word of its name that no other table of the query has, or any where it has no word of its own. */
function isNamed(source: Source, { sources }: Scope, asked: string[]): boolean {
  const others = new Set(sources.flatMap((one) => (one === source ? [] : words(one.table?.name ?? ''))))
  const telling = words(source.table?.name ?? '').filter((word) => word.length > 3)
  const own = telling.filter((word) => !others.has(word))
  return (own.length > 0 ? own : telling).some((word) =>
    asked.some((one) => one.startsWith(word) || (one.length > 3 && word.startsWith(one))),
  )
}
