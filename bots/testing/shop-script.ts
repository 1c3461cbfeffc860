import type { Answer, Answered, Rows, SqlValue } from '#core/answer.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { Attempt, Trace } from '#core/trace.ts'
import type { Script } from './scripted-conversation.ts'
import type { ScriptedDatabase } from './scripted-databases.ts'

/** A small shop with questions of every kind that a page has to show: value, chart, table, repair, refusal, choice, failure. */
export const shopScript: Script = {
  databases: [shop()],
  answer: ({ id, text, databases, sql, follows }) => {
    if (sql !== undefined) return edited(id, sql)
    if (/break/.test(text))
      throw new RowbotError({ code: 'model-gone', message: 'The model has stopped.', advice: 'Start Rowbot again.' })
    if (/weather/.test(text))
      return unanswered(
        id,
        'not-in-database',
        'I can’t answer that from this database: it holds customers, orders and products, but nothing about the weather.',
        ['How many orders were there last week?'],
      )
    if (/which one/.test(text) && databases.length === 0)
      return unanswered(id, 'which-database', 'Which database is this about?', ['shop', 'staff'])
    if (/per month/.test(text) || follows) return perMonth(id)
    if (/hostile/.test(text))
      return answered(id, { sql: 'SELECT * FROM notes', result: hostileRows, tables: ['notes'] })
    if (/customers/.test(text)) return topCustomers(id)
    if (/every order/.test(text))
      return answered(id, { sql: 'SELECT * FROM orders', result: manyRows(), tables: ['orders'] })
    if (/nothing/.test(text))
      return answered(id, {
        sql: 'SELECT id, name FROM customers WHERE 0',
        result: rows(['id', 'name'], []),
        tables: ['customers'],
      })
    return lastWeek(id)
  },
}

function lastWeek(id: string): Answered {
  const sql = "SELECT COUNT(*) FROM orders WHERE ordered_at >= '2026-11-09' AND ordered_at < '2026-11-16'"
  return answered(id, {
    sql,
    result: rows(['COUNT(*)'], [[1284]]),
    tables: ['orders'],
    summary: 'Counts the orders that were placed from 9 to 15 Nov 2026.',
    periods: [
      { text: 'last week', start: '2026-11-09', end: '2026-11-16', label: 'last week: Mon 9 to Sun 15 Nov 2026' },
    ],
  })
}

function topCustomers(id: string): Answered {
  const failed = 'SELECT name, SUM(amount) AS revenue FROM customers GROUP BY name ORDER BY revenue DESC LIMIT 8'
  const sql =
    'SELECT c.name, SUM(p.amount) AS revenue FROM customers AS c JOIN orders AS o ON o.customer_id = c.id JOIN payments AS p ON p.order_id = o.id GROUP BY c.id ORDER BY revenue DESC LIMIT 8'
  const names = [
    'Nordlicht GmbH',
    'Café Anémone',
    'Harbour & Sons',
    'Ōsaka Trading',
    'Blue Finch Ltd',
    'Meyer-Lindner',
    'Quill & Co',
    'Atelier Brun',
  ]
  return answered(id, {
    sql,
    result: rows(
      ['name', 'revenue'],
      names.map((name, at) => [name, Math.round(184_230.5 / (1 + at * 0.31)) + 0.25]),
    ),
    tables: ['customers', 'orders', 'payments'],
    summary: 'Adds up amount of payments per customer, and takes the 8 customers with the highest.',
    notes: ['Returned orders are included.'],
    before: [attempt(failed, 'first', { kind: 'rejected', message: 'no such column: amount' })],
  })
}

function perMonth(id: string): Answered {
  const sql =
    "SELECT strftime('%Y-%m', ordered_at) AS month, COUNT(*) AS orders FROM orders GROUP BY month ORDER BY month"
  const months = Array.from({ length: 23 }, (_, at): SqlValue[] => [
    `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
    Math.round(620 + at * 24 + 170 * Math.sin(at / 1.9)),
  ])
  return answered(id, {
    sql,
    result: rows(['month', 'orders'], months),
    tables: ['orders'],
    summary: 'Counts the orders per month in which they were placed.',
  })
}

/** Cells that would be markup, formulas, mentions or worse if anybody took them for more than text. */
export const hostileRows = rows(
  ['<b>id</b>', 'text'],
  [
    [1, '<img src=x onerror="document.title=\'owned\'">'],
    [2, '<script>document.title="owned"</script>'],
    [3, '=HYPERLINK("http://example.com","click")'],
    [4, '[link](javascript:alert(1)) **bold** `code` @everyone <!channel>'],
    [5, 'عربي ثم English \u202e reversed'],
    [6, '🎉 👩‍👩‍👧‍👦 e\u0301'],
    [7, 'null \u0000 bell \u0007 escape \u001b[31m'],
    [8, ''],
    [9, null],
  ],
)

function edited(id: string, sql: string): Answer {
  if (!/^\s*select/i.test(sql))
    return unanswered(id, 'unsafe', 'This would change the database, and Rowbot only reads.', [])
  return {
    ...answered(id, { sql, result: rows(['one'], [[1]]), tables: [] }),
    trace: trace(id, [], [attempt(sql, 'edited', rows(['one'], [[1]]))]),
  }
}

type Parts = {
  sql: string
  result: Rows
  tables: string[]
  summary?: string
  notes?: string[]
  periods?: Answered['explanation']['periods']
  before?: Attempt[]
}

function answered(
  id: string,
  { sql, result, tables, summary, notes = [], periods = [], before = [] }: Parts,
): Answered {
  return {
    kind: 'answered',
    database: { id: 'shop', name: 'shop', dataAsOf: '2026-11-14T12:00:00.000Z', latestDay: '2026-11-14' },
    sql,
    result,
    explanation: { summary: summary ?? `Lists rows of ${tables.join(', ')}.`, tables, filters: [], periods },
    notes,
    confidence: null,
    trace: trace(id, tables, [...before, attempt(sql, before.length > 0 ? 'repair' : 'first', result)]),
  }
}

function unanswered(
  id: string,
  reason: Extract<Answer, { kind: 'unanswered' }>['reason'],
  message: string,
  suggestions: string[],
): Answer {
  return { kind: 'unanswered', reason, message, suggestions, trace: trace(id, ['orders'], []) }
}

function trace(questionId: string, tables: string[], attempts: Attempt[]): Trace {
  return { questionId, promptVersion: 'script', model: 'scripted', tables, attempts, stageMs: { write: 640, run: 210 } }
}

function attempt(sql: string, origin: Attempt['candidate']['origin'], outcome: Attempt['outcome']): Attempt {
  return { candidate: { sql, origin, logProb: null }, outcome, notes: [], ms: 212 }
}

function rows(columns: string[], values: SqlValue[][]): Rows {
  return { kind: 'rows', columns, rows: values, truncated: false }
}

function manyRows(): Rows {
  const values = Array.from({ length: 3000 }, (_, at): SqlValue[] => [
    at + 1,
    `Order ${at + 1}`,
    at % 7 === 0 ? null : at * 1.5,
    '2026-11-14',
  ])
  return { ...rows(['id', 'title', 'total', 'ordered_at'], values), truncated: true }
}

function shop(): ScriptedDatabase {
  const column = (name: string, type: string, more = {}) => ({
    name,
    type,
    notNull: false,
    comment: null,
    primaryKey: false,
    unique: false,
    references: null,
    ...more,
  })
  const customerColumns = [
    column('id', 'INTEGER', { primaryKey: true }),
    column('name', 'TEXT', { comment: 'as it stands on invoices' }),
    column('email', 'TEXT', { unique: true }),
    column('country', 'TEXT'),
  ]
  const orderColumns = [
    column('id', 'INTEGER', { primaryKey: true }),
    column('customer_id', 'INTEGER', { references: { table: 'customers', column: 'id', guessed: false } }),
    column('ordered_at', 'TEXT'),
    column('status', 'TEXT', { references: { table: 'states', column: 'name', guessed: true } }),
  ]
  return {
    id: 'shop',
    name: 'shop',
    description: 'A made-up shop: customers, products, orders, payments and returns of two years.',
    source: 'sample',
    dataAge: 'Data up to 14 Nov 2026',
    tableCount: 2,
    examples: [
      'How many orders were there last week?',
      'Who are the eight best customers?',
      'How many orders per month?',
      'Which products are returned most often?',
    ],
    tables: [
      { name: 'customers', kind: 'table', comment: null, rowCount: 2140, columns: customerColumns },
      { name: 'orders', kind: 'table', comment: 'one row per order', rowCount: 20000, columns: orderColumns },
    ],
    warnings: ['The view "old_orders" is broken and was left out.'],
    samples: {
      customers: {
        caption: 'First rows of customers',
        columns: [
          { name: 'id', align: 'right' },
          { name: 'name', align: 'left' },
        ],
        rows: [
          [
            { text: '1', sort: 1 },
            { text: 'Nordlicht GmbH', sort: 'Nordlicht GmbH' },
          ],
        ],
        rowCount: 1,
        columnCount: 2,
        hasMore: false,
        cut: null,
      },
    },
  }
}
