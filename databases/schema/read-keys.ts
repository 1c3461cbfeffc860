import type { Database } from 'better-sqlite3'
import { foldName, quoteName } from './quote-name.ts'
import type { ForeignKey } from './schema.ts'

type Keys = { foreignKeys: ForeignKey[]; uniqueKeys: string[][]; indexes: string[][] }

/**
 * Declared foreign keys, unique keys and indexes of a table, those left out that touch a column outside `visible`
 * (folded names).
 */
export function readKeys(db: Database, table: string, visible: Set<string>): Keys {
  const isVisible = (columns: string[]) => columns.every((name) => visible.has(foldName(name)))
  const indexes = listIndexes(db, table).filter(({ columns }) => columns.length > 0 && isVisible(columns))
  const unique = indexes.filter((index) => index.unique === 1 && index.origin !== 'pk' && index.partial === 0)
  return {
    foreignKeys: listForeignKeys(db, table).filter(({ columns }) => isVisible(columns)),
    uniqueKeys: withoutRepeats(unique.map(({ columns }) => columns)),
    indexes: withoutRepeats(indexes.map(({ columns }) => columns)),
  }
}

type ListedIndex = { name: string; unique: number; origin: string; partial: number; columns: string[] }
type ListedForeignKey = { id: number; table: string; from: string; to: string | null }

function listIndexes(db: Database, table: string): ListedIndex[] {
  const indexes = db
    .prepare(`SELECT name, "unique", origin, partial FROM pragma_index_list(?) ORDER BY seq DESC`)
    .safeIntegers(false)
    .all(table) as Omit<ListedIndex, 'columns'>[]
  const columnsOf = db.prepare('SELECT name FROM pragma_index_info(?) ORDER BY seqno').pluck()
  return indexes.map((index) => {
    const names = columnsOf.all(index.name) as (string | null)[]
    // Null stands for an expression or the rowid: no list of columns describes such an index.
    return { ...index, columns: names.includes(null) ? [] : (names as string[]) }
  })
}

function listForeignKeys(db: Database, table: string): ForeignKey[] {
  const rows = db
    .prepare(`SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq`)
    .safeIntegers(false)
    .all(table) as ListedForeignKey[]
  const ids = [...new Set(rows.map(({ id }) => id))]
  return ids.flatMap((id) => {
    const parts = rows.filter((row) => row.id === id)
    const target = parts[0] && realColumns(db, parts[0].table)
    if (!target) return []
    const own = realColumns(db, table)
    const columns = parts.map(({ from }) => own?.names.get(foldName(from)) ?? from)
    const named = parts.flatMap(({ to }) => (to === null ? [] : [to]))
    const referenced = named.length > 0 ? named : target.primaryKey
    const references = referenced.flatMap((name) => target.names.get(foldName(name)) ?? [])
    if (references.length !== columns.length) return []
    return [{ columns, references: { table: target.table, columns: references }, guessed: false }]
  })
}

/**
 * A table's own spelling of its name and columns, since a foreign key may spell them in another case; undefined where
 * there is none.
 */
function realColumns(db: Database, table: string) {
  const name = db
    .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE`)
    .pluck()
    .get(table) as string | undefined
  if (name === undefined) return undefined
  const columns = db.prepare('SELECT name, pk FROM pragma_table_xinfo(?)').safeIntegers(false).all(name) as {
    name: string
    pk: number
  }[]
  const primaryKey = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  return {
    table: name,
    names: new Map(columns.map((column) => [foldName(column.name), column.name])),
    primaryKey: primaryKey.map((column) => column.name),
  }
}

function withoutRepeats(lists: string[][]): string[][] {
  return [...new Map(lists.map((list) => [list.map(quoteName).join(), list])).values()]
}
