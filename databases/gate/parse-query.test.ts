import { afterAll, describe, expect, it } from 'vitest'
import { parseQuery } from './parse-query.ts'
import { conjuncts, type Query, type Select, selectsOf, visit } from './query.ts'
import { resolveNames } from './resolve-names.ts'
import { makeShop } from './testing/shop-schema.ts'
import { validStatements } from './testing/valid-statements.ts'

const { connection, schema } = makeShop()
afterAll(() => connection.close())

function parsed(sql: string): Query {
  const result = parseQuery(sql)
  if (!result.ok) throw new Error(result.message)
  return result.query
}

function select(sql: string): Select {
  const { body } = parsed(sql)
  if (body.kind !== 'select') throw new Error(`a ${body.kind}`)
  return body
}

const column = (name: string, table: string | null = null) => ({ kind: 'column', name, table })
const literal = (value: unknown) => ({ kind: 'literal', value })

describe('the typed view of a query', () => {
  it('has items, sources, joins, filters, groups, order and limit', () => {
    const query = parsed(`SELECT DISTINCT c.country AS land, count(*) AS n FROM customers c LEFT JOIN orders AS o
      ON o.customer_id = c.id WHERE c.born > '1980' AND o.total BETWEEN 1 AND 5 GROUP BY c.country HAVING n >= 2
      ORDER BY n DESC, land LIMIT 3 OFFSET 1`)
    expect(query).toMatchObject({
      with: [],
      body: {
        kind: 'select',
        distinct: true,
        items: [
          { alias: 'land', expression: column('country', 'c') },
          { alias: 'n', expression: { kind: 'call', name: 'count', aggregate: true, args: [{ kind: 'star' }] } },
        ],
        from: [
          { kind: 'table', name: 'customers', alias: 'c', join: null },
          {
            kind: 'table',
            name: 'orders',
            alias: 'o',
            join: { type: 'left', natural: false, on: { kind: 'compare', operator: '=' }, using: [] },
          },
        ],
        groupBy: [column('country', 'c')],
        having: { kind: 'compare', operator: '>=', left: column('n'), right: literal(2) },
      },
      orderBy: [
        { expression: column('n'), descending: true },
        { expression: column('land'), descending: false },
      ],
      limit: literal(3),
      offset: literal(1),
    })
    expect(conjuncts((query.body as Select).where)).toMatchObject([
      { kind: 'compare', operator: '>', left: column('born', 'c'), right: literal('1980') },
      { kind: 'between', of: column('total', 'o'), low: literal(1), high: literal(5), negated: false },
    ])
  })

  it.each([
    ["name LIKE 'A%'", { kind: 'compare', operator: 'like', negated: false }],
    ["name NOT LIKE 'A%'", { kind: 'compare', operator: 'like', negated: true }],
    ["NOT name LIKE 'A%'", { kind: 'compare', operator: 'like', negated: true, left: column('name') }],
    ['id NOT IN (1, 2)', { kind: 'in', negated: true, values: [literal(1), literal(2)], query: null, table: null }],
    ['id IN vip', { kind: 'in', table: 'vip', values: [] }],
    ['id IN (SELECT id FROM vip)', { kind: 'in', query: { body: { kind: 'select' } } }],
    ['name IS NOT NULL', { kind: 'is-null', negated: true }],
    ["name IS NOT 'Bob'", { kind: 'compare', operator: 'is', negated: true }],
    ['NOT EXISTS (SELECT 1)', { kind: 'exists', negated: true }],
    ['id = 1 OR id = 2 OR id = 3', { kind: 'or', parts: [{}, {}, {}] }],
    ['NOT (id = 1 AND id = 2)', { kind: 'not', of: { kind: 'and' } }],
    ['id > 9007199254740993', { right: literal(9007199254740993n) }],
    ["upper(name) = 'ANN'", { left: { kind: 'call', name: 'upper', args: [column('name')], aggregate: false } }],
    ['id * 2 - 1 > -5', { left: { kind: 'arithmetic', operator: '-' }, right: { kind: 'negative', of: literal(5) } }],
  ])('reads the condition %s', (condition, expected) => {
    expect(select(`SELECT * FROM customers WHERE ${condition}`).where).toMatchObject(expected)
  })

  it('reads set operations, common tables, windows and cases', () => {
    expect(parsed('SELECT 1 UNION ALL SELECT 2 ORDER BY 1').body).toMatchObject({ kind: 'set', operator: 'union all' })
    expect(parsed('WITH t(a) AS (SELECT 1) SELECT a FROM t').with).toMatchObject([{ name: 't', columns: ['a'] }])
    expect(
      select('SELECT sum(total) OVER (PARTITION BY customer_id ORDER BY id DESC) FROM orders').items,
    ).toMatchObject([
      {
        expression: {
          aggregate: false,
          window: { partitionBy: [column('customer_id')], orderBy: [{ expression: column('id'), descending: true }] },
        },
      },
    ])
    expect(select('SELECT CASE WHEN id = 1 THEN 2 ELSE 3 END FROM customers').items).toMatchObject([
      {
        expression: { kind: 'case', operand: null, whens: [[{ kind: 'compare' }, literal(2)]], otherwise: literal(3) },
      },
    ])
  })

  it('says where its names stand, in the text as it is', () => {
    for (const sql of validStatements) {
      for (const node of visit(parsed(sql))) {
        if (node.kind !== 'column') continue
        const text = sql.slice(node.start, node.end)
        expect(text.replace(/^["[`]|["\]`]$/g, ''), sql).toBe(node.name)
      }
    }
  })

  it('gives a reason for what it cannot read', () => {
    expect(parseQuery('DELETE FROM customers')).toMatchObject({ ok: false, reason: 'not-a-query' })
    expect(parseQuery('SELECT FROM')).toMatchObject({
      ok: false,
      reason: 'syntax',
      message: expect.stringMatching(/\S/),
    })
    expect(parseQuery('')).toMatchObject({ ok: false, reason: 'syntax' })
  })
})

describe('names looked up in the schema', () => {
  it('lead through aliases, subqueries and common tables to their column', () => {
    const query =
      parsed(`WITH rich(who, much) AS (SELECT c.name, o.total FROM customers c JOIN orders o ON c.id = customer_id)
      SELECT s.who, max(s.much) AS best FROM (SELECT * FROM rich) AS s WHERE s.who <> 'x' ORDER BY best`)
    expect(resolveNames(query, schema)).toEqual([])
    const [outer] = selectsOf(query).slice(1)
    expect(outer?.items[0]?.expression).toMatchObject({ source: { table: 'customers', column: 'name' } })
    const sources = [...visit(query)].flatMap((node) => (node.kind === 'column' ? [[node.name, node.source]] : []))
    expect(Object.fromEntries(sources)).toEqual({
      name: { table: 'customers', column: 'name' },
      total: { table: 'orders', column: 'total' },
      id: { table: 'customers', column: 'id' },
      customer_id: { table: 'orders', column: 'customer_id' },
      who: { table: 'customers', column: 'name' },
      much: { table: 'orders', column: 'total' },
      best: null,
    })
  })
})
