import type { Column, Schema, Table } from '#databases/schema/schema.ts'

type ColumnSketch = string | [string, Partial<Column>]

/** A small shop with the turns that explanations depend on: keys, dates of several kinds, columns that may be empty. */
export const shopSchema: Schema = {
  dialect: 'sqlite',
  hash: 'shop',
  warnings: [],
  tables: [
    table('customers', [
      'id INTEGER',
      'name TEXT!',
      'city TEXT',
      'country TEXT!',
      'birth_year INTEGER',
      'phone TEXT',
      ['created_at INTEGER', { dateFormat: 'epoch-seconds' }],
    ]),
    table(
      'orders',
      [
        'id INTEGER',
        'customer_id INTEGER!',
        'status TEXT',
        'total REAL!',
        ['order_date TEXT!', { dateFormat: 'date' }],
        ['paid_at TEXT', { dateFormat: 'datetime' }],
      ],
      { customer_id: 'customers' },
    ),
    table(
      'order_items',
      ['id INTEGER', 'order_id INTEGER!', 'product_id INTEGER!', 'quantity INTEGER!', 'price REAL!'],
      { order_id: 'orders', product_id: 'products' },
    ),
    table('products', ['id INTEGER', 'name TEXT!', 'category TEXT', 'price REAL!', 'stock INTEGER!']),
    table(
      'employees',
      ['id INTEGER', 'name TEXT!', 'manager_id INTEGER', 'salary INTEGER!', ['grade TEXT', { hasNulls: false }]],
      { manager_id: 'employees' },
    ),
    table('Returned Goods', ['id INTEGER', 'order_id INTEGER', 'Reason Text TEXT'], { order_id: 'orders' }),
  ],
}

function table(name: string, columns: ColumnSketch[], references: Record<string, string> = {}): Table {
  return {
    name,
    kind: 'table',
    columns: columns.map(column),
    primaryKey: ['id'],
    foreignKeys: Object.entries(references).map(([from, to]) => ({
      columns: [from],
      references: { table: to, columns: ['id'] },
      guessed: false,
    })),
    uniqueKeys: [],
    indexes: [],
    rowCount: 10,
  }
}

/** "name TYPE", with "!" for NOT NULL. */
function column(sketch: ColumnSketch): Column {
  const [text, changes] = typeof sketch === 'string' ? [sketch, {}] : sketch
  const [, name = '', type = '', mark] = /^(.*) (\w+)(!?)$/.exec(text) ?? []
  return { name, type, notNull: mark === '!', values: [], valuesComplete: false, ...changes }
}
