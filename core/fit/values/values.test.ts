import { describe, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { dropUnasked } from '../unasked/drop-unasked.ts'
import { fixLiterals } from './fix-literals.ts'

const products = table('products', 'id! INTEGER', 'price REAL')
products.columns.push(
  plainColumn('category', 'TEXT', { values: ['Garden', 'Kitchen & Bath', 'Möbel'], valuesComplete: true }),
  plainColumn('maker', 'TEXT', { values: ['Acme'], valuesComplete: false }),
  plainColumn('field', 'TEXT', { values: ['Comp. Sci.', 'Biology', 'Artificial Intelligence'], valuesComplete: true }),
  plainColumn('sex', 'TEXT', { values: ['F', 'M'], valuesComplete: true }),
  plainColumn('county', 'TEXT', { values: ['Sonoma', 'Napa'], valuesComplete: true }),
  plainColumn('division', 'TEXT', { values: ['Division 1', 'Division 2'], valuesComplete: true }),
  plainColumn('note', 'TEXT', { values: ['null', 'fine'], valuesComplete: true }),
)
const shop = schemaNames(schemaOf(products))
const spelling = { names: shop, values: { match: () => [] }, question: 'Which products are there?' }

describe('filter values', () => {
  test.each([
    ['another case', "category = 'garden'", "category = 'Garden'"],
    ['no accents', "category LIKE 'mobel'", "category LIKE 'Möbel'"],
    ['a typing error', "category = 'Gardn'", "category = 'Garden'"],
    ['a broken character', "category = 'M\uFFFDbel'", "category = 'Möbel'"],
    ['in a list', "category IN ('garden', 'Möbel')", "category IN ('Garden', 'Möbel')"],
    ['written out', "field = 'computer science'", "field = 'Comp. Sci.'"],
    ['as initials', "field = 'AI'", "field = 'Artificial Intelligence'"],
    ['as a word for a code', "sex = 'Female'", "sex = 'F'"],
    ['by the noun of the column', "county <> 'Sonoma County'", "county <> 'Sonoma'"],
    ['without the noun of the column', 'division <> 1', "division <> 'Division 1'"],
    ['quoted as a name', 'category = "garden"', "category = 'Garden'"],
  ])('with %s are spelt as the column spells them', (_, written, fixed) => {
    const { sql, notes, unknown } = fixLiterals(`SELECT * FROM products WHERE ${written}`, spelling)
    expect(sql).toBe(`SELECT * FROM products WHERE ${fixed}`)
    expect(notes).toHaveLength(1)
    expect(unknown).toEqual([])
  })

  test('that exist, patterns, and columns whose values are not all known stay as they are', () => {
    const sql =
      "SELECT * FROM products WHERE category = 'Garden' AND category LIKE '%bath%' AND maker = 'Bolt' AND price > 3"
    expect(fixLiterals(sql, spelling)).toEqual({ sql, notes: [], unknown: [] })
  })

  test.each([
    ["maker = 'null'", 'maker IS NULL'],
    ["maker <> 'NULL'", 'maker IS NOT NULL'],
    ["note = 'null'", "note = 'null'"],
  ])('%s becomes %s: rows without a value, unless the column holds the text', (written, fixed) => {
    expect(fixLiterals(`SELECT id FROM products WHERE ${written}`, spelling).sql).toBe(
      `SELECT id FROM products WHERE ${fixed}`,
    )
  })

  test('are looked up in the value index where the schema lists only some', () => {
    const found = { table: 'products', column: 'maker', value: 'Bölt AG', score: 1, matched: 'bolt ag' }
    const { sql } = fixLiterals("SELECT * FROM products WHERE maker = 'bolt ag'", {
      ...spelling,
      values: { match: () => [found] },
    })
    expect(sql).toContain("maker = 'Bölt AG'")
    const asked: string[] = []
    const match = (text: string) => {
      asked.push(text)
      return [found]
    }
    expect(
      fixLiterals("SELECT * FROM products WHERE maker = 'B\uFFFDlt AG'", { ...spelling, values: { match } }).sql,
    ).toBe(sql)
    expect(asked).toEqual(['Blt AG'])
  })

  test('a column of a table in quotes is no text', () => {
    const keyed = schemaNames(
      schemaOf(
        {
          ...table('Order Details', 'id INTEGER'),
          columns: [plainColumn('code', 'TEXT', { values: ['A1'], valuesComplete: true })],
        },
        table('Products', 'code TEXT'),
      ),
    )
    const sql = 'SELECT * FROM "Order Details" JOIN "Products" ON "Order Details".code = "Products".code'
    expect(fixLiterals(sql, { ...spelling, names: keyed })).toEqual({ sql, notes: [], unknown: [] })
  })

  test('of other figures are other values', () => {
    const sql = "SELECT * FROM products WHERE division = 'Division 3'"
    expect(fixLiterals(sql, spelling)).toMatchObject({ sql, unknown: [{ value: 'Division 3' }] })
  })

  test('that nothing comes near to are reported', () => {
    const { unknown } = fixLiterals("SELECT * FROM products p WHERE p.category = 'Spaceships'", spelling)
    expect(unknown).toEqual([{ table: 'products', column: 'category', value: 'Spaceships' }])
  })
})

describe('a text that is near to a value', () => {
  const people = table('people', 'id! INTEGER')
  const held = [
    'Australia',
    'Iraq',
    'Slovenia',
    'Gary',
    'Joan',
    'inactive',
    'France',
    'canceled',
    'New York',
    'Tohoku University',
    'Accouting',
  ]
  people.columns.push(plainColumn('label', 'TEXT', { values: held, valuesComplete: true }))
  const spelt = (text: string, question: string) =>
    fixLiterals(`SELECT * FROM people WHERE label = '${text}'`, {
      ...spelling,
      names: schemaNames(schemaOf(people)),
      question,
    })

  test.each(['Austria', 'Iran', 'Slovakia', 'Mary', 'John', 'active', 'Jean', 'New Fork'])(
    'and is another thing: %s',
    (text) => {
      for (const question of [`How many from ${text}?`, 'How many people are there?']) {
        const { sql, unknown } = spelt(text, question)
        expect(sql).toContain(`'${text}'`)
        expect(unknown).toEqual([{ table: 'people', column: 'label', value: text }])
      }
    },
  )

  test.each([
    ['Farnce', 'France'],
    ['Frnace', 'France'],
    ['Austalia', 'Australia'],
    ['cancelled', 'canceled'],
    ['New Yrok', 'New York'],
    ['Ne wYork', 'New York'],
    ['Tokohu University', 'Tohoku University'],
    ['Accounting', 'Accouting'],
  ])('and is misspelt: %s', (text, value) => {
    for (const question of [
      `How many from ${text}?`,
      `How many from ${text.toLowerCase()}?`,
      `How many from ${value}?`,
    ])
      expect(spelt(text, question).sql).toContain(`'${value}'`)
  })

  describe('of few letters', () => {
    const towns = table('people', 'id! INTEGER')
    const values = ['Berlin', 'Italy', 'Iraq', 'Marina', 'Peru', 'Plan', 'Leeds', 'Lends']
    const read = (text: string, valuesComplete = true) => {
      const schema = schemaOf({ ...towns, columns: [plainColumn('label', 'TEXT', { values, valuesComplete })] })
      const sql = `SELECT * FROM people WHERE label = '${text}'`
      const question = `How many people in ${text}?`
      return fixLiterals(sql, { ...spelling, names: schemaNames(schema), question }).sql.slice(sql.indexOf("'"))
    }

    test.each([
      ['Berln', 'Berlin'],
      ['Itly', 'Italy'],
      ['Perru', 'Peru'],
    ])('is misspelt: %s', (text, value) => {
      expect(read(text)).toBe(`'${value}'`)
      expect(read(text, false)).toBe(`'${text}'`)
    })

    test.each(['Erlin', 'Iran', 'Mariana', 'Plain', 'Leds'])('is another thing, or unclear: %s', (text) => {
      expect(read(text)).toBe(`'${text}'`)
    })
  })

  test('is a slip of the model where the question names the value', () => {
    expect(spelt('Slovakia', 'How many are from Slovenia?').sql).toContain("'Slovenia'")
  })
})

const orders = table('o', 'id! INTEGER', 'total REAL')
orders.columns.push(
  plainColumn('status', 'TEXT', { values: ['delivered', 'paid', 'cancelled'], valuesComplete: true }),
  plainColumn('kind', 'TEXT', { values: ['premium', 'plain'], valuesComplete: true }),
  plainColumn('sex', 'TEXT', { values: ['F', 'M'], valuesComplete: true }),
  plainColumn('town', 'TEXT', { values: ['Los Angeles', 'Boston'], valuesComplete: true }),
  plainColumn('city', 'TEXT', { values: ['Berlin'], valuesComplete: false }),
)

const askedBy = (question: string) => ({ question, known: [question], accounted: [] })

describe('filters that the question does not ask for', () => {
  test.each([
    ["SELECT count(*) FROM o WHERE status = 'delivered'", 'SELECT count(*) FROM o'],
    [
      "SELECT a FROM o WHERE status = 'delivered' AND total > 5 ORDER BY a",
      'SELECT a FROM o WHERE  total > 5 ORDER BY a',
    ],
    ["SELECT a FROM o WHERE total > 5 AND T1.status = 'delivered' LIMIT 3", 'SELECT a FROM o WHERE total > 5  LIMIT 3'],
    [
      "SELECT a FROM o WHERE id IN (SELECT id FROM p WHERE kind = 'premium')",
      'SELECT a FROM o WHERE id IN (SELECT id FROM p )',
    ],
  ])('%s', (sql, kept) => expect(dropUnasked(sql, askedBy('How many are above 5?'), schemaOf(orders)).sql).toBe(kept))

  test.each([
    ['asked for', "SELECT a FROM o WHERE status = 'delivered'", 'Which orders were delivered?'],
    ['asked for in another form', "SELECT a FROM o WHERE status = 'cancelled'", 'How many cancellations were there?'],
    ['asked for by initials', "SELECT a FROM o WHERE town = 'Los Angeles'", 'Which orders went to LA?'],
    ['codes', "SELECT a FROM o WHERE sex = 'F'", 'How many women?'],
    ['alternatives', "SELECT a FROM o WHERE status = 'delivered' OR total > 5", 'Which are above 5?'],
    ['exclusions', "SELECT a FROM o WHERE status != 'delivered'", 'Which are above 5?'],
    ['values that the column is not known to hold', "SELECT a FROM o WHERE city = 'Hamburg'", 'Which are above 5?'],
    ['lists', "SELECT a FROM o WHERE status IN ('delivered', 'paid')", 'Which are above 5?'],
  ])('%s stay', (_, sql, question) =>
    expect(dropUnasked(sql, askedBy(question), schemaOf(orders))).toEqual({ sql, notes: [] }),
  )
})

describe('a filter stays where the question may ask for it in other words', () => {
  const staff = table('employees', 'id! INTEGER', 'hired DATE')
  const standing = ['active', 'on leave', 'terminated', 'pending', 'delivered', 'returned', 'express', 'temporary']
  staff.columns.push(plainColumn('standing', 'TEXT', { values: standing, valuesComplete: true }))
  const filtered = (value: string) => `SELECT count(*) FROM employees WHERE standing = '${value}'`

  test.each([
    ['How many employees have left the company?', 'terminated'],
    ['How many employees left?', 'terminated'],
    ['How many people still work here?', 'active'],
    ['Who is currently away?', 'on leave'],
    ['How many employees were sent back?', 'returned'],
    ['How many employees have not arrived yet?', 'pending'],
    ['How many rush employees are there?', 'express'],
    ['How many contractors are there?', 'temporary'],
    ['How many employees are "external"?', 'temporary'],
  ])('%s %s', (question, value) =>
    expect(dropUnasked(filtered(value), askedBy(question), schemaOf(staff)).sql).toBe(filtered(value)),
  )

  test.each(['How many employees are there?', 'What is the total number of staff?', 'How many employees last May?'])(
    '%s leaves no word for it',
    (question) => {
      const asked = { ...askedBy(question), accounted: ['last May'] }
      expect(dropUnasked(filtered('active'), asked, schemaOf(staff)).sql).toBe('SELECT count(*) FROM employees')
    },
  )
})
