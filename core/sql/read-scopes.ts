import { type Token, tokenizeSql } from './tokenize-sql.ts'

/**
 * A table (or subquery, then `table` is null) that a FROM clause names, under the name by which the query calls it. `joinedAt` is the
 * position in front of its JOIN, `condition` the text between its ON and the next clause; both null where there is none.
 */
export type Source = {
  table: Token | null
  alias: string
  joinedAt: number | null
  condition: { start: number; end: number } | null
}

/**
 * A place where the query names a column. `nullTest`: it is followed by IS NULL. `isTerm`: it is all of what stands between two commas of its
 * clause. `literals`: the texts and numbers that it is compared with.
 */
export type Reference = {
  qualifier: Token | null
  column: Token
  clause: Clause
  scope: Scope
  nullTest: boolean
  isTerm: boolean
  literals: Token[]
}

export type Clause = 'select' | 'from' | 'on' | 'where' | 'group' | 'having' | 'order' | 'limit'

/** One SELECT: what it reads from, what it calls its results, and where a further JOIN would be written. */
export type Scope = {
  parent: Scope | null
  sources: Source[]
  aliases: Set<string>
  references: Reference[]
  /** Position in the text right behind the FROM clause; -1 where there is none. */
  fromEnd: number
  /** Names of WITH queries that can be read from here. */
  withNames: Set<string>
}

/** Every SELECT of a query, outer ones first. Works on text that a parser would refuse too, as a model's drafts often are. */
export function readScopes(sql: string): Scope[] {
  const reader = new ScopeReader(tokenizeSql(sql))
  reader.readQuery(null, new Set())
  return reader.scopes
}

const CLAUSES: Record<string, Clause> = {
  SELECT: 'select',
  FROM: 'from',
  JOIN: 'from',
  ON: 'on',
  WHERE: 'where',
  GROUP: 'group',
  HAVING: 'having',
  ORDER: 'order',
  LIMIT: 'limit',
  OFFSET: 'limit',
}

const BEFORE_TERM = new Set(['SELECT', 'DISTINCT', 'BY', ','])
const AFTER_TERM = new Set(['', ',', ')', ';', 'FROM', 'ASC', 'DESC', 'NULLS', 'COLLATE', 'HAVING', 'ORDER', 'LIMIT'])

const COMPARING = new Set(['=', '==', '!=', '<>', 'LIKE', 'IS'])

const JOIN_KINDS = new Set(['LEFT', 'RIGHT', 'FULL', 'INNER', 'OUTER', 'CROSS', 'NATURAL'])

const COMPOUND = new Set(['UNION', 'INTERSECT', 'EXCEPT'])

/** Words that are never a column or an alias where the model writes them bare. */
const KEYWORDS = new Set(
  `SELECT FROM JOIN ON USING WHERE GROUP HAVING ORDER LIMIT OFFSET UNION INTERSECT EXCEPT ALL DISTINCT AS BY AND OR NOT IN IS NULL LIKE GLOB
  BETWEEN EXISTS CASE WHEN THEN ELSE END ASC DESC INNER LEFT RIGHT FULL OUTER CROSS NATURAL WITH RECURSIVE CAST COLLATE NOCASE ESCAPE
  ISNULL NOTNULL TRUE FALSE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP OVER PARTITION ROWS RANGE PRECEDING FOLLOWING UNBOUNDED CURRENT
  FILTER VALUES NULLS FIRST LAST REGEXP MATCH`.split(/\s+/),
)

const TABLE_NAMES = new Set('MATCH FIRST LAST CURRENT RANGE ROWS PARTITION FILTER REGEXP GLOB LIKE END'.split(' '))

/** One pass over the tokens. A class, since position and found scopes move together through the recursion. */
class ScopeReader {
  readonly scopes: Scope[] = []
  private position = 0
  private readonly tokens: Token[]

  constructor(tokens: Token[]) {
    this.tokens = tokens
  }

  /** Reads up to the closing parenthesis of the query or the end of the text. */
  readQuery(parent: Scope | null, inherited: Set<string>): void {
    const withNames = new Set(inherited)
    if (this.isWord('WITH')) this.readWithQueries(parent, withNames)
    let scope = this.newScope(parent, withNames)
    let clause: Clause = 'select'
    let isCompound = false
    for (;;) {
      const token = this.peek()
      if (!token || token.text === ')') return
      if (this.isWord(...COMPOUND)) {
        scope = this.newScope(parent, withNames)
        clause = 'select'
        isCompound = true
        this.position++
      } else {
        // What sorts a whole UNION names its results, and no column of its last SELECT.
        if (isCompound && this.isWord('ORDER')) scope = emptyScope(null, withNames)
        clause = this.readToken(token, scope, clause)
      }
    }
  }

  private newScope(parent: Scope | null, withNames: Set<string>): Scope {
    const scope = emptyScope(parent, withNames)
    this.scopes.push(scope)
    return scope
  }

  private readWithQueries(parent: Scope | null, withNames: Set<string>): void {
    this.position++
    while (this.peek() && !this.isWord('SELECT')) {
      const token = this.take()
      if (token && isName(token)) withNames.add(token.name.toLowerCase())
      if (token?.text === '(') {
        if (this.isWord('SELECT', 'WITH')) this.readQuery(parent, withNames)
        else this.skipToClosing()
        this.position++
      }
    }
  }

  private skipToClosing(): void {
    while (this.peek() && this.peek()?.text !== ')') this.position++
  }

  private readToken(token: Token, scope: Scope, clause: Clause): Clause {
    const next = token.kind === 'word' ? CLAUSES[token.text.toUpperCase()] : undefined
    if (next) return this.readClauseWord(token, next, scope)
    if (token.text.toUpperCase() === 'USING' && clause === 'from') {
      this.skipToClosing()
      this.position++
      scope.fromEnd = this.tokens[this.position - 1]?.end ?? scope.fromEnd
    } else if (clause === 'from' && token.text === ',') {
      this.position++
      this.readSource(scope, null)
    } else if (token.text === '(') {
      this.readParentheses(scope, clause)
    } else if (isName(token) || (isTableName(token) && this.tokens[this.position + 1]?.text === '.')) {
      this.readName(token, scope, clause)
    } else {
      this.position++
    }
    if (clause === 'on') this.extendCondition(scope)
    return clause
  }

  private readClauseWord(token: Token, next: Clause, scope: Scope): Clause {
    const joinedAt = token.text.toUpperCase() === 'JOIN' ? this.endBeforeJoin() : null
    this.position++
    if (next === 'from') this.readSource(scope, joinedAt)
    const source = scope.sources.at(-1)
    const start = this.peek()?.start
    if (next === 'on' && source && start !== undefined) source.condition = { start, end: start }
    return next
  }

  /** LEFT, INNER and the like belong to the join; what comes before them does not. */
  private endBeforeJoin(): number {
    let index = this.position - 1
    while (JOIN_KINDS.has(this.tokens[index]?.text.toUpperCase() ?? '')) index--
    return this.tokens[index]?.end ?? 0
  }

  private extendCondition(scope: Scope): void {
    const last = this.tokens[this.position - 1]
    const source = scope.sources.at(-1)
    if (!last || JOIN_KINDS.has(last.text.toUpperCase())) return
    scope.fromEnd = last.end
    if (source?.condition) source.condition.end = last.end
  }

  private readParentheses(scope: Scope, clause: Clause): void {
    this.position++
    if (this.isWord('SELECT', 'WITH')) {
      this.readQuery(scope, scope.withNames)
    } else {
      while (this.peek() && this.peek()?.text !== ')') this.readToken(this.peek() as Token, scope, clause)
    }
    this.position++
  }

  private readSource(scope: Scope, joinedAt: number | null): void {
    const token = this.peek()
    if (!token) return
    if (token.text === '(') {
      this.position++
      if (this.isWord('SELECT', 'WITH')) this.readQuery(null, scope.withNames)
      else this.skipToClosing()
      this.position++
      scope.sources.push({ table: null, alias: this.readAlias() ?? '', joinedAt, condition: null })
    } else if (isName(token) || isTableName(token)) {
      this.position++
      if (this.peek()?.text === '.') this.position += 2
      const known = !scope.withNames.has(token.name.toLowerCase())
      const alias = this.readAlias() ?? token.name
      scope.sources.push({ table: known ? token : null, alias, joinedAt, condition: null })
    }
    scope.fromEnd = this.tokens[this.position - 1]?.end ?? scope.fromEnd
  }

  private readAlias(): string | null {
    if (this.isWord('AS')) this.position++
    const token = this.peek()
    if (!token || !isName(token)) return null
    this.position++
    return token.name
  }

  private readName(token: Token, scope: Scope, clause: Clause): void {
    const before = this.tokens[this.position - 1]
    this.position++
    if (this.peek()?.text === '(') return
    if (this.peek()?.text === '.') {
      const column = this.tokens[this.position + 1]
      this.position += column && isName(column) ? 2 : 1
      if (column && isName(column)) this.refer(token, column, clause, scope)
    } else if (isAliasAfter(before, clause)) {
      scope.aliases.add(token.name.toLowerCase())
    } else {
      this.refer(null, token, clause, scope)
    }
  }

  private refer(qualifier: Token | null, column: Token, clause: Clause, scope: Scope): void {
    const next = this.tokens.slice(this.position, this.position + 2).map((token) => token.text.toUpperCase())
    const nullTest = next.join(' ') === 'IS NULL'
    const before = this.tokens[this.tokens.indexOf(qualifier ?? column) - 1]?.text.toUpperCase()
    const isTerm = BEFORE_TERM.has(before ?? '') && AFTER_TERM.has(next[0] ?? '')
    scope.references.push({ qualifier, column, clause, scope, nullTest, isTerm, literals: this.comparedLiterals() })
  }

  /** The literals in `= 'a'`, `LIKE 'a'` and `IN ('a', 'b')`, also after NOT and with a collation behind them. */
  private comparedLiterals(): Token[] {
    let at = this.position
    if (this.tokens[at]?.text.toUpperCase() === 'NOT') at++
    const operator = this.tokens[at]?.text.toUpperCase() ?? ''
    if (operator === 'IN') {
      if (this.tokens[at + 2]?.text.toUpperCase() === 'SELECT') return []
      const close = this.tokens.findIndex((token, index) => index > at && token.text === ')')
      return this.tokens.slice(at + 2, close < 0 ? undefined : close).filter(isLiteral)
    }
    // `"Order Details".id` is a column, whatever its quotes look like.
    if (!COMPARING.has(operator) || this.tokens[at + 2]?.text === '.') return []
    return this.tokens.slice(at + 1, at + 2).filter(isLiteral)
  }

  private peek(): Token | undefined {
    return this.tokens[this.position]
  }

  private take(): Token | undefined {
    return this.tokens[this.position++]
  }

  private isWord(...words: string[]): boolean {
    const token = this.peek()
    return token?.kind === 'word' && words.includes(token.text.toUpperCase())
  }
}

function emptyScope(parent: Scope | null, withNames: Set<string>): Scope {
  return { parent, sources: [], aliases: new Set(), references: [], fromEnd: -1, withNames }
}

function isName(token: Token): boolean {
  return token.kind === 'quoted' || (token.kind === 'word' && !KEYWORDS.has(token.text.toUpperCase()))
}

/** Keywords that SQLite takes for a table where one must stand: `FROM match`. */
function isTableName({ kind, text }: Token): boolean {
  return kind === 'word' && TABLE_NAMES.has(text.toUpperCase())
}

/** `count(*) AS n`, and `count(*) n` in a SELECT list. */
function isAliasAfter(before: Token | undefined, clause: Clause): boolean {
  if (!before) return false
  if (before.kind === 'word' && before.text.toUpperCase() === 'AS') return true
  return clause === 'select' && (before.text === ')' || before.kind === 'number' || isName(before))
}

function isLiteral(token: Token): boolean {
  return token.kind === 'number' || token.kind === 'string' || (token.kind === 'quoted' && token.text.startsWith('"'))
}
