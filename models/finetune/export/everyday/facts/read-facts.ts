import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { categoriesOf, labelOf, type Measure, measuresOf, type Spoken } from './column-roles.ts'
import { isSpeakable, nounOf } from './nouns.ts'

/** A table whose rows people count and compare. */
export type Thing = {
  table: Table
  one: string
  many: string
  label: Column[]
  measures: Measure[]
  categories: Spoken[]
  dates: Column[]
}

/** A foreign key between two things: each row of `from` belongs to one row of `to`. */
export type Link = { from: Thing; column: string; to: Thing; target: string }

/** What a database offers to ask about. */
export type Facts = { things: Thing[]; links: Link[] }

/** Reads from names, types and value profiles what can be asked of a database without nonsense. */
export function readFacts(schema: Schema): Facts {
  const things = schema.tables
    .filter((table) => table.kind === 'table')
    .map(readThing)
    .filter(isTelling)
  const links = things.flatMap((from) =>
    from.table.foreignKeys.flatMap(({ columns: [column, ...more], references }) => {
      const to = things.find((one) => one.table.name === references.table)
      const target = references.columns[0]
      return to && to !== from && column && target && more.length === 0 ? [{ from, column, to, target }] : []
    }),
  )
  return {
    things,
    links: links.filter((link) => links.filter((one) => one.from === link.from && one.to === link.to).length === 1),
  }
}

function readThing(table: Table): Thing {
  const label = labelOf(table)
  return {
    table,
    ...nounOf(table.name),
    label,
    measures: measuresOf(table),
    categories: categoriesOf(table).filter(({ column }) => !label.includes(column)),
    dates: table.columns.filter(
      (column) => column.dateFormat && !/birth|dob|_to$|end|expir|update|modif/i.test(column.name),
    ),
  }
}

/** Tables that only tie others together ("student_has_pet") are nothing that people count. */
function isTelling({ table, one, many }: Thing): boolean {
  const keys = new Set(table.foreignKeys.flatMap((key) => key.columns))
  const ties = table.columns.length <= keys.size + 1 && keys.size > 1
  return (
    isSpeakable(one) &&
    isSpeakable(many) &&
    !ties &&
    !/\b(?:has|have|is|in|of|to|for|by|with|from|at|on|and|ref|map|link|xref|index|sqlite|log|info|history|details?)\b|(?:[^e]ed|taken)$|^enlist/.test(
      one,
    )
  )
}
