import { afterAll, beforeAll, expect, test } from 'vitest'
import { followPeriods } from '#core/linking/follow-periods.ts'
import { linkPeriods } from '#core/linking/link-periods.ts'
import { linkShape } from '#core/linking/link-shape.ts'
import { SCHOOL } from '#core/testing/school-schema.ts'
import { gate } from '#databases/gate/gate.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { openTestRegistry, type TestRegistry } from '#databases/registry/testing/test-registry.ts'
import { FAMILIES } from './families.ts'
import { EVERYDAY_CLOCK, generateEveryday } from './generate-everyday.ts'

const GALLERY = `
CREATE TABLE artists (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, age INTEGER);
CREATE TABLE paintings (id INTEGER PRIMARY KEY, title TEXT, artist_id INTEGER REFERENCES artists(id), price REAL, status TEXT, painted_on DATE, delivered_on DATE);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, painting_id INTEGER REFERENCES paintings(id), amount REAL, paid_at INTEGER, phone INTEGER);
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 40)
INSERT INTO artists SELECT x, 'Artist ' || x, CASE x % 4 WHEN 0 THEN 'Österreich' WHEN 1 THEN 'France' WHEN 2 THEN 'Côte d''Ivoire' ELSE 'Spain' END, 20 + x FROM n;
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 80)
INSERT INTO paintings SELECT x, 'Painting ' || x, 1 + x % 30, 100 + 7 * x, CASE x % 3 WHEN 0 THEN 'sold' WHEN 1 THEN 'reserved' ELSE 'free' END, date('2024-01-01', x * 9 || ' days'), date('2024-02-01', x * 10 || ' days') FROM n;
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 60)
INSERT INTO "order" SELECT x, 1 + x % 50, 90 + 3 * x, 1700000000 + 86400 * 7 * x, 41000000 + x FROM n;
`
const now = new Date('2025-03-12T10:00:00Z')
let world: TestRegistry
let gallery: OpenDatabase

beforeAll(async () => {
  world = openTestRegistry()
  const path = world.make('gallery.sqlite', GALLERY)
  const { record } = await world.registry.addUpload([{ name: 'gallery.sqlite', path }], { name: 'gallery' })
  gallery = await world.registry.open(record.id)
})
afterAll(() => world.close())

const generate = (heldOut: boolean) => generateEveryday({ schema: gallery.schema, seed: 7, count: 300, now, heldOut })
const made = new Map<boolean, ReturnType<typeof generate>>()
const examples = (heldOut: boolean) => made.get(heldOut) ?? made.set(heldOut, generate(heldOut)).get(heldOut) ?? []

test('every query passes the gate and runs, in training and in held-out words', async () => {
  const all = [...examples(false), ...examples(true)]
  expect(all.length).toBeGreaterThan(400)
  for (const { text, sql, follows } of all) {
    for (const query of [sql, follows?.sql ?? sql]) {
      const { outcome } = await gallery.run(query, { deadlineMs: 5_000 })
      expect(outcome, `${text}: ${query}`).toMatchObject({ kind: 'rows' })
    }
  }
})

test('periods and shapes are in the SQL exactly as serving hints at them', () => {
  const clock = { ...EVERYDAY_CLOCK, now }
  const dated = examples(false).filter(({ text, follows }) => followPeriods(text, follows, clock).named.length > 0)
  expect(dated.length).toBeGreaterThan(40)
  for (const { text, sql, follows } of dated) {
    const { named } = followPeriods(text, follows, clock)
    for (const { conditions } of linkPeriods(`${follows?.question ?? ''} ${text}`, named, gallery.schema)) {
      expect(
        conditions.some((condition) => sql.includes(condition)),
        `${text}: ${sql}`,
      ).toBe(true)
    }
  }
  for (const { text, sql } of examples(false)) {
    for (const shape of linkShape(text, gallery.schema)) expect(sql).toContain(shape.split(' means ')[1])
  }
})

test('every family finds something to ask, and held-out ones only where that is asked for', () => {
  const names = (heldOut: boolean) => new Set(examples(heldOut).map(({ family }) => family))
  const open = FAMILIES.filter((family) => !family.heldOut).map(({ name }) => name)
  expect([...names(false)].sort()).toEqual([...new Set(open)].sort())
  for (const family of FAMILIES.filter((one) => one.heldOut)) expect(names(true)).toContain(family.name)
})

test('held-out words are never trained on', () => {
  const trained = new Set(examples(false).map(({ text }) => text.toLowerCase()))
  const shared = examples(true).filter(({ text, follows }) => !follows && trained.has(text.toLowerCase()))
  expect(shared).toEqual([])
})

test('keys and phone numbers are no measures', () => {
  for (const { sql } of examples(false))
    expect(sql).not.toMatch(/(?:sum|avg|max|min)\((?:\S+\.)?(?:id|phone|artist_id|painting_id)\)/)
})

test('the same seed gives the same examples; another one gives others', () => {
  expect(generate(false)).toEqual(examples(false))
  const other = generateEveryday({ schema: gallery.schema, seed: 8, count: 300, now })
  expect(other).not.toEqual(examples(false))
})

test('a schema without rows is asked as well', () => {
  const found = generateEveryday({ schema: SCHOOL, seed: 1, count: 40, now })
  expect(found.length).toBeGreaterThan(15)
  for (const { sql } of found) expect(gate(sql, SCHOOL)).toMatchObject({ ok: true })
})
