import type { Scope, Source } from './read-scopes.ts'

/** The table or sub-query that a qualifier names, in the query it stands in or one around that; undefined where there is none. */
export function findSource(from: Scope, qualifier: string): Source | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    const found = scope.sources.find((source) => source.alias.toLowerCase() === qualifier.toLowerCase())
    if (found) return found
  }
  return undefined
}
