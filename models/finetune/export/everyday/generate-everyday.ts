import { followPeriods } from '#core/linking/follow-periods.ts'
import { linkPeriods } from '#core/linking/link-periods.ts'
import { linkShape } from '#core/linking/link-shape.ts'
import type { ClockOptions } from '#core/periods/clock.ts'
import { gate } from '#databases/gate/gate.ts'
import { createDraws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { Draft, EverydayExample } from './everyday-family.ts'
import { readFacts } from './facts/read-facts.ts'
import { FAMILIES } from './families.ts'
import { restyle } from './restyle.ts'
import { createScene } from './scene.ts'

export type EverydayParts = {
  schema: Schema
  seed: number
  /** How many examples; fewer come where the database holds little to ask about. */
  count: number
  /** The moment of asking: the prompt must be rendered at the same one, or its hints will not fit the SQL. */
  now: Date
  /** Only what is held out for tests, or, as it stands, only what is not. */
  heldOut?: boolean
  clock?: Omit<ClockOptions, 'now'>
}

/** Whose calendar the periods are of, unless another is given. */
export const EVERYDAY_CLOCK = { timeZone: 'UTC', weekStart: 'monday', locale: 'en-US' } as const

/** Tries per example: most databases lack something that some families need. */
const TRIES = 12

/** Families that suit any database must not drown the others. */
const MOST_OF_A_FAMILY = 0.1

/** Everyday questions about a database with SQL that is right by construction and holds exactly the conditions that serving hints at. */
export function generateEveryday({
  schema,
  seed,
  count,
  now,
  heldOut = false,
  clock = EVERYDAY_CLOCK,
}: EverydayParts): EverydayExample[] {
  const draws = createDraws(seed)
  const options = { ...clock, now }
  const scene = createScene({ facts: readFacts(schema), draws, clock: options, heldOut })
  const families = FAMILIES.filter((family) => heldOut || !family.heldOut)
  const found = new Map<string, EverydayExample>()
  for (let turn = 0; turn < count * TRIES && found.size < count; turn++) {
    const family = families[turn % families.length]
    const draft = family?.draft(scene)
    const written = [...found.values()].filter((one) => one.family === family?.name).length
    if (!family || !draft || written >= Math.ceil(count * MOST_OF_A_FAMILY) || !gate(draft.sql, schema).ok) continue
    const text = restyle(draft.text, draws, draft.verbatim ?? [])
    if (!fitsHints({ ...draft, text }, schema, options)) continue
    found.set(`${draft.follows?.question ?? ''}\n${text.toLowerCase()}`, {
      text,
      sql: draft.sql,
      ...(draft.follows && { follows: draft.follows }),
      family: family.name,
      heldOut,
    })
  }
  return [...found.values()]
}

/** Whether what serving will hint at is in the SQL: each period's condition, each shape, and no other. */
function fitsHints({ text, sql, follows, periods = [] }: Draft, schema: Schema, clock: ClockOptions): boolean {
  const context = follows ? `${follows.question} ${text}` : text
  const { named } = followPeriods(text, follows, clock)
  const hints = linkPeriods(context, named, schema)
  const allMeant = hints.every(({ conditions }) => conditions.some((condition) => periods.includes(condition)))
  const allHinted = periods.every((condition) => hints.some(({ conditions }) => conditions.includes(condition)))
  const shapes = linkShape(text, schema).map((shape) => shape.slice(shape.indexOf(' means ') + ' means '.length))
  return (
    allMeant &&
    allHinted &&
    shapes.every((shape) => sql.includes(shape)) &&
    (!/strftime/.test(sql) || shapes.length > 0 || follows !== undefined)
  )
}
