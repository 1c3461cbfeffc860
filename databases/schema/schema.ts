/** A value as SQLite stores it. Integers come as bigint once they no longer fit a double exactly. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** One column of a table or view, with what is known about the values in it. */
export type Column = {
  name: string
  /** Type as declared in CREATE TABLE; '' where none is declared. */
  type: string
  notNull: boolean
  /** Whether some row has no value in it; left out where not every row was looked at and none was found. */
  hasNulls?: boolean
  /** Comment that stands beside the column inside CREATE TABLE. */
  comment?: string
  /** Values seen in the column: all distinct ones where `valuesComplete`, else a few frequent ones. */
  values: SqlValue[]
  valuesComplete: boolean
  /** Smallest and largest value, for columns of numbers and of dates. */
  range?: { min: SqlValue; max: SqlValue }
  /** How dates and times are stored, where the column holds them. */
  dateFormat?: 'date' | 'datetime' | 'epoch-seconds' | 'epoch-milliseconds' | 'year'
}

/** A foreign key: `columns` of this table point to `references.columns`, pairwise. */
export type ForeignKey = {
  columns: string[]
  references: { table: string; columns: string[] }
  /** True where it was not declared but inferred from names and values. */
  guessed: boolean
}

/** A table or view that may be asked about. Sensitive columns are not in `columns` at all. */
export type Table = {
  name: string
  kind: 'table' | 'view'
  comment?: string
  columns: Column[]
  primaryKey: string[]
  foreignKeys: ForeignKey[]
  /** Column lists of UNIQUE constraints and indexes, the primary key excluded. */
  uniqueKeys: string[][]
  /** Column lists of all indexes. */
  indexes: string[][]
  /** Null where counting was not possible, as in a broken view. */
  rowCount: number | null
}

/** What a database looks like from outside: the input of schema linking, prompts, the gate and explanations. */
export type Schema = {
  dialect: 'sqlite'
  tables: Table[]
  /** Hash over everything above; the key under which prompt prefixes and value indexes are kept. */
  hash: string
  /** What could not be read and was left out (a broken view, say), in words for the administrator. */
  warnings: string[]
}
