import { pythonNumber } from './python-number.ts'
import { queryAliases } from './query-aliases.ts'
import type {
  ColumnUnit,
  Condition,
  Conditions,
  Operand,
  Source,
  SpiderSchema,
  SpiderSql,
  ValueUnit,
} from './spider-sql.ts'
import { SET_OPERATORS } from './spider-sql.ts'
import { sqlWords, Unparsable } from './sql-words.ts'

const CLAUSES = ['select', 'from', 'where', 'group', 'order', 'limit', 'intersect', 'union', 'except']
const JOINS = ['join', 'on', 'as']
const COMPARISONS = ['not', 'between', '=', '>', '<', '>=', '<=', '!=', 'in', 'like', 'is', 'exists']
const ARITHMETIC = ['none', '-', '+', '*', '/']
const AGGREGATES = ['none', 'max', 'min', 'count', 'sum', 'avg']

/**
 * Takes a query apart as Spider's parser does, with that parser's narrow view of SQL: one set operator, aliases of tables only, and whatever
 * follows the part that it knows is not read.
 * @throws Unparsable where that parser gives up.
 */
export function parseSpiderSql(sql: string, schema: SpiderSchema): SpiderSql {
  const words = sqlWords(sql)
  return new Parser(words, { schema, aliases: queryAliases(words, schema) }).query()
}

type Names = { schema: SpiderSchema; aliases: Map<string, string> }

/** Reads from `at` on. Every method leaves `at` behind what it read. */
class Parser {
  readonly #words: string[]
  readonly #names: Names
  /** Tables of the query that is being read, in which a bare column is looked for. */
  #tables: string[] = []
  #at = 0

  constructor(words: string[], names: Names, { at = 0, tables = [] as string[] } = {}) {
    this.#words = words
    this.#names = names
    this.#at = at
    this.#tables = tables
  }

  query(): SpiderSql {
    const outer = this.#tables
    this.#tables = []
    const start = this.#at
    const isBlock = this.#take('(')
    const from = new Parser(this.#words, this.#names, { at: start })
    const { sources, joins } = from.#from()
    this.#tables = from.#tables
    const select = this.#select()
    this.#at = from.#at
    const sql: SpiderSql = {
      select,
      sources,
      joins,
      where: this.#take('where') ? this.#conditions() : [],
      groupBy: this.#groupBy(),
      having: this.#take('having') ? this.#conditions() : [],
      orderBy: this.#orderBy(),
      limited: this.#limit(),
      intersect: null,
      except: null,
      union: null,
    }
    this.#skipSemicolons()
    if (isBlock) this.#expect(')')
    this.#skipSemicolons()
    const operator = SET_OPERATORS.find((one) => one === this.#next)
    if (operator !== undefined) {
      this.#at += 1
      sql[operator] = this.query()
    }
    this.#tables = outer
    return sql
  }

  #from(): { sources: Source[]; joins: Conditions } {
    const from = this.#words.indexOf('from', this.#at)
    if (from < 0) throw new Unparsable('there is no FROM')
    this.#at = from + 1
    const sources: Source[] = []
    const joins: Conditions = []
    while (this.#next !== undefined) {
      const isBlock = this.#take('(')
      if (this.#current() === 'select') sources.push({ kind: 'sql', sql: this.query() })
      else sources.push(this.#table())
      if (this.#take('on')) {
        if (joins.length > 0) joins.push('and')
        joins.push(...this.#conditions())
      }
      if (isBlock) this.#expect(')')
      if (this.#isEnd(CLAUSES)) break
    }
    return { sources, joins }
  }

  #table(): Source {
    this.#take('join')
    const name = this.#tableOf(this.#current())
    if (!this.#names.schema.has(name)) throw new Unparsable(`there is no table ${name}`)
    this.#at += this.#words[this.#at + 1] === 'as' ? 3 : 1
    this.#tables.push(name)
    return { kind: 'table_unit', table: `__${name}__` }
  }

  #select(): SpiderSql['select'] {
    this.#expect('select')
    const distinct = this.#take('distinct')
    const units: SpiderSql['select']['units'] = []
    while (this.#next !== undefined && !CLAUSES.includes(this.#next)) {
      const aggregate = this.#oneOf(AGGREGATES) ?? 'none'
      units.push({ aggregate, unit: this.#valueUnit() })
      this.#take(',')
    }
    return { distinct, units }
  }

  #conditions(): Conditions {
    const conditions: Conditions = []
    while (this.#next !== undefined) {
      conditions.push(this.#condition())
      if (this.#isEnd([...CLAUSES, ...JOINS])) break
      if (this.#next === 'and' || this.#next === 'or') {
        conditions.push(this.#next)
        this.#at += 1
      }
    }
    return conditions
  }

  #condition(): Condition {
    const unit = this.#valueUnit()
    this.#current()
    const negated = this.#take('not')
    const operator = this.#oneOf(COMPARISONS)
    if (operator === undefined) throw new Unparsable(`${this.#next} compares nothing`)
    const first = this.#operand()
    if (operator !== 'between') return { negated, operator, unit, first, second: null }
    this.#expect('and')
    return { negated, operator, unit, first, second: this.#operand() }
  }

  #operand(): Operand {
    const start = this.#at
    const isBlock = this.#take('(')
    const operand = this.#bareOperand(start)
    if (isBlock) this.#expect(')')
    return operand
  }

  #bareOperand(start: number): Operand {
    const word = this.#current()
    if (word === 'select') return this.query()
    const number = pythonNumber(word)
    if (word.includes('"') || number !== null) {
      this.#at += 1
      return number ?? word
    }
    const ends = [',', ')', 'and', ...CLAUSES, ...JOINS]
    while (this.#next !== undefined && !ends.includes(this.#next)) this.#at += 1
    const words = this.#words.slice(start, this.#at)
    return new Parser(words, this.#names, { tables: this.#tables }).#columnUnit()
  }

  #groupBy(): ColumnUnit[] {
    const units: ColumnUnit[] = []
    if (!this.#take('group')) return units
    this.#expect('by')
    while (this.#next !== undefined && !this.#isEnd(CLAUSES)) {
      units.push(this.#columnUnit())
      if (!this.#take(',')) break
    }
    return units
  }

  #orderBy(): SpiderSql['orderBy'] {
    if (!this.#take('order')) return null
    this.#expect('by')
    const units: ValueUnit[] = []
    let direction = 'asc'
    while (this.#next !== undefined && !this.#isEnd(CLAUSES)) {
      units.push(this.#valueUnit())
      direction = this.#oneOf(['desc', 'asc']) ?? direction
      if (!this.#take(',')) break
    }
    return { direction, units }
  }

  #limit(): boolean {
    if (!this.#take('limit')) return false
    this.#current()
    this.#at += 1
    return true
  }

  #valueUnit(): ValueUnit {
    this.#current()
    const isBlock = this.#take('(')
    const left = this.#columnUnit()
    const operator = this.#oneOf(ARITHMETIC)
    const right = operator === undefined ? null : this.#columnUnit()
    if (isBlock) this.#expect(')')
    return { operator: operator ?? 'none', left, right }
  }

  #columnUnit(): ColumnUnit {
    this.#current()
    const isBlock = this.#take('(')
    this.#current()
    const aggregate = this.#oneOf(AGGREGATES)
    if (aggregate !== undefined) this.#expect('(')
    this.#current()
    const distinct = this.#take('distinct')
    const column = this.#column()
    // A parenthesis before an aggregate is never closed: the parser does not look.
    if (aggregate !== undefined || isBlock) this.#expect(')')
    return { aggregate: aggregate ?? 'none', column, distinct }
  }

  #column(): string {
    const word = this.#current()
    this.#at += 1
    if (word === '*') return '__all__'
    const [alias = '', column, ...more] = word.split('.')
    if (more.length > 0) throw new Unparsable(`${word} is no column`)
    const tables = column === undefined ? this.#tables : [this.#tableOf(alias)]
    const name = column ?? word
    const table = tables.find((one) => this.#names.schema.get(one)?.includes(name))
    if (table === undefined) throw new Unparsable(`there is no column ${word}`)
    return `__${table}.${name}__`
  }

  #tableOf(alias: string): string {
    const table = this.#names.aliases.get(alias)
    if (table === undefined) throw new Unparsable(`there is no table ${alias}`)
    return table
  }

  get #next(): string | undefined {
    return this.#words[this.#at]
  }

  /** The word here; the end of the query is an error. */
  #current(): string {
    const word = this.#next
    if (word === undefined) throw new Unparsable('the query ends too early')
    return word
  }

  #take(word: string): boolean {
    const isHere = this.#next === word
    if (isHere) this.#at += 1
    return isHere
  }

  #oneOf(words: string[]): string | undefined {
    const word = words.find((one) => one === this.#next)
    if (word !== undefined) this.#at += 1
    return word
  }

  #expect(word: string): void {
    if (!this.#take(word)) throw new Unparsable(`${this.#next ?? 'the end'} stands where ${word} should`)
  }

  #isEnd(words: string[]): boolean {
    return this.#next !== undefined && [...words, ')', ';'].includes(this.#next)
  }

  #skipSemicolons(): void {
    while (this.#take(';'));
  }
}
