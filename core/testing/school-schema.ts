import type { Column, ForeignKey, Schema, Table } from '#databases/schema/schema.ts'

/** Shorthand for schemas in tests: `table('pets', 'id! INTEGER', 'owner_id INTEGER > owners.id')`; `!` marks the primary key. */
export function table(name: string, ...columns: string[]): Table {
  const parsed = columns.map((text) => {
    const [, column = '', key, type = '', target, far] =
      /^(\w+|"[^"]+")(!?) ?(\w*)(?: > (\w+)\.(\w+))?$/.exec(text) ?? []
    return { name: column.replaceAll('"', ''), isKey: key === '!', type, target, far }
  })
  const foreignKeys: ForeignKey[] = parsed.flatMap(({ name: column, target, far }) =>
    target && far ? [{ columns: [column], references: { table: target, columns: [far] }, guessed: false }] : [],
  )
  return {
    name,
    kind: 'table',
    columns: parsed.map(({ name: column, type }) => plainColumn(column, type)),
    primaryKey: parsed.filter(({ isKey }) => isKey).map((column) => column.name),
    foreignKeys,
    uniqueKeys: [],
    indexes: [],
    rowCount: 10,
  }
}

export function plainColumn(name: string, type = 'TEXT', more: Partial<Column> = {}): Column {
  return { name, type, notNull: false, values: [], valuesComplete: false, ...more }
}

export function schemaOf(...tables: Table[]): Schema {
  return { dialect: 'sqlite', tables, hash: 'test', warnings: [] }
}

export const SCHOOL = schemaOf(
  table('teachers', 'id! INTEGER', 'name TEXT', 'city TEXT'),
  table('courses', 'id! INTEGER', 'title TEXT', 'credits INTEGER', 'teacher_id INTEGER > teachers.id'),
  table('students', 'id! INTEGER', 'name TEXT', 'city TEXT', '"home town" TEXT'),
  table(
    'enrolments',
    'student_id INTEGER > students.id',
    'course_id INTEGER > courses.id',
    'enrolled_on DATE',
    'grade REAL',
  ),
)
