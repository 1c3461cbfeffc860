import type { Draws } from '#databases/sample/draws.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'

/** The schema in another guise, so that the model reads it rather than remembers it: tables in another order, and some that nothing asks for. */
export function varySchema(schema: Schema, others: Table[], draws: Draws): Schema {
  const tables = draws.chance(0.5) ? shuffled(schema.tables, draws) : [...schema.tables]
  if (others.length > 0 && draws.chance(0.2)) {
    const names = new Set(tables.map((table) => table.name.toLowerCase()))
    for (let count = draws.whole(1, 3); count > 0; count--) {
      const one = draws.pick(others)
      if (names.has(one.name.toLowerCase())) continue
      names.add(one.name.toLowerCase())
      tables.splice(draws.whole(0, tables.length), 0, { ...one, foreignKeys: [] })
    }
  }
  return { ...schema, tables }
}

export function shuffled<Item>(items: readonly Item[], draws: Draws): Item[] {
  const left = [...items]
  return items.map(() => left.splice(draws.whole(0, left.length - 1), 1)[0] as Item)
}
