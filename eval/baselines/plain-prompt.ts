import { quoteName } from '#core/sql/quote-name.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import type { Asked } from './asked.ts'

/**
 * The baseline that the pipeline is measured against: the schema as CREATE TABLE statements and the question, decoded greedily, once;
 * no values, no constraint, no repair, no vote. Gives what the model wrote.
 */
export async function plainPrompt({
  generator,
  schema,
  question,
  signal,
}: Asked & { schema: Schema }): Promise<string> {
  const [generation] = await generator.generate({
    messages: [
      { role: 'system', content: `${INSTRUCTION}\n\n${createTables(schema)}` },
      { role: 'user', content: question },
    ],
    keptMessages: 1,
    count: 1,
    temperature: 0,
    maxTokens: 256,
    prefill: '```sql\n',
    stop: ['```', ';'],
    signal,
  })
  return generation?.text.trim() ?? ''
}

const INSTRUCTION = 'You translate questions into SQL for SQLite. Answer with one SQL query.'

/** The schema as CREATE TABLE statements with keys, without values or comments. */
function createTables(schema: Schema): string {
  return schema.tables.map(createTable).join('\n\n')
}

function createTable(table: Table): string {
  const columns = table.columns.map((column) => `${quoteName(column.name)} ${column.type}`.trim())
  const primary = table.primaryKey.length > 0 ? [`PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`] : []
  const foreign = table.foreignKeys
    .filter((key) => !key.guessed)
    .map((key) => {
      const target = `${quoteName(key.references.table)}(${key.references.columns.map(quoteName).join(', ')})`
      return `FOREIGN KEY (${key.columns.map(quoteName).join(', ')}) REFERENCES ${target}`
    })
  return `CREATE TABLE ${quoteName(table.name)} (\n  ${[...columns, ...primary, ...foreign].join(',\n  ')}\n);`
}
