import type { Column, Table } from '#core/answer.ts'
import { exampleQuestions } from '#core/answerable/example-questions.ts'
import { answeredDatabase } from '#core/answered-database.ts'
import type { AskedDatabase } from '#core/asked-database.ts'
import type { Asker } from '#core/question.ts'
import { sayDataAge } from '../reply/say-data-age.ts'
import type { ColumnView, DatabaseSummary, DatabaseView, TableView } from './conversation.ts'

type Viewed = Pick<AskedDatabase, 'record' | 'schema'>

/** What a list of databases says about one. `isSample` marks the shop that comes with the program. */
export function summariseDatabase({ record, schema }: Viewed, asker: Asker, isSample: boolean): DatabaseSummary {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    source: isSample ? 'sample' : record.source,
    dataAge: sayDataAge(answeredDatabase({ record, schema }), asker),
    tableCount: schema.tables.length,
    examples: exampleQuestions(schema),
  }
}

/** A database with its tables, columns and keys. */
export function viewDatabase(database: Viewed, asker: Asker, isSample: boolean): DatabaseView {
  const { tables, warnings } = database.schema
  return { ...summariseDatabase(database, asker, isSample), tables: tables.map(viewTable), warnings }
}

function viewTable(table: Table): TableView {
  const { name, kind, comment, rowCount } = table
  return {
    name,
    kind,
    comment: comment ?? null,
    rowCount,
    columns: table.columns.map((column) => viewColumn(column, table)),
  }
}

function viewColumn({ name, type, notNull, comment }: Column, table: Table): ColumnView {
  const primaryKey = table.primaryKey.includes(name)
  const unique = table.uniqueKeys.some((key) => key.length === 1 && key[0] === name)
  return { name, type, notNull, comment: comment ?? null, primaryKey, unique, references: target(name, table) }
}

function target(column: string, table: Table): ColumnView['references'] {
  for (const { columns, references, guessed } of table.foreignKeys) {
    const pointed = references.columns[columns.indexOf(column)]
    if (pointed) return { table: references.table, column: pointed, guessed }
  }
  return null
}
